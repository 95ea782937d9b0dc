import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { at, importRows, makeLawOffice, serveLawOffice, type Staff } from '../../../test/support/law-office.ts'
import { makeDisputes } from '../../demo/consumer-disputes.ts'
import { isRefusal, NotAllowed, NotFound, type Result, valueOf } from '../../core/errors.ts'
import { figureCases, figureValues } from '../../core/figures/compute.ts'
import { findLinked } from '../../core/cases/links.ts'
import { findParties, isBusinessNo } from '../../core/procedure/parties.ts'
import { letterActs } from '../../core/procedure/letters/acts.ts'
import { stepActs } from '../../core/procedure/take-step.ts'
import { day, parseInstant } from '../../core/time.ts'
import { verifyAll } from '../../core/verify.ts'
import { findByCode } from '../../core/filing/filing.ts'
import { figures } from './figures.ts'
import { filing } from './filing-kind.ts'
import { disputesImporter } from './import/importer.ts'
import { findMeeting } from '../../core/committees/queries.ts'
import { hearing, mediationActs } from './mediation/hearing.ts'
import { letters } from './letters/kinds.ts'
import { registerDispute } from './register.ts'
import { procedure, type StepId } from './steps.ts'

const { db, url } = await createTestDatabase()
const office = await makeLawOffice(db)
let now = parseInstant('110/9/5 09:00')!
const { visit, signIn } = await serveLawOffice(db, url, () => now)
const acts = stepActs(procedure)
const papers = letterActs(letters)
const codeOf = (result: Result<unknown>) => (isRefusal(result) ? result.code : null)
const complaint = { title: '網購桌椅尺寸不符', category: '網路購物', facts: '收到的桌椅和網頁不同，業者拒絕退貨。', asked: '退貨退款', disputedTwd: '12800', consumerName: '王示範', businessKind: 'organisation', businessName: '示範家具網', channel: 'counter' }
const register = (receivedOn: string, more: object = {}, who: Staff = office.ombudsman) => registerDispute(at(who, `${receivedOn} 10:00`), { ...complaint, receivedOn, ...more })
const step = (id: StepId, name: string, on: string, more: object = {}, who: Staff = office.ombudsman) => acts[id]!(at(who, `${on} 15:00`), { name, on, ...more })
const take = async (id: StepId, name: string, on: string, more: object = {}) => valueOf(await step(id, name, on, more))
const disputeOf = (name: string) => db.selectFrom('cases').innerJoin('consumer_disputes', 'consumer_disputes.id', 'cases.id').selectAll('consumer_disputes').select(['stage', 'outcome', 'due_on']).where('number', '=', name).executeTakeFirstOrThrow()
const meeting = { members: '9', present: '3', who: '主席、委員二人', absent: 'none', minutes: '雙方陳述。' }

/** As far as the acceptance of the mediation on 111/7/1. */
async function accepted(more: object = {}): Promise<string> {
  const { name } = valueOf(await register('111/6/1', more))
  await take('to-business', name, '111/6/2')
  await take('answered', name, '111/6/10', { result: 'not-handled', answer: '不同意退款' })
  await take('apply', name, '111/6/27')
  await take('accept', name, '111/7/1', { jurisdiction: 'county' })
  return name
}

test('the business has fifteen days from when it got the complaint; then the ombudsman, then mediation', async () => {
  const { name } = valueOf(await register('110/9/3'))
  expect(codeOf(await step('second', name, '110/9/4'))).toBe('dispute.no-complaint')
  await take('to-business', name, '110/9/5')
  // rules.md §7, 21: 2021-09-05 gives 2021-09-22, past a bridging day and 中秋
  expect((await disputeOf(name)).due_on).toBe('2021-09-22')
  expect(codeOf(await step('no-answer', name, '110/9/22'))).toBe('dispute.not-yet')
  await take('no-answer', name, '110/9/23')
  await take('second', name, '110/9/24')
  await take('negotiated', name, '110/10/5', { result: 'not-handled', how: '業者不接受' })
  await take('apply', name, '110/10/8')
  await take('accept', name, '110/10/12', { jurisdiction: 'county' })
  expect(await disputeOf(name)).toMatchObject({ stage: 'mediating', due_on: '2021-11-11', first_result: 'no-answer' })
  expect(codeOf(await step('notify', name, '110/10/13', { meetingOn: '110/11/12', startsAt: '9:30', place: '縣府', how: 'committee' }))).toBe('dispute.meeting-late')
  await take('postpone', name, '110/10/20', { days: '10', note: '消費者出國' })
  expect((await disputeOf(name)).due_on).toBe('2021-11-22')
  expect(codeOf(await step('settle', name, '110/11/15', { terms: '退款' }))).toBe('dispute.not-met')
  expect(codeOf(await step('meet', name, '110/11/15', { ...meeting, present: '2' }))).toBe('dispute.quorum')
  await take('meet', name, '110/11/15', meeting)
  await take('settle', name, '110/11/15', { terms: '業者退款一萬元。', amount: '10000' })
  expect(await disputeOf(name)).toMatchObject({ stage: 'settled', result: 'settled', settled_twd: 10_000, due_on: '2021-11-25' })
  await take('to-court', name, '110/11/20')
  await take('court-result', name, '110/12/10', { result: 'approved' })
  expect(await disputeOf(name)).toMatchObject({ stage: 'closed', outcome: 'settled', court_result: 'approved' })
})

test('a plan on which nobody objects is deemed settled; an objection makes it fail; late ones do not count', async () => {
  const name = await accepted({ disputedTwd: '300000' })
  await take('meet', name, '111/7/20', meeting)
  expect(codeOf(await step('plan', name, '111/7/20', { terms: '各半負擔', present: '4', agreed: '2' }))).toBe('dispute.majority')
  expect(codeOf(await step('small-plan', name, '111/7/20', { by: 'office', terms: '甲', present: '9', agreed: '9' }))).toBe('consumer-dispute.not-now')
  await take('plan', name, '111/7/20', { terms: '各半負擔', amount: '150000', present: '3', agreed: '2' })
  expect(codeOf(await step('no-objection', name, '111/8/20'))).toBe('dispute.not-served')
  await take('plan-served', name, '111/7/25', { side: 'consumer', serviceKind: '送達' })
  await take('plan-served', name, '111/7/26', { side: 'business', serviceKind: '寄存送達' })
  // deposit takes ten days (民訴 §138 II), then ten more: 08-05, 08-15
  expect(await disputeOf(name)).toMatchObject({ consumer_objection_due_on: '2022-08-04', business_objection_due_on: '2022-08-15', due_on: '2022-08-15' })
  expect(codeOf(await step('objection', name, '111/8/5', { side: 'consumer', gist: '太少' }))).toBe('dispute.objection-late')
  expect(codeOf(await step('no-objection', name, '111/8/15'))).toBe('dispute.not-yet')
  await take('no-objection', name, '111/8/16')
  expect(await disputeOf(name)).toMatchObject({ stage: 'settled', result: 'deemed-settled', result_on: '2022-08-15', settled_twd: 150_000, due_on: '2022-08-25' })
  const other = await accepted({ disputedTwd: '300000' })
  await take('meet', other, '111/7/20', meeting)
  await take('plan', other, '111/7/20', { terms: '各半負擔', present: '3', agreed: '3' })
  await take('plan-served', other, '111/7/25', { side: 'business', serviceKind: '送達' })
  await take('objection', other, '111/8/4', { side: 'business', gist: '沒有瑕疵' })
  expect(await disputeOf(other)).toMatchObject({ stage: 'closed', outcome: 'failed', result: 'deemed-failed' })
  await take('certificate-asked', other, '111/8/8')
  await take('certificate', other, '111/8/12')
})

test('what the court approved is served on each side: thirty days to have it annulled, and three months for the plaintiff whose suit it ended', async () => {
  const name = await accepted()
  await take('meet', name, '111/7/20', meeting)
  await take('settle', name, '111/7/20', { terms: '退款', amount: '12800' })
  await take('to-court', name, '111/7/25')
  await take('court-result', name, '111/8/10', { result: 'approved', suit: 'consumer' })
  expect(codeOf(await step('approved-served', name, '111/8/9', { side: 'consumer', serviceKind: '送達' }))).toBe('dispute.order')
  await take('approved-served', name, '111/8/12', { side: 'business', serviceKind: '送達' })
  expect(codeOf(await step('approved-served', name, '111/8/15', { side: 'business', serviceKind: '送達' }))).toBe('dispute.served')
  await take('approved-served', name, '111/8/15', { side: 'consumer', serviceKind: '寄存送達' })
  const clocks = async (of: string) => (await db.selectFrom('case_clocks').innerJoin('cases', 'cases.id', 'case_id').select(['rule', 'case_clocks.due_on as due']).where('number', '=', of).where('rule', 'in', ['cp-annul-30d', 'cp-court-fee-3mo']).orderBy('case_clocks.id').execute()).map(({ rule, due }) => [rule, due])
  // deposit of 08-15 takes effect on 08-25 (民訴 §138 II): 09-24 is a Saturday; three months end on 11-25
  expect(await clocks(name)).toEqual([['cp-annul-30d', '2022-09-12'], ['cp-annul-30d', '2022-09-26'], ['cp-court-fee-3mo', '2022-11-25']])
  expect(await disputeOf(name)).toMatchObject({ suit_by: 'consumer', consumer_approved_on: '2022-08-15', business_approved_on: '2022-08-12', approved_served_on: '2022-08-15' })
  expect(codeOf(await step('approved-served', name, '111/8/16', { side: 'consumer', serviceKind: '送達' }))).toBe('consumer-dispute.not-now')
  // without a suit nothing is asked back; told only at the second service, the plaintiff's own service counts
  const other = await accepted()
  await take('meet', other, '111/7/20', meeting)
  await take('settle', other, '111/7/20', { terms: '退款' })
  await take('to-court', other, '111/7/25')
  await take('court-result', other, '111/8/10', { result: 'approved' })
  await take('approved-served', other, '111/8/15', { side: 'business', serviceKind: '送達' })
  expect(await clocks(other)).toEqual([['cp-annul-30d', '2022-09-14']])
  await take('approved-served', other, '111/8/20', { side: 'consumer', serviceKind: '送達', suit: 'business' })
  expect((await clocks(other)).at(-1)).toEqual(['cp-court-fee-3mo', '2022-11-15'])
})

test('in a small case who objects and stays away is bound by the plan', async () => {
  const name = await accepted()
  await take('meet', name, '111/7/20', meeting)
  expect(codeOf(await step('small-plan', name, '111/7/20', { by: 'party', terms: '退款', present: '9', agreed: '5' }))).toBe('dispute.all-there')
  await take('meet', name, '111/7/25', { ...meeting, absent: 'business' })
  expect(codeOf(await step('small-plan', name, '111/7/25', { by: 'party', terms: '退款', present: '9', agreed: '4' }))).toBe('dispute.majority')
  await take('small-plan', name, '111/7/25', { by: 'party', terms: '退款', amount: '12800', present: '9', agreed: '5' })
  expect(codeOf(await step('plan-served', name, '111/7/27', { side: 'business', serviceKind: '公示送達' }))).toBe('dispute.public-service')
  await take('plan-served', name, '111/7/27', { side: 'business', serviceKind: '送達' })
  await take('objection', name, '111/8/5', { side: 'business', gist: '不接受' })
  expect(await disputeOf(name)).toMatchObject({ stage: 'second-meeting', due_on: '2022-08-25' })
  expect(codeOf(await step('objector-absent', name, '111/8/20'))).toBe('dispute.not-met')
  await take('meet', name, '111/8/20', { ...meeting, absent: 'business' })
  expect(codeOf(await step('fail', name, '111/8/20', { how: 'absent' }))).toBe('dispute.bound')
  await take('objector-absent', name, '111/8/20')
  // rules.md §7, 22 counts the same ten days: 08-30
  expect(await disputeOf(name)).toMatchObject({ stage: 'settled', result: 'deemed-settled', settled_twd: 12_800, due_on: '2022-08-30' })
})

test('the committee mediates in a meeting: a third of its members, who sits it out, what it came to carries the dispute on', async () => {
  const add = (name: string, seat = 'member') => mediationActs.addMember(at(office.ombudsman, '111/1/2 10:00'), { name, seat, outside: 'no', fromOn: '111/1/1' })
  await expect(mediationActs.addMember(at(office.clerk, '111/1/2 10:00'), { name: '甲', seat: 'member', outside: 'no', fromOn: '111/1/1' })).rejects.toThrow(NotAllowed)
  for (const name of ['示範甲', '示範乙', '示範丙', '示範丁', '示範戊', '示範己']) valueOf(await add(name, name === '示範甲' ? 'chair' : 'member'))
  // six are no committee (消保法 §45 I)
  expect(codeOf(await mediationActs.planMeeting(at(office.ombudsman, '111/1/3 10:00'), { on: '111/1/10', startsAt: '09:30', place: '縣府', others: '確認前次紀錄' }))).toBe('committee.size')
  valueOf(await add('示範庚'))
  const [failing, small, agreeing] = [await accepted({ disputedTwd: '300000' }), await accepted(), await accepted()]
  const hold = async (on: string, items: string[], of: { there: number; decision: string; text?: string; absent?: string; excused?: string }) => {
    const { number } = valueOf(await mediationActs.planMeeting(at(office.ombudsman, `${on} 09:00`), { on, startsAt: '09:30', place: '縣府調解室', items }))
    const { people, items: rows } = await findMeeting(db, hearing, office.ombudsman.person, number)
    const each = (value: string) => Object.fromEntries(rows.map(({ id }) => [id, value]))
    const record = (more: object = {}) => mediationActs.recordMeeting(at(office.ombudsman, `${on} 12:00`), {
      name: number, next: 'finish', attendance: Object.fromEntries(people.map(({ id }, i) => [id, i < of.there ? 'present' : 'leave'])), decisions: each(of.decision), texts: each(of.text ?? ''), answers: { absent: each(of.absent ?? 'none'), excused: of.excused ? each(of.excused) : {} }, ...more,
    })
    return { number, people, rows, record }
  }
  const first = await hold('111/7/20', [failing], { there: 2, decision: 'failed', absent: 'business' })
  // seven members: two are not a third (§8 I)
  expect(codeOf(await first.record())).toBe('meeting.quorum')
  const three = { attendance: Object.fromEntries(first.people.map(({ id }, i) => [id, i < 3 ? 'present' : 'leave'])) }
  expect(codeOf(await first.record({ ...three, answers: {} }))).toBe('meeting.asked')
  valueOf(await mediationActs.recuseMember(at(office.ombudsman, '111/7/20 10:00'), { name: first.number, item: first.rows[0]!.id, member: first.people[2]!.id, ground: 'household', askedBy: 'self', granted: 'yes' }))
  expect(codeOf(await first.record(three))).toBe('meeting.quorum') // who sits it out does not count (§10)
  valueOf(await first.record({ attendance: Object.fromEntries(first.people.map(({ id }, i) => [id, i < 4 ? 'present' : 'leave'])) }))
  expect(await disputeOf(failing)).toMatchObject({ stage: 'closed', outcome: 'failed', result: 'deemed-failed', meeting_on: '2022-07-20', last_absent: 'business' })
  const { minutes } = await findMeeting(db, hearing, office.ombudsman.person, first.number)
  expect(minutes).toContain('到場情形：企業經營者沒有到場')
  expect(minutes).toContain('消費爭議調解辦法 §10')
  const met = await db.selectFrom('case_steps').innerJoin('cases', 'cases.id', 'case_id').select('answers').where('number', '=', failing).where('step', '=', 'meet').executeTakeFirstOrThrow()
  expect(met.answers).toMatchObject({ members: 7, present: 3, who: '示範甲、示範乙、示範丁' })
  // agreed: the terms are there when the settlement is written; nothing went on by itself
  valueOf(await (await hold('111/7/21', [agreeing], { there: 3, decision: 'agreed', text: '業者退款一萬元。' })).record())
  const state = await procedure.find(db, office.ombudsman.person, agreeing)
  expect(state).toMatchObject({ stage: 'mediating', decided: { decision: 'agreed', text: '業者退款一萬元。' }, lastPresent: 3, planned: null })
  await take('settle', agreeing, '111/7/21', { terms: '業者退款一萬元。', amount: '10000' })
  // small: who objected and stays away from the second meeting is bound by the plan, not failed (消保法 §45-5 II)
  valueOf(await (await hold('111/7/22', [small], { there: 3, decision: 'plan', text: '退款', absent: 'business' })).record())
  await take('small-plan', small, '111/7/25', { by: 'party', terms: '退款', amount: '12800', present: '7', agreed: '4' })
  await take('plan-served', small, '111/7/27', { side: 'business', serviceKind: '送達' })
  await take('objection', small, '111/8/5', { side: 'business', gist: '不接受' })
  const second = await hold('111/8/20', [small], { there: 3, decision: 'failed', absent: 'business' })
  expect((await procedure.find(db, office.ombudsman.person, small)).planned).toEqual({ on: '2022-08-20', startsAt: '09:30', place: '縣府調解室' })
  expect(codeOf(await second.record())).toBe('dispute.bound')
  valueOf(await second.record({ decisions: { [second.rows[0]!.id]: 'bound' } }))
  expect(await disputeOf(small)).toMatchObject({ stage: 'settled', result: 'deemed-settled', settled_twd: 12_800 })
  // what is not in mediation is not put on an agenda; the pages are for those who mediate
  expect(codeOf(await mediationActs.planMeeting(at(office.ombudsman, '111/8/21 09:00'), { on: '111/8/22', startsAt: '09:30', place: '縣府', items: [small] }))).toBe('dispute.not-mediating')
  now = parseInstant('111/8/22 09:00')!
  const ombudsman = await signIn(office.ombudsman)
  expect((await ombudsman.open(`/console/consumer-mediations/${second.number}`)).text).toContain('視為依方案成立')
  expect((await ombudsman.open(`/console/consumer-disputes/${small}`)).text).toContain(second.number)
  await expect(findMeeting(db, hearing, office.clerk.person, second.number)).rejects.toThrow(NotFound)
})

test('a small case in which one side stayed away is not deemed failed: a plan, or a failure whose reason is written', async () => {
  const [name, both, large] = [await accepted(), await accepted(), await accepted({ disputedTwd: '300000' })]
  for (const one of [name, large]) await take('meet', one, '111/7/20', { ...meeting, absent: 'business' })
  await take('meet', both, '111/7/20', { ...meeting, absent: 'both' })
  expect(codeOf(await step('meet', both, '111/7/21', { ...meeting, members: '6' }))).toBe('dispute.members')
  expect(codeOf(await step('fail', name, '111/7/20', { how: 'absent' }))).toBe('dispute.small-absent')
  expect(codeOf(await step('fail', name, '111/7/20', { how: 'no-agreement' }))).toBe('dispute.small-why')
  await take('fail', name, '111/7/20', { how: 'no-agreement', note: '雙方主張差距過大，不宜提方案。' })
  expect(await disputeOf(name)).toMatchObject({ stage: 'closed', outcome: 'failed', result: 'failed' })
  for (const one of [both, large]) {
    await take('fail', one, '111/7/20', { how: 'absent' })
    expect(await disputeOf(one)).toMatchObject({ outcome: 'failed', result: 'deemed-failed' })
  }
})

test('what failed is mediated once more when the other side agrees, as a case of its own with the same parties', async () => {
  const name = await accepted({ consumerEmail: 'again@example.org' })
  await take('meet', name, '111/7/20', meeting)
  const asked = { consentOn: '111/8/2', consent: 'paper', channel: 'counter' }
  expect(codeOf(await step('again', name, '111/8/3', asked))).toBe('consumer-dispute.wrong-stage')
  await take('fail', name, '111/7/25', { how: 'no-agreement' })
  expect(codeOf(await step('again', name, '111/7/24', asked))).toBe('dispute.order')
  expect(codeOf(await step('again', name, '111/8/1', asked))).toBe('dispute.order')
  await expect(step('again', name, '111/8/3', asked, office.clerk)).rejects.toThrow(NotAllowed)
  await take('again', name, '111/8/3', asked)
  expect(codeOf(await step('again', name, '111/8/4', asked))).toBe('consumer-dispute.not-now')
  const { id } = await db.selectFrom('cases').select('id').where('number', '=', name).executeTakeFirstOrThrow()
  const [linked] = await findLinked(db, office.ombudsman.person, id)
  const second = linked!.number
  expect(linked).toMatchObject({ made: true, label: '消費爭議' })
  expect(await disputeOf(second)).toMatchObject({ stage: 'applied', again_of: id, again_consent_on: '2022-08-02', applied_on: '2022-08-03', first_on: '2022-06-02', disputed_twd: 12_800 })
  expect((await findParties(db, (await disputeOf(second)).id)).map(({ role, called }) => [role, called])).toEqual([['consumer', '王示範'], ['business', '示範家具網']])
  // the consumer follows it: number and code by mail, nothing to confirm
  const [filed, mail] = [await db.selectFrom('case_filings').innerJoin('cases', 'cases.id', 'case_filings.id').select(['confirmed_at', 'follow_no']).where('number', '=', second).executeTakeFirstOrThrow(), await db.selectFrom('mail_messages').selectAll().orderBy('id', 'desc').executeTakeFirstOrThrow()]
  expect(filed.confirmed_at).not.toBeNull()
  const code = /追蹤碼：(\S+)/.exec(mail.text)![1]
  expect(await findByCode(db, filing, filed.follow_no, code)).toMatchObject({ followNo: filed.follow_no })
  await take('accept', second, '111/8/4', { jurisdiction: 'county' })
  await take('meet', second, '111/8/20', meeting)
  await take('fail', second, '111/8/20', { how: 'no-agreement' })
  // once only (§5 II)
  expect(codeOf(await step('again', second, '111/9/1', { ...asked, consentOn: '111/9/1' }))).toBe('consumer-dispute.not-now')
})

test('papers go with the steps: the business gets the complaint, each side its plan, the court the settlement', async () => {
  const { name } = valueOf(await register('111/6/1'))
  const colleague = office.law
  const parties = async () => (await db.selectFrom('case_parties').innerJoin('cases', 'cases.id', 'case_id').select(['case_parties.id', 'role']).where('number', '=', name).execute())
  const copiesOf = async (letter: number) => db.selectFrom('case_letter_copies').selectAll().where('letter_id', '=', letter).orderBy('id').execute()
  const issued = async (kind: string, on: string, to: string[], more: object = {}) => {
    const all = await parties()
    const chosen = Object.fromEntries(all.filter(({ role }) => to.includes(role)).map(({ id }) => [id, 'original']))
    const { letter } = valueOf(await papers.draft(at(office.ombudsman, `${on} 10:00`), { name, kind, parties: chosen, ...more }))
    expect(codeOf(await papers.issue(at(office.ombudsman, `${on} 11:00`), { name, letter, on, documentNo: '府消字第1號' }))).toBe('letter.own-draft')
    return { letter, issue: valueOf(await papers.issue(at(colleague, `${on} 11:00`), { name, letter, on, documentNo: '府消字第1號' })) }
  }
  const serve = async (letter: number, copy: number, on: string, kind = '送達') => valueOf(await papers.serve(at(office.ombudsman, `${on} 16:00`), { name, letter, copy, on, kind }))
  const { letter: asked } = await issued('business', '111/6/2', ['business'])
  expect(await serve(asked, (await copiesOf(asked))[0]!.id, '111/6/6')).toMatchObject({ step: 'to-business' })
  expect(await disputeOf(name)).toMatchObject({ stage: 'business', business_received_on: '2022-06-06', due_on: '2022-06-21' })
  await take('answered', name, '111/6/10', { result: 'not-handled', answer: '不同意退款' })
  await take('apply', name, '111/6/27')
  await take('accept', name, '111/7/1', { jurisdiction: 'county' })
  expect((await issued('notice', '111/7/5', ['consumer', 'business'], { meetingOn: '111/7/20', startsAt: '9:30', place: '縣府', how: 'committee' })).issue).toEqual({ step: 'notify' })
  await take('meet', name, '111/7/20', meeting)
  await take('plan', name, '111/7/20', { terms: '各半負擔', amount: '6400', present: '3', agreed: '2' })
  const { letter: plan } = await issued('plan', '111/7/22', ['consumer', 'business'])
  const [consumer, business] = await copiesOf(plan)
  await serve(plan, consumer!.id, '111/7/25')
  // each side has its own ten days; what the service cannot do any more is said, the service stays
  expect(await serve(plan, business!.id, '111/7/26', '寄存送達')).toMatchObject({ step: 'plan-served', effectiveOn: '2022-08-05' })
  expect(await disputeOf(name)).toMatchObject({ consumer_objection_due_on: '2022-08-04', business_objection_due_on: '2022-08-15' })
  await take('no-objection', name, '111/8/16')
  const { letter: settlement } = await issued('settlement', '111/8/17', ['consumer', 'business'])
  expect(JSON.stringify((await db.selectFrom('case_letters').select('sections').where('id', '=', settlement).executeTakeFirstOrThrow()).sections)).toContain('未於十日之不變期間內提出異議')
  expect((await issued('court', '111/8/18', [], { others: '示範地方法院' })).issue).toEqual({ step: 'to-court' })
  expect((await disputeOf(name)).stage).toBe('court')
})

test('no mediation without an earlier complaint; what is missing is asked for; the ten grounds', async () => {
  const { name } = valueOf(await register('111/6/1'))
  await take('apply', name, '111/6/2')
  expect(codeOf(await step('accept', name, '111/6/3', { jurisdiction: 'county' }))).toBe('dispute.no-complaint')
  expect(codeOf(await step('not-accept', name, '111/6/3', { ground: 'uncorrected', note: '未補' }))).toBe('dispute.not-asked')
  await take('ask-correction', name, '111/6/3', { days: '7', asked: '委任書' })
  expect(codeOf(await step('not-accept', name, '111/6/10', { ground: 'uncorrected', note: '未補' }))).toBe('dispute.not-yet')
  await take('not-accept', name, '111/6/13', { ground: 'no-complaint', note: '未經申訴' })
  expect(await disputeOf(name)).toMatchObject({ outcome: 'not-accepted', ground: 'no-complaint', result: 'not-accepted' })
  expect(await register('111/6/1', { businessName: '', consumerName: '' })).toMatchObject({ fields: { consumerName: expect.any(String), businessName: expect.any(String) } })
  expect(await register('111/6/1', { businessBusinessNo: '12345678' })).toMatchObject({ field: 'businessBusinessNo' })
  expect(['04595257', '10458575', '12345678', '1234567'].map(isBusinessNo)).toEqual([true, true, false, false])
})

test('only the ombudsman and the law section work on it; others do not see it', async () => {
  const { name } = valueOf(await register('111/6/1', {}, office.law))
  await expect(register('111/6/1', {}, office.officer)).rejects.toThrow(NotAllowed)
  await expect(step('to-business', name, '111/6/2', {}, office.clerk)).rejects.toThrow(NotAllowed)
  await expect(procedure.find(db, office.officer.person, name)).rejects.toThrow(NotFound)
})

test('a consumer files without script and follows it; the ombudsman takes it in', async () => {
  now = parseInstant('111/9/1 09:00')!
  const browser = visit()
  const bad = await browser.submit((await browser.open('/consumer-disputes/new')).form('/consumer-disputes/new'), { title: complaint.title, facts: complaint.facts, asked: '', consumerEmail: 'c@example.org' })
  expect([bad.status, bad.errors.join()]).toEqual([422, '請填您的請求'])
  const sent = await browser.submit(bad.form('/consumer-disputes/new'), { asked: '退款', consumerName: '王示範', businessName: '示範家具網' })
  expect(sent.headers.location).toBe('/consumer-disputes/sent')
  const { text } = await db.selectFrom('mail_messages').select('text').orderBy('id', 'desc').executeTakeFirstOrThrow()
  const page = await browser.open(new URL(/https:\S+confirm\/[\w-]+/.exec(text)![0]).pathname)
  const followed = await browser.follow(await browser.submit(page.form('/consumer-disputes/confirm/')))
  expect(followed.text).toContain('準備轉請業者處理')
  const ombudsman = await signIn(office.ombudsman)
  expect((await ombudsman.open('/console')).text).toContain('線上的消費爭議申訴等收案')
  const number = /追蹤號碼：([\w-]+)/.exec(text)![1]!
  const shown = await ombudsman.open(`/console/consumer-disputes/${number}`)
  const taken = await ombudsman.follow(await ombudsman.submit(shown.form(`/console/consumer-disputes/${number}/take`)))
  expect(taken.text).toContain('轉請業者處理')
  const form = (await ombudsman.open(`/console/consumer-disputes/${number}/steps/to-business`)).form('/console/consumer-disputes/')
  expect((await ombudsman.submit(form, { on: '111/9/31' })).status).toBe(422)
  expect((await ombudsman.follow(await ombudsman.submit(form, { on: '111/9/1' }))).text).toContain('業者處理中')
})

test('the demonstration half-year ends two mediations, both failed, and has one pending; every figure opens to its cases; the record can be proved', async () => {
  expect((await importRows(db, disputesImporter, makeDisputes().map((row) => ({ ...row, 案號: `示${row.案號}` })))).errors).toEqual([])
  const span = { from: day('2021-04-01'), to: day('2021-09-30'), statusOn: day('2021-10-31'), asOf: null }
  const values = await figureValues(db, figures, span)
  expect([values['mediation.held']!.value, values['mediation.failed']!.value, values['mediation.pending']!.value]).toEqual([2, 2, 1])
  for (const figure of figures) expect((await figureCases(db, figure, span)).length, figure.id).toBe(values[figure.id]!.cases)
  expect(values['mediation.balance']!.parts!.map(({ key, value }) => [key, value])).toEqual([['carried-in', 1], ['entered', 2], ['ended', 2], ['carried-out', 1]])
  const errors = (await importRows(db, disputesImporter, [{ 案號: '甲', 收件日期: '110/1/1', 案由: '某爭議', 承辦單位: '法制科', 申請調解日期: '109/12/1' }])).errors.join()
  expect(errors).toContain('申請調解日期: 在收件日期以前')
  expect(errors).toContain('第一次申訴結果: 第二次申訴、申請調解以前要有第一次申訴的結果')
  for (const proof of await verifyAll(db)) expect(proof.differences, proof.what).toEqual([])
})
