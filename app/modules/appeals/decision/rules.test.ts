import { expect, test } from 'vitest'
import { day } from '../../../core/time.ts'
import { basisOf, conclusionOf, courtName, type DraftClaim, mainTextOf, outcomesFor, printedReasons, refuseDraft, refuseUnreviewed } from './rules.ts'

const claims = [{ id: 1, position: 1, text: '原處分撤銷。' }, { id: 2, position: 2, text: '請求退還罰鍰' }]
const draft = (claim: number, more: Partial<DraftClaim> & Pick<DraftClaim, 'outcome'>): DraftClaim => ({ claim, ground: null, thenWhat: null, remandDays: null, note: '', ...more })
const remanded = draft(1, { outcome: 'revoked', thenWhat: 'remanded', remandDays: 60 })
const whole = { ground: 'disposition', facts: '事實', reasons: '理由' } as const
const codeOf = (drafted: DraftClaim[], more: object = {}) => refuseDraft(claims, drafted, { ...whole, ...more })?.code ?? null

test('one decision has one outcome a claim, and the main text says each', () => {
  expect(mainTextOf(claims, [remanded, draft(2, { outcome: 'dismissed' })])).toBe('關於「原處分撤銷」部分，原處分撤銷，由原處分機關於本決定書送達之次日起 60 日內另為處分。\n關於「請求退還罰鍰」部分，訴願駁回。')
  expect(mainTextOf(claims, [draft(1, { outcome: 'dismissed' }), draft(2, { outcome: 'dismissed' })])).toBe('訴願駁回。')
  expect(mainTextOf(claims.slice(0, 1), [draft(1, { outcome: 'dismissed-unlawful', note: '原處分違法' })])).toBe('訴願駁回。原處分違法。')
  expect(mainTextOf(claims.slice(0, 1), [draft(1, { outcome: 'revoked', thenWhat: 'changed', note: '罰鍰減為新臺幣三千元' })])).toBe('原處分撤銷，變更為：罰鍰減為新臺幣三千元。')
  expect(mainTextOf(claims.slice(0, 1), [draft(1, { outcome: 'ordered', remandDays: 30 })])).toBe('原處分機關應於本決定書送達之次日起 30 日內作成處分。')
})

test('the reasons end with the article of each outcome', () => {
  expect(conclusionOf([remanded, draft(2, { outcome: 'dismissed' })])).toBe('據上論結，本件訴願為一部有理由、一部無理由，爰依訴願法第81條第1項、訴願法第79條第1項規定，決定如主文。')
  expect(conclusionOf([draft(1, { outcome: 'non-acceptance', ground: '②' })])).toBe('據上論結，本件訴願為不合法，爰依訴願法第77條第2款規定，決定如主文。')
  expect(basisOf(draft(1, { outcome: 'dismissed-unlawful' }))).toBe('訴願法 §83')
})

test.each<[string, DraftClaim[], object, string | null]>([
  ['a claim left out', [remanded], {}, 'draft.claim'],
  ['a remand without a period (§81 II)', [{ ...remanded, remandDays: null }, draft(2, { outcome: 'dismissed' })], {}, 'draft.period'],
  ['a revocation that says nothing of what follows', [draft(1, { outcome: 'revoked' }), draft(2, { outcome: 'dismissed' })], {}, 'draft.then'],
  ['a non-acceptance without its number of §77', [remanded, draft(2, { outcome: 'non-acceptance' })], {}, 'draft.ground'],
  ['a change that is not written', [draft(1, { outcome: 'revoked', thenWhat: 'changed' }), draft(2, { outcome: 'dismissed' })], {}, 'draft.note'],
  ['an unlawful act that is not named (§83 II)', [draft(1, { outcome: 'dismissed-unlawful' }), draft(2, { outcome: 'dismissed' })], {}, 'draft.note'],
  ['an order to act on an appeal against a disposition', [draft(1, { outcome: 'ordered', remandDays: 30 }), draft(2, { outcome: 'dismissed' })], {}, 'draft.outcome'],
  ['an order to act on an appeal for inaction', [draft(1, { outcome: 'ordered', remandDays: 30 }), draft(2, { outcome: 'dismissed' })], { ground: 'inaction' }, null],
  ['no facts', [remanded, draft(2, { outcome: 'dismissed' })], { facts: ' ' }, 'draft.facts'],
  ['no facts where nothing is accepted (§89 I ③)', [draft(1, { outcome: 'non-acceptance', ground: '②' }), draft(2, { outcome: 'non-acceptance', ground: '②' })], { facts: '' }, null],
  ['no reasons', [remanded, draft(2, { outcome: 'dismissed' })], { reasons: '' }, 'draft.reasons'],
  ['whole', [remanded, draft(2, { outcome: 'dismissed' })], {}, null],
])('a draft with %s', (_what, drafted, more, code) => {
  expect(codeOf(drafted, more)).toBe(code)
})

test('a review of legality alone, and a negotiation about the damage, are said before the conclusion (§79 III, §84)', () => {
  const reasons = '一、查處分並無違法。\n\n據上論結，決定如主文。'
  expect(printedReasons({ reasons, legalityOnly: null, negotiate: false })).toBe(reasons)
  const said = printedReasons({ reasons, legalityOnly: true, negotiate: true })
  expect(said.split('\n\n').map((line) => line.slice(0, 4))).toEqual(['一、查處', '本件涉及', '訴願人因', '據上論結'])
  expect(printedReasons({ reasons: said, legalityOnly: true, negotiate: true })).toBe(said)
})

test('only what fits the appeal is offered', () => {
  expect(outcomesFor('disposition')).toEqual(['non-acceptance', 'dismissed', 'dismissed-unlawful', 'revoked'])
  expect(outcomesFor('inaction')).toEqual(['non-acceptance', 'dismissed', 'dismissed-acted', 'ordered'])
})

test('the court of the remedy notice changed with the reform of 112-08-15', () => {
  expect(courtName('high', day('2023-08-14'))).toBe('臺北高等行政法院')
  expect(courtName('high', day('2023-08-15'))).toBe('臺北高等行政法院高等行政訴訟庭')
  expect(courtName('local', day('2021-06-01'))).toBe('福建金門地方法院行政訴訟庭')
  expect(courtName('local', day('2024-06-01'))).toBe('臺北高等行政法院地方行政訴訟庭')
})

test('three members read a case first, unless the agency revoked its act (審議規則 §11)', () => {
  expect(refuseUnreviewed(2, 9, 'defended')?.law).toContain('§11')
  expect(refuseUnreviewed(3, 9, 'defended')).toBeNull()
  expect(refuseUnreviewed(2, 2, 'defended')).toBeNull()
  expect(refuseUnreviewed(0, 9, 'revoked')).toBeNull()
})
