import { expect, test } from 'vitest'
import { day } from '../../core/time.ts'
import { computeDeadline } from '../../core/clocks/index.ts'
import { decisionParams, type DecisionFacts, filingLimit, type FilingFacts, jurisdictionOf, outcomeOf } from './rules.ts'
import { recipientsOf } from './letters/write.ts'

const county = '示範縣政府'
const facts = (agencyKind: FilingFacts['agencyKind'], more: Partial<FilingFacts> = {}): FilingFacts => ({
  ground: 'disposition', thirdParty: false, agencyKind, seat: jurisdictionOf(agencyKind, county).seat, servedOn: day('2025-08-26'), serviceKind: null, knownOn: null, appliedOn: null, remedyTold: true, residence: '金門縣', representativeAtSeat: false, ...more,
})
const dueOf = (...args: Parameters<typeof facts>) => filingLimit(facts(...args), day('2025-09-01')).dueOn

test.each([['township', true], ['subordinate', true], ['private', true], ['county', false], ['central', false], ['other', false]] as const)('against %s the county decides: %s (訴願法 §4, §10)', (kind, ours) => {
  expect(jurisdictionOf(kind, county).ours).toBe(ours)
})

test('travelling time goes by residence and the seat of who decides, not by the agency that acted', () => {
  expect(dueOf('township')).toBe('2025-09-25')
  // rules.md §7 ex. 6: thirty days more, ends on a holiday
  expect(dueOf('township', { residence: '臺北市' })).toBe('2025-10-27')
  expect(filingLimit(facts('township', { residence: '臺北市' }), day('2025-09-01')).reasons.join()).toContain('在途期間')
  // the same person to the ministry in Taipei: none
  expect(dueOf('county', { residence: '臺北市' })).toBe('2025-09-25')
  expect(dueOf('county', { residence: '金門縣' })).toBe('2025-10-27')
  // 烏坵: thirty days even to the county's own government, and to the ministry
  expect(dueOf('township', { residence: '金門縣烏坵鄉', servedOn: day('2024-07-16') })).toBe('2024-09-16')
  expect(dueOf('county', { residence: '金門縣烏坵鄉', servedOn: day('2024-07-16') })).toBe('2024-09-16')
  // who has a representative at the seat gets none (§16 I 但書)
  expect(dueOf('township', { residence: '臺北市', representativeAtSeat: true })).toBe('2025-09-25')
})

test('in time on the last day, late the day after; deposit takes effect at once; one year without a remedy notice', () => {
  const at = (on: string) => filingLimit(facts('township'), day(on)).state
  expect([at('2025-09-25'), at('2025-09-26')]).toEqual(['in-time', 'late'])
  expect(dueOf('township', { serviceKind: '寄存送達', servedOn: day('2025-03-03') })).toBe('2025-04-02')
  expect(dueOf('township', { remedyTold: false })).toBe('2026-08-26')
  expect(filingLimit(facts('township', { servedOn: null }), day('2025-09-01'))).toMatchObject({ dueOn: null, state: 'unknown' })
})

test('a third party counts from knowledge, and never beyond three years; inaction opens when the period is over', () => {
  expect(dueOf('township', { thirdParty: true, knownOn: day('2025-08-26') })).toBe('2025-09-25')
  expect(filingLimit(facts('township', { thirdParty: true, knownOn: day('2025-08-26'), servedOn: day('2022-08-30') }), day('2025-09-01'))).toMatchObject({ dueOn: '2025-09-01', state: 'in-time' })
  const inaction = facts('township', { ground: 'inaction', servedOn: null, appliedOn: day('2025-06-30') })
  expect(filingLimit(inaction, day('2025-08-31')).state).toBe('too-early')
  expect(filingLimit(inaction, day('2025-09-02')).state).toBe('in-time')
})

const decision: DecisionFacts = { form: 'appeal', receivedOn: day('2025-02-28'), filedOn: day('2025-02-28'), petitionOn: null, supplementUntil: null, correctionUntil: null, correctedOn: null, lastReasonsOn: null, resumedOn: null, extensionMonths: null }
const decideBy = (more: Partial<DecisionFacts> = {}) => {
  const answer = computeDeadline('appeal-decision-3mo', more.receivedOn ?? decision.receivedOn, decisionParams({ ...decision, ...more }))
  return answer.kind === 'due' ? [answer.unrolled, answer.day] : answer
}

test.each<[string, Partial<DecisionFacts>, string, string]>([
  ['received on 02-28', {}, '2025-05-31', '2025-06-02'],
  ['received first by another agency', { receivedOn: day('2025-03-10') }, '2025-05-31', '2025-06-02'],
  ['a correction starts it anew', { correctionUntil: day('2025-04-10'), correctedOn: day('2025-03-31') }, '2025-06-30', '2025-06-30'],
  ['a correction that never comes, from the end of its period', { correctionUntil: day('2025-04-10') }, '2025-07-10', '2025-07-10'],
  ['a statement: from its 訴願書', { form: 'statement', supplementUntil: day('2025-03-31'), petitionOn: day('2025-03-17') }, '2025-06-17', '2025-06-17'],
  ['the last reasons', { lastReasonsOn: day('2025-04-30') }, '2025-07-31', '2025-07-31'],
  ['an extension of two months', { extensionMonths: 2 }, '2025-07-31', '2025-07-31'],
  ['resumed after §86', { resumedOn: day('2025-09-30') }, '2025-12-31', '2025-12-31'],
])('the decision is due, %s', (_what, more, last, due) => {
  expect(decideBy(more)).toEqual([last, due])
})

test('trap 13: a decision that is partly revoked and partly dismissed is one decision with two outcomes', () => {
  expect(outcomeOf([])).toBeNull()
  expect(outcomeOf(['revoked', null])).toBeNull()
  expect(outcomeOf(['revoked', 'dismissed'])).toBe('partly-revoked')
  expect(outcomeOf(['revoked', 'non-acceptance'])).toBe('partly-revoked')
  expect(outcomeOf(['revoked', 'revoked'])).toBe('revoked')
  expect(outcomeOf(['dismissed', 'dismissed-unlawful'])).toBe('dismissed')
  expect(outcomeOf(['dismissed', 'non-acceptance'])).toBe('partly-dismissed')
  expect(outcomeOf(['non-acceptance'])).toBe('non-acceptance')
  expect(outcomeOf(['ordered', 'dismissed-acted'])).toBe('ordered')
})

test('papers go to who acts for a party, in place of that party', () => {
  const party = (id: number, role: Parameters<typeof recipientsOf>[0][number]['role'], actsFor: number | null = null) => ({ id, role, acts_for: actsFor, email: null })
  const ids = (...parties: ReturnType<typeof party>[]) => recipientsOf(parties).map(({ id }) => id)
  expect(ids(party(1, 'appellant'), party(2, 'appellant'), party(3, 'participant'))).toEqual([1, 2, 3])
  expect(ids(party(1, 'appellant'), party(2, 'agent', 1), party(3, 'participant'))).toEqual([2, 3])
  expect(ids(party(1, 'appellant'), party(2, 'appellant'), party(4, 'joint-representative'))).toEqual([4])
  expect(ids(party(1, 'appellant'), party(2, 'appellant'), party(5, 'agent'))).toEqual([5])
})
