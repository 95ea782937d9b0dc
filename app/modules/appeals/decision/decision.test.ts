import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { findMeeting } from '../../../core/committees/queries.ts'
import { figureCases, figureValue } from '../../../core/figures/compute.ts'
import type { FigureSpan } from '../../../core/figures/figure.ts'
import { day } from '../../../core/time.ts'
import { figures } from '../figures.ts'
import { isRefusal, NotAllowed, NotFound, type Result, valueOf } from '../../../core/errors.ts'
import { verifyAll } from '../../../core/verify.ts'
import { recordResult, recordSequel } from '../after/acts.ts'
import { hearing, meetingActs } from '../committee/hearing.ts'
import { registerAppeal } from '../filing/register.ts'
import { recordService, sendLetter } from '../letters/acts.ts'
import { at, filing, makeOffice, type Staff } from '../office-for-tests.ts'
import { addParty } from '../parties/acts.ts'
import { publishDecision, withdrawPublication } from '../publication/acts.ts'
import type { StepId } from '../steps.ts'
import { stepActs } from '../take-step.ts'
import { approveDecision } from './approve.ts'
import { findDecisionForParty } from './for-party.tsx'
import { assignReviewers, recordOpinion, saveDraft } from './prepare.ts'
import { litigationUntil } from './served.ts'

const { db } = await createTestDatabase()
const office = await makeOffice(db)
const codeOf = (result: Result<unknown>) => (isRefusal(result) ? result.code : null)
const take = async (id: StepId, name: string, on: string, more: object = {}, who: Staff = office.law) => valueOf(await stepActs[id](at(who, `${on} 10:00`), { name, on, ...more }))
const caseOf = (name: string) => db.selectFrom('cases').innerJoin('appeals', 'appeals.id', 'cases.id').selectAll('appeals').select(['stage', 'outcome']).where('number', '=', name).executeTakeFirstOrThrow()
const side = async (name: string) => (await db.selectFrom('case_clocks').innerJoin('cases', 'cases.id', 'case_id').select(['rule', 'case_clocks.due_on', 'met_at']).where('number', '=', name).where('main', '=', false).where('met_at', 'is', null).orderBy('case_clocks.id').execute()).map((one) => [one.rule, one.due_on])
const law = (on: string) => at(office.law, `${on} 10:00`)

for (const [name, seat, outside] of [['示範甲', 'chair', 'no'], ['示範乙', 'member', 'no'], ['示範丙', 'member', 'yes'], ['示範丁', 'member', 'yes'], ['示範戊', 'member', 'yes']]) valueOf(await meetingActs.addMember(law('113/1/2'), { name, seat, outside, fromOn: '113/1/1' }))
const memberIds = (await db.selectFrom('committee_members').select('id').orderBy('id').execute()).map(({ id }) => id)

/** Against the township office, defended, with the committee since 113/9/2. */
async function atCommittee(more: object = {}): Promise<string> {
  const name = valueOf(await registerAppeal(at(office.clerk, '113/8/5 09:00'), filing(office, { receivedOn: '113/8/5', ...more }))).number
  await take('forward', name, '113/8/7')
  await take('defended', name, '113/8/20', { paper: '原處分並無違誤。' }, office.agency)
  await take('to-committee', name, '113/9/2')
  return name
}
const claimsOf = async (name: string) => (await db.selectFrom('appeal_claims').innerJoin('cases', 'cases.id', 'case_id').select(['appeal_claims.id', 'appeal_claims.outcome', 'basis', 'then_what', 'remand_days']).where('number', '=', name).orderBy('position').execute())

/** The first claim revoked and remanded for sixty days, the other dismissed. */
async function draftOf(name: string, more: object = {}) {
  const [first, second] = await claimsOf(name)
  return { name, outcomes: { [first!.id]: 'revoked', [second!.id]: 'dismissed' }, thens: { [first!.id]: 'remanded' }, days: { [first!.id]: '60' }, facts: '緣訴願人王示範（A123456789）住示範縣金湖鎮示範路1號，因違章建築事件。', reasons: '一、按行政程序法第 9 條規定……', court: 'local', ...more }
}
async function prepare(name: string): Promise<void> {
  valueOf(await assignReviewers(law('113/9/3'), { name, members: memberIds.slice(0, 3), on: '113/9/3' }))
  for (const { id } of await db.selectFrom('appeal_reviews').innerJoin('cases', 'cases.id', 'case_id').select('appeal_reviews.id').where('number', '=', name).execute()) valueOf(await recordOpinion(law('113/9/10'), { name, review: id, on: '113/9/9', opinion: '同意擬處意見。' }))
  valueOf(await saveDraft(law('113/9/10'), await draftOf(name)))
}
const plan = async (items: string[]) => valueOf(await meetingActs.planMeeting(law('113/9/12'), { on: '113/9/24', startsAt: '14:00', place: '第一會議室', items })).number
async function hold(meeting: string, decision: string, text = ''): Promise<Result<unknown>> {
  const { people, items } = await findMeeting(db, hearing, office.law.person, meeting)
  return meetingActs.recordMeeting(law('113/9/24'), { name: meeting, next: 'finish', attendance: Object.fromEntries(people.map(({ id }, i) => [id, i === 4 ? 'leave' : 'present'])), decisions: Object.fromEntries(items.map(({ id }) => [id, decision])), texts: Object.fromEntries(items.map(({ id }) => [id, text])) })
}
const approve = (name: string, who: Staff = office.head, more: object = {}) => approveDecision(at(who, '113/9/30 10:00'), { name, on: '113/9/30', documentNo: '府訴決字第1130000001號', head: '縣長　示範甲', ...more })
const originals = (name: string) => db.selectFrom('appeal_letters').innerJoin('cases', 'cases.id', 'case_id').select(['appeal_letters.id', 'party_id', 'way', 'text']).where('number', '=', name).where('appeal_letters.kind', '=', 'decision').orderBy('appeal_letters.id').execute()

async function decided(more: object = {}): Promise<string> {
  const name = await atCommittee(more)
  await prepare(name)
  valueOf(await hold(await plan([name]), 'as-drafted'))
  valueOf(await approve(name))
  return name
}
async function served(kind = '送達', on = '113/10/4'): Promise<string> {
  const name = await decided()
  for (const { id } of await originals(name)) valueOf(await sendLetter(at(office.clerk, '113/10/1 10:00'), { name, letter: id, on: '113/10/1' }))
  for (const { id } of (await originals(name)).filter(({ party_id: party }) => party)) valueOf(await recordService(at(office.clerk, '113/10/7 10:00'), { name, letter: id, on, kind }))
  return name
}

test('before the committee sees a case, three members have read it and every claim has a draft', async () => {
  const name = await atCommittee()
  const planning = async () => codeOf(await meetingActs.planMeeting(law('113/9/12'), { on: '113/9/24', startsAt: '14:00', place: '第一會議室', items: [name] }))
  expect(await planning()).toBe('appeal.no-draft')
  const whole = await draftOf(name)
  expect(codeOf(await saveDraft(law('113/9/10'), { ...whole, outcomes: {} }))).toBe('draft.claim')
  expect(codeOf(await saveDraft(law('113/9/10'), { ...whole, days: {} }))).toBe('draft.period')
  expect(codeOf(await saveDraft(law('113/9/10'), { ...whole, negotiate: 'yes' }))).toBe('draft.negotiate')
  await expect(saveDraft(at(office.agency, '113/9/10 10:00'), whole)).rejects.toThrow(NotAllowed)
  valueOf(await saveDraft(law('113/9/10'), whole))
  expect(await planning()).toBe('appeal.not-reviewed')
  expect(codeOf(await assignReviewers(law('113/9/3'), { name, members: memberIds.slice(0, 2), on: '113/9/3' }))).toBe('appeal.reviewers')
  await expect(assignReviewers(at(office.clerk, '113/9/3 10:00'), { name, members: memberIds, on: '113/9/3' })).rejects.toThrow(NotAllowed)
  await prepare(name)
  expect((await claimsOf(name)).every(({ outcome }) => outcome === null)).toBe(true)
  expect(await hearing.eligible(db, office.law.person)).toContainEqual({ number: name, title: '因違章建築事件' })
  expect(await hearing.eligible(db, office.stranger.person)).toEqual([])
})

test('the committee resolves, another than the drafter approves, and it is one decision with two outcomes', async () => {
  const name = await atCommittee()
  await prepare(name)
  expect(codeOf(await approve(name))).toBe('decision.not-resolved')
  valueOf(await hold(await plan([name]), 'as-drafted'))
  expect(await caseOf(name)).toMatchObject({ stage: 'committee', decision: null })
  expect(codeOf(await saveDraft(law('113/9/25'), await draftOf(name)))).toBe('draft.resolved')
  expect(codeOf(await approve(name, office.head, { on: '113/9/23' }))).toBe('decision.day')
  await expect(approve(name, office.law)).rejects.toThrow(NotAllowed)
  await expect(approve(name, office.mayor)).rejects.toThrow(NotAllowed)
  await expect(approve(name, office.stranger)).rejects.toThrow(NotAllowed)
  valueOf(await approve(name))
  expect(await caseOf(name)).toMatchObject({ stage: 'decided', decision: 'partly-revoked', decided_on: '2024-09-30', decision_no: '府訴決字第1130000001號', dispatched_on: null })
  expect((await claimsOf(name)).map((one) => [one.outcome, one.basis, one.then_what, one.remand_days])).toEqual([['revoked', '訴願法 §81 I', 'remanded', 60], ['dismissed', '訴願法 §79 I', null, null]])
  expect(await side(name)).toEqual([['appeal-service-15d', '2024-10-15']])
  const issued = await db.selectFrom('appeal_decisions').selectAll().where('id', '=', (await caseOf(name)).id).executeTakeFirstOrThrow()
  expect(issued.members).toEqual(['主任委員 示範甲', '委員 示範乙', '委員 示範丙', '委員 示範丁'])
  expect(issued.remedy).toBe('如不服本決定，得於本決定書送達之次日起 2 個月內，向臺北高等行政法院地方行政訴訟庭提起行政訴訟。')
  expect((await originals(name)).map(({ way }) => way)).toEqual(['post', 'exchange'])
  expect(await findDecisionForParty(db, (await caseOf(name)).id)).toBeNull() // not before an original went out
})

test('what the committee amends is written again before it is approved; what it sends back goes back', async () => {
  const [a, b] = [await atCommittee(), await atCommittee()]
  await prepare(a)
  await prepare(b)
  valueOf(await hold(await plan([a]), 'amended', '第二項改為撤銷'))
  expect(codeOf(await approve(a))).toBe('decision.not-redrafted')
  const [first, second] = await claimsOf(a)
  valueOf(await saveDraft(law('113/9/25'), await draftOf(a, { outcomes: { [first!.id]: 'revoked', [second!.id]: 'revoked' }, thens: { [first!.id]: 'none', [second!.id]: 'none' }, days: {} })))
  valueOf(await approve(a))
  expect((await caseOf(a)).decision).toBe('revoked')
  valueOf(await hold(await plan([b]), 'again', '請調取原卷'))
  expect((await caseOf(b)).stage).toBe('review')
})

test('who drafted does not approve their own decision, not even by another post', async () => {
  const name = await atCommittee()
  await prepare(name)
  valueOf(await hold(await plan([name]), 'as-drafted'))
  const both = { ...office.law, person: { ...office.law.person, posts: [...office.law.person.posts, ...office.head.person.posts] } }
  expect(codeOf(await approve(name, both))).toBe('decision.own-draft')
})

test('served on the party and sent to the agency the case ends; the court and the agency have their periods', async () => {
  const name = await decided()
  const [party, agency] = await originals(name)
  valueOf(await sendLetter(at(office.clerk, '113/10/1 10:00'), { name, letter: party!.id, on: '113/10/1', documentNo: '府訴決字第1130000001號' }))
  expect(await caseOf(name)).toMatchObject({ stage: 'decided', dispatched_on: '2024-10-01' })
  expect(await findDecisionForParty(db, (await caseOf(name)).id)).toMatchObject({ decision: 'partly-revoked', number: '府訴決字第1130000001號' })
  valueOf(await recordService(at(office.clerk, '113/10/7 10:00'), { name, letter: party!.id, on: '113/10/4', kind: '送達' }))
  expect((await caseOf(name)).stage).toBe('decided')
  valueOf(await sendLetter(at(office.clerk, '113/10/7 11:00'), { name, letter: agency!.id, on: '113/10/7' }))
  expect(await caseOf(name)).toMatchObject({ stage: 'closed', outcome: 'partly-revoked' })
  expect(await side(name)).toEqual([['appeal-litigation-2mo', '2024-12-04'], ['appeal-remand-period', '2024-12-06']])
})

test('a deposited decision counts after ten days (訴願法 §47 III): deposited 113/10/4, effective 113/10/14, to sue until 113/12/16', async () => {
  const name = await served('寄存送達')
  expect(await db.selectFrom('appeal_letters').select('effective_on').where('service_kind', '=', '寄存送達').executeTakeFirstOrThrow()).toEqual({ effective_on: '2024-10-14' })
  expect((await side(name))[0]).toEqual(['appeal-litigation-2mo', '2024-12-16'])
  expect(litigationUntil('2025-03-03' as never, '寄存送達')).toBe('2025-05-13') // rules.md §7, example 12
})

test('a suit, its judgment, a rehearing and what the agency did are kept with the decision', async () => {
  const name = await served()
  const sequel = (kind: string, on: string, more: object = {}) => recordSequel(law(on), { name, kind, on, ...more })
  expect(codeOf(await sequel('rehearing', '113/11/1', { ground: '⑩' }))).toBe('sequel.not-final')
  expect(codeOf(await sequel('litigation', '113/11/1'))).toBe('sequel.court')
  valueOf(await sequel('litigation', '113/12/5', { authority: '臺北高等行政法院地方行政訴訟庭', number: '113年度簡字第1號' }))
  expect((await side(name)).map(([rule]) => rule)).toEqual(['appeal-remand-period'])
  const suit = await db.selectFrom('appeal_sequels').selectAll().executeTakeFirstOrThrow()
  expect(suit.late).toBe(true)
  expect(codeOf(await recordResult(law('114/3/3'), { name, sequel: suit.id, result: 'won', on: '114/3/1' }))).toBe('input.invalid')
  valueOf(await recordResult(law('114/3/3'), { name, sequel: suit.id, result: 'inadmissible', on: '114/3/1' }))
  expect(codeOf(await recordResult(law('114/3/3'), { name, sequel: suit.id, result: 'dismissed', on: '114/3/2' }))).toBe('sequel.ended')
  expect(valueOf(await sequel('rehearing', '114/3/20', { ground: '⑩' })).late).toBe(false)
  expect(valueOf(await sequel('rehearing', '114/4/20', { ground: '①' })).late).toBe(true)
  expect(codeOf(await sequel('compliance', '114/1/5'))).toBe('sequel.note')
  expect(valueOf(await sequel('compliance', '114/1/5', { note: '已另為處分。' })).late).toBe(true)
  expect(codeOf(await sequel('compliance', '114/1/6', { note: '再報。' }))).toBe('sequel.no-remand')
  await expect(recordSequel(at(office.agency, '114/1/6 10:00'), { name, kind: 'compliance', on: '114/1/6', note: 'x' })).rejects.toThrow(NotAllowed)
})

test('a published decision is a copy without any masked string; what is left is refused by name', async () => {
  const name = await served()
  const publish = (more: object = {}) => publishDecision(law('113/10/20'), { name, title: '因違章建築事件提起訴願', main: '訴願駁回。', facts: '緣訴願人王○○，因違章建築事件。', reasons: '理由。', reviewed: 'yes', ...more })
  expect(codeOf(await publish({ facts: '緣訴願人王示範住金湖鎮。' }))).toBe('publication.unmasked')
  expect(codeOf(await publish({ reasons: '身分證Ａ１２３４５６７８９' }))).toBe('publication.unmasked')
  expect(codeOf(await publish({ reviewed: '' }))).toBe('input.invalid')
  await expect(publishDecision(at(office.clerk, '113/10/20 10:00'), { name, title: 'x', main: 'x', reasons: 'x', reviewed: 'yes' })).rejects.toThrow(NotAllowed)
  valueOf(await publish())
  valueOf(await publish({ title: '違章建築事件' }))
  expect((await db.selectFrom('windlion_public.appeal_decisions').selectAll().execute()).map((one) => [one.number, one.title, one.decision])).toEqual([[name, '違章建築事件', 'partly-revoked']])
  valueOf(await withdrawPublication(law('113/10/21'), { name, reason: '誤植' }))
  expect(codeOf(await withdrawPublication(law('113/10/21'), { name, reason: '誤植' }))).toBe('publication.none')
  const undelivered = await decided()
  expect(codeOf(await publishDecision(law('113/10/20'), { name: undelivered, title: 'x', main: 'x', reasons: 'x', reviewed: 'yes' }))).toBe('publication.not-dispatched')
  await expect(publishDecision(law('113/10/20'), { name: '訴113-999999', title: 'x', main: 'x', reasons: 'x', reviewed: 'yes' })).rejects.toThrow(NotFound)
})

test('a correction before dispatch annuls the decision: its letters do not go and the committee starts anew (審議規則 §24)', async () => {
  const name = valueOf(await registerAppeal(at(office.clerk, '113/8/5 09:00'), filing(office, { receivedOn: '113/8/5', signed: '' }))).number
  await take('ask-correction', name, '113/8/8', { asked: '請簽名。' })
  const { id } = await db.selectFrom('appeal_letters').innerJoin('cases', 'cases.id', 'case_id').select('appeal_letters.id').where('number', '=', name).where('appeal_letters.kind', '=', 'correction').executeTakeFirstOrThrow()
  valueOf(await sendLetter(at(office.clerk, '113/8/8 15:00'), { name, letter: id, on: '113/8/8' }))
  valueOf(await recordService(at(office.clerk, '113/8/9 15:00'), { name, letter: id, on: '113/8/9', kind: '送達' }))
  await take('correction-missing', name, '113/8/30')
  await take('to-committee', name, '113/9/2')
  valueOf(await assignReviewers(law('113/9/3'), { name, members: memberIds, on: '113/9/3' }))
  for (const one of await db.selectFrom('appeal_reviews').innerJoin('cases', 'cases.id', 'case_id').select('appeal_reviews.id').where('number', '=', name).execute()) valueOf(await recordOpinion(law('113/9/10'), { name, review: one.id, on: '113/9/9', opinion: '不受理。' }))
  const [first, second] = await claimsOf(name)
  valueOf(await saveDraft(law('113/9/10'), { name, outcomes: { [first!.id]: 'non-acceptance', [second!.id]: 'non-acceptance' }, grounds: { [first!.id]: '①', [second!.id]: '①' }, reasons: '逾期未補正。', court: 'high' }))
  valueOf(await hold(await plan([name]), 'as-drafted'))
  valueOf(await approve(name))
  expect((await caseOf(name)).decision).toBe('non-acceptance')
  await take('corrected', name, '113/10/1', { paper: '已簽名。', signature: 'yes' })
  expect(await caseOf(name)).toMatchObject({ stage: 'received', decision: null })
  expect(await originals(name)).toEqual([])
  expect(await db.selectFrom('appeal_decisions').select('id').where('id', '=', (await caseOf(name)).id).execute()).toEqual([])
  expect(await side(name)).toEqual([])
})

test('suits count once a case by the day of the suit or of its result, judged on the status day; what is upheld is a share of those judged', async () => {
  const span = (from: string, to: string, statusOn = to): FigureSpan => ({ from: day(from), to: day(to), statusOn: day(statusOn), asOf: null })
  const value = async (id: string, of: FigureSpan) => (await figureValue(db, figures.find((one) => one.id === `appeals.${id}`)!, of)).value
  const all = await db.selectFrom('appeal_sequels').select(['happened_on', 'result', 'result_on']).where('kind', '=', 'litigation').execute()
  expect(all.map(({ happened_on: on, result, result_on: ended }) => [on, result, ended])).toEqual([['2024-12-05', 'inadmissible', '2025-03-01']])
  expect([await value('litigation_filed', span('2024-10-01', '2025-03-31')), await value('litigation_filed', span('2025-01-01', '2025-03-31'))]).toEqual([1, 0])
  expect([await value('litigation_upheld_rate', span('2024-10-01', '2025-03-31')), await value('litigation_upheld_rate', span('2024-10-01', '2025-03-31', '2025-02-28'))]).toEqual([1, null])
  const [one] = await figureCases(db, figures.find(({ id }) => id === 'appeals.litigation_results')!, span('2025-01-01', '2025-03-31'))
  expect(one).toMatchObject({ outcome: '裁定駁回' })
})

test('each who was served has two months of their own to sue; the decision is final after the last (§90)', async () => {
  const name = await atCommittee()
  valueOf(await addParty(law('113/9/2'), { name, role: 'participant', partyName: '李示範', on: '113/9/2' }))
  await prepare(name)
  valueOf(await hold(await plan([name]), 'as-drafted'))
  valueOf(await approve(name))
  const all = await originals(name)
  for (const { id } of all) valueOf(await sendLetter(at(office.clerk, '113/10/1 10:00'), { name, letter: id, on: '113/10/1' }))
  const [first, second] = all.filter(({ party_id: party }) => party)
  valueOf(await recordService(at(office.clerk, '113/10/7 10:00'), { name, letter: first!.id, on: '113/10/4', kind: '送達' }))
  valueOf(await recordService(at(office.clerk, '113/10/25 10:00'), { name, letter: second!.id, on: '113/10/24', kind: '送達' }))
  expect((await side(name))[0]).toEqual(['appeal-litigation-2mo', '2024-12-24'])
  const sue = (more: object) => recordSequel(law('113/12/20'), { name, kind: 'litigation', on: '113/12/20', authority: '示範法院', ...more })
  expect(codeOf(await sue({}))).toBe('sequel.party')
  expect(valueOf(await sue({ party: first!.party_id })).late).toBe(true)
  expect((await side(name))[0]).toEqual(['appeal-litigation-2mo', '2024-12-24'])
  valueOf(await recordService(at(office.clerk, '113/12/20 10:00'), { name, letter: second!.id, on: '113/10/25', kind: '送達', wrong: '看錯' }))
  expect((await side(name)).find(([rule]) => rule === 'appeal-litigation-2mo')).toEqual(['appeal-litigation-2mo', '2024-12-25'])
  expect(valueOf(await sue({ party: second!.party_id })).late).toBe(false)
  expect((await side(name)).map(([rule]) => rule)).toEqual(['appeal-remand-period'])
})

test('events, stages, numbers and rows prove each other', async () => {
  expect((await verifyAll(db)).flatMap(({ differences }) => differences)).toEqual([])
})
