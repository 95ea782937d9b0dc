import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { at, makeLawOffice, type Staff } from '../../../test/support/law-office.ts'
import { makePerson, makePetition } from '../../../test/support/makers.ts'
import { findLinked, makeable } from '../../core/cases/links.ts'
import { isRefusal, NotAllowed, NotFound, type Result, valueOf } from '../../core/errors.ts'
import { manageActs } from '../../core/procedure/manage/acts.ts'
import { findOpinions, opinionActs, opinionsWaiting } from '../../core/procedure/manage/opinions.tsx'
import { findParties } from '../../core/procedure/parties.ts'
import { stepActs } from '../../core/procedure/take-step.ts'
import { day, parseInstant } from '../../core/time.ts'
import { verifyAll } from '../../core/verify.ts'
import { maySueSince, noticeWarning, prescribedOn, visibleTo } from './claim.ts'
import { findMeeting, findMeetingsOf } from '../../core/committees/queries.ts'
import { councilActs, hearing } from './council/hearing.ts'
import { hearing as negotiation, negotiationActs } from './negotiation/hearing.ts'
import { managed, opinions } from './managed.ts'
import { registerClaim } from './register.ts'
import { copiesOf, findHalfYear, halvesUntil } from './routes/half-year.tsx'
import { api } from './routes/list.tsx'
import { procedure, type StepId } from './steps.ts'

const { db } = await createTestDatabase()
const office = await makeLawOffice(db)
const acts = stepActs(procedure)
const [managing, asking] = [manageActs(managed), opinionActs(opinions)]
const codeOf = (result: Result<unknown>) => (isRefusal(result) ? result.code : null)
const claim = { title: '機車經過坑洞跌倒', facts: '夜間騎機車經過路面坑洞，跌倒受傷，請求醫療費。', requestedTwd: '50,000', claimantName: '王示範', channel: 'paper', damageOn: '113/12/1', knownOn: '113/12/1' }
const register = async (receivedOn: string, more: object = {}, who: Staff = office.law) => registerClaim(at(who, `${receivedOn} 10:00`), { ...claim, receivedOn, ...more })
const made = async (receivedOn: string, more: object = {}) => valueOf(await register(receivedOn, more)).name
const step = (id: StepId, name: string, on: string, more: object = {}, who: Staff = office.law) => acts[id]!(at(who, `${on} 15:00`), { name, on, ...more })
const take = async (id: StepId, name: string, on: string, more: object = {}) => valueOf(await step(id, name, on, more))
const claimOf = (name: string) => db.selectFrom('cases').innerJoin('compensations', 'compensations.id', 'cases.id').selectAll('compensations').select(['stage', 'outcome', 'due_on', 'closed_at']).where('number', '=', name).executeTakeFirstOrThrow()
const clocksOf = async (name: string) => (await db.selectFrom('case_clocks').innerJoin('cases', 'cases.id', 'case_id').select(['rule', 'case_clocks.due_on', 'met_at', 'main']).where('number', '=', name).orderBy('case_clocks.id').execute())
/** The planned day of negotiation of a claim, recorded and ended. `away`: who did not come. */
async function negotiate(name: string, on: string, decision: string, { away = [], who = office.law, text = '', ...asked }: { away?: string[]; who?: Staff; text?: string; [question: string]: unknown } = {}) {
  const number = (await procedure.find(db, null, name)).negotiation!
  const { people, items } = await findMeeting(db, negotiation, office.law.person, number)
  const each = (value: unknown) => ({ [items[0]!.id]: String(value) })
  return negotiationActs.recordMeeting(at(who, `${on} 15:00`), {
    name: number, next: 'finish', attendance: Object.fromEntries(people.map((one) => [one.id, away.includes(one.name) ? 'absent' : 'present'])), decisions: each(decision), texts: each(text),
    answers: Object.fromEntries(Object.entries({ claimed: '醫療費', opinion: '同意', ...asked }).map(([question, value]) => [question, each(value)])),
  })
}
const meeting = { meetingOn: '114/7/1', startsAt: '9:30', place: '縣府', servedOn: '114/6/20' }

test('a claim is negotiated, agreed, paid and its recourse looked into, each with its clock', async () => {
  const name = await made('114/6/5', { agency: '工務處', basis: 'facility' })
  expect(await claimOf(name)).toMatchObject({ stage: 'received', due_on: '2025-07-07', open_due_on: '2025-07-07', requested_twd: 50_000 })
  await take('accept', name, '114/6/6')
  await take('notify', name, '114/6/16', meeting)
  // rules.md §7, 18: the first meeting of 2025-07-01 gives 2025-09-01
  expect(await claimOf(name)).toMatchObject({ stage: 'negotiating', first_meeting_on: '2025-07-01', due_on: '2025-09-01' })
  expect(codeOf(await step('agree', name, '114/7/1'))).toBe('compensation.nothing')
  expect(codeOf(await negotiate(name, '114/6/30', 'agreed', { amount: '35000' }))).toBe('meeting.future')
  expect(await negotiate(name, '114/7/1', 'agreed')).toMatchObject({ code: 'compensation.nothing', field: expect.stringMatching(/^amount-\d+$/) })
  expect(codeOf(await negotiate(name, '114/7/1', 'agreed', { amount: '35000', away: ['請求權人'] }))).toBe('compensation.nobody-came')
  expect(codeOf(await negotiate(name, '114/7/1', 'absent'))).toBe('compensation.came')
  await expect(negotiate(name, '114/7/1', 'agreed', { amount: '35000', who: office.officer })).rejects.toThrow(NotAllowed)
  valueOf(await negotiate(name, '114/7/1', 'agreed', { amount: '35000', waiver: 'yes' }))
  const { minutes } = (await findMeeting(db, negotiation, office.law.person, '協114-000001'))
  // 施行細則 §23 II: day and place, who came, number and matter, what is claimed, the agency's opinion, the result; §23 III: signed
  for (const part of ['請求權人（王○○）', '賠償義務機關代表（工務處）', name, '機車經過坑洞跌倒', '醫療費', '賠償義務機關的意見：同意', '協議結果：協議成立', '簽名或蓋章']) expect(minutes).toContain(part)
  expect(minutes).not.toContain('王示範')
  expect(await claimOf(name)).toMatchObject({ stage: 'agreed', decision: 'agreed', agreed_twd: 35_000, due_on: '2025-07-11' })
  expect(codeOf(await step('payment-asked', name, '114/7/8'))).toBe('compensation.not-served')
  expect(codeOf(await step('agreement-served', name, '114/7/8'))).toBe('compensation.not-issued')
  await take('agreement-served', name, '114/7/8', { documentNo: '府行法字第1號' })
  expect(codeOf(await step('payment-asked', name, '114/7/7'))).toBe('compensation.order')
  await take('payment-asked', name, '114/7/10')
  expect(await claimOf(name)).toMatchObject({ due_on: '2025-08-11' })
  expect(codeOf(await step('paid', name, '114/7/31', { amount: '36000' }))).toBe('compensation.too-much')
  await take('paid', name, '114/7/31', { amount: '35000' })
  expect(await claimOf(name)).toMatchObject({ stage: 'closed', outcome: 'agreed', paid_on: '2025-07-31', paid_twd: 35_000, due_on: null })
  expect((await clocksOf(name)).at(-1)).toMatchObject({ rule: 'sc-recourse-2y', main: false, met_at: null, due_on: '2027-08-02' })
  expect(codeOf(await step('recourse', name, '114/9/1', { result: 'barred', note: '過期' }))).toBe('compensation.not-yet')
  await take('recourse', name, '114/9/1', { result: 'agreed', amount: '10000', note: '承包商施工不當' })
  expect(codeOf(await step('recovered', name, '114/10/1', { amount: '10001' }))).toBe('compensation.too-much')
  await take('recovered', name, '114/10/1', { amount: '4000' })
  expect(await claimOf(name)).toMatchObject({ recovered_twd: 4000 })
  expect((await clocksOf(name)).every(({ met_at }) => met_at !== null)).toBe(true)
})

test('a claim is refused within thirty days, with a reason and by decision of the committee', async () => {
  const name = await made('115/1/28')
  // rules.md §7, 17
  expect((await claimOf(name)).due_on).toBe('2026-03-02')
  expect(codeOf(await step('refuse', name, '115/2/20', { ground: 'no-duty' }))).toBe('compensation.reason')
  await take('refuse', name, '115/2/20', { ground: 'no-duty', committee: 'yes', note: '已設警示，管理沒有欠缺。' })
  expect(await claimOf(name)).toMatchObject({ stage: 'closed', outcome: 'refused', ground: 'no-duty', by_committee: true, decided_on: '2026-02-20' })
  await take('suit-filed', name, '115/4/1', { court: '示範地方法院', amount: '50000' })
  expect(codeOf(await step('payment-asked', name, '115/4/2'))).toBe('compensation.not-now')
  await take('suit-result', name, '115/10/1', { result: 'partly', amount: '20000', final: 'yes' })
  await take('payment-asked', name, '115/10/5')
  await take('paid', name, '115/10/20', { amount: '20000' })
  expect(await claimOf(name)).toMatchObject({ stage: 'closed', outcome: 'refused', paid_twd: 20_000, suit_final: true })
})

test('the first meeting needs five clear days of notice and no rest day without consent', async () => {
  const name = await made('114/9/25')
  await take('accept', name, '114/9/26')
  const notify = (more: object) => step('notify', name, '114/10/1', { ...meeting, ...more })
  // rules.md §7, 19: a meeting of 2025-10-20 is served by 10-14
  expect(codeOf(await notify({ meetingOn: '114/10/20', servedOn: '114/10/15' }))).toBe('compensation.notice-late')
  expect(codeOf(await notify({ meetingOn: '114/10/18', servedOn: '114/10/3' }))).toBe('compensation.rest-day')
  expect(codeOf(await notify({ meetingOn: '114/9/30', servedOn: '114/10/3' }))).toBe('compensation.meeting-past')
  expect(codeOf(await notify({ meetingOn: '', servedOn: '114/10/3' }))).toBe('input.invalid')
  valueOf(await notify({ meetingOn: '114/10/20', servedOn: '114/10/14' }))
  expect(codeOf(await step('fail', name, '114/11/3', { why: 'lapsed' }))).toBe('compensation.not-yet')
  expect(codeOf(await step('continue', name, '114/12/19', { until: '115/2/2' }))).toBe('compensation.not-yet')
  await take('continue', name, '114/12/20', { until: '115/2/2' })
  expect(await claimOf(name)).toMatchObject({ continued: true, due_on: '2026-02-02' })
  expect(codeOf(await step('continue', name, '115/2/3', { until: '115/3/2' }))).toBe('compensation.not-now')
  await take('certificate', name, '115/2/3')
  expect(await claimOf(name)).toMatchObject({ stage: 'closed', outcome: 'failed', certificate_on: '2026-02-03' })
})

test('the five days of the first notice are judged by its real service', async () => {
  const name = await made('114/9/25')
  await take('accept', name, '114/9/26')
  await take('notify', name, '114/10/1', { ...meeting, meetingOn: '114/10/20', servedOn: '114/10/14' })
  const warned = async (today: string) => noticeWarning(await procedure.find(db, office.law.person, name), day(today))
  expect(await warned('2025-10-02')).toContain('最晚 114/10/14')
  expect(await warned('2025-10-15')).toContain('還沒有登錄送達')
  const absent = (on: string) => negotiate(name, on, 'absent', { away: ['請求權人'] })
  expect(codeOf(await absent('114/10/20'))).toBe('compensation.notice-late')
  // deposited on 10-08, it takes effect on 10-18 (民訴 §138 II)
  await take('notice-served', name, '114/10/8', { serviceKind: '寄存送達' })
  expect(await claimOf(name)).toMatchObject({ meeting_on: '2025-10-20', notice_served_on: '2025-10-18' })
  expect(await warned('2025-10-18')).toMatch(/114\/10\/18 才送達.*仍從 114\/10\/20 起算（§21 II；待法制單位確認）/)
  expect(codeOf(await absent('114/10/20'))).toBe('compensation.notice-late')
  // told anew: in time again, and the negotiation began with the first day as notified
  expect(codeOf(await step('notify', name, '114/10/20', { ...meeting, meetingOn: '114/10/27', servedOn: '114/10/22' }))).toBe('compensation.notice-late')
  await take('notify', name, '114/10/20', { ...meeting, meetingOn: '114/11/3', servedOn: '114/10/22' })
  await take('notice-served', name, '114/10/22', { serviceKind: '送達' })
  expect([await warned('2025-10-23'), await claimOf(name)]).toMatchObject([null, { first_meeting_on: '2025-10-20', meeting_on: '2025-11-03', notice_served_on: '2025-10-22' }])
  // the earlier day gave way
  expect((await findMeetingsOf(db, (await procedure.find(db, null, name)).id)).map(({ heldOn, outcome }) => [heldOn, outcome])).toEqual([['2025-10-20', 'cancelled'], ['2025-11-03', null]])
  valueOf(await absent('114/11/3'))
  expect((await procedure.find(db, null, name)).negotiation).toBeNull()
  expect(codeOf(await step('notice-served', name, '114/11/4', { serviceKind: '送達' }))).toBe('compensation.not-now')
})

test('the council resolves in a meeting; its resolution stands on the claim and the refusal begins with it', async () => {
  const name = await made('114/6/5')
  const add = (member: string, seat: string, who: Staff = office.law) => councilActs.addMember(at(who, '114/1/2 10:00'), { name: member, seat, outside: 'no', fromOn: '114/1/1' })
  await expect(add('示範午', 'chair', office.officer)).rejects.toThrow(NotAllowed)
  for (const member of ['示範午', '示範未', '示範申']) valueOf(await add(member, member === '示範午' ? 'chair' : 'member'))
  const { number } = valueOf(await councilActs.planMeeting(at(office.law, '114/6/10 10:00'), { on: '114/6/16', startsAt: '10:00', place: '第二會議室', items: [name] }))
  const { people, items } = await findMeeting(db, hearing, office.law.person, number)
  const record = (there: number, text: string) => councilActs.recordMeeting(at(office.law, '114/6/16 12:00'), { name: number, next: 'finish', attendance: Object.fromEntries(people.map(({ id }, i) => [id, i < there ? 'present' : 'leave'])), decisions: { [items[0]!.id]: 'refuse' }, texts: { [items[0]!.id]: text } })
  expect(codeOf(await record(1, '已設警示'))).toBe('meeting.quorum')
  expect(codeOf(await record(2, ''))).toBe('meeting.note')
  valueOf(await record(2, '已設警示，管理沒有欠缺。'))
  const state = await procedure.find(db, office.law.person, name)
  expect(state).toMatchObject({ stage: 'received', deliberated: 'refuse', steps: ['deliberated'] })
  const committee = procedure.steps.refuse!.asks!.find((ask) => ask.name === 'committee')!
  expect((committee.preset as (of: typeof state) => string | undefined)(state)).toBe('yes')
  await expect(findMeeting(db, hearing, office.officer.person, number)).rejects.toThrow(NotFound)
  await take('refuse', name, '114/6/17', { ground: 'no-duty', committee: 'yes', note: '已設警示，管理沒有欠缺。' })
  expect(codeOf(await councilActs.planMeeting(at(office.law, '114/6/18 10:00'), { on: '114/6/20', startsAt: '10:00', place: '第二會議室', items: [name] }))).toBe('compensation.not-deliberated')
})

test('what is missing is asked for; a superior decides between agencies; another agency gets what is its own', async () => {
  const name = await made('114/6/5')
  expect(codeOf(await step('ask-correction', name, '114/6/9', { defect: 'power', days: '5', asked: '委任書' }))).toBe('compensation.days')
  await take('ask-correction', name, '114/6/9', { defect: 'power', days: '7', asked: '委任書' })
  expect(await claimOf(name)).toMatchObject({ stage: 'correcting', correction_due_on: '2025-06-16', due_on: '2025-07-07' })
  expect(codeOf(await step('not-corrected', name, '114/6/16'))).toBe('compensation.not-yet')
  await take('corrected', name, '114/6/16')
  await take('ask-superior', name, '114/6/17', { superior: '行政院', note: '機關間有爭議' })
  await take('superior-decided', name, '114/7/1', { result: 'other', agency: '示範航港機關' })
  expect(await claimOf(name)).toMatchObject({ stage: 'closed', outcome: 'transferred', transferred_to: '示範航港機關' })
})

test('when nothing was begun in thirty days, or agreed in sixty, the claimant may sue and the claim stays open; a silent superior becomes the agency', async () => {
  const name = await made('114/6/5')
  const since = async (today: string) => maySueSince(await procedure.find(db, office.law.person, name), day(today))
  expect([await since('2025-07-07'), await since('2025-07-08')]).toEqual([null, '2025-07-08'])
  // a first day after the thirty begins nothing in time: said at the form, and the claimant may sue meanwhile
  const other = await made('114/6/5')
  await take('accept', other, '114/6/6')
  const later = { ...meeting, meetingOn: '114/7/15', servedOn: '114/7/1' }
  expect(codeOf(await step('notify', other, '114/6/30', later))).toBe('compensation.opens-late')
  await take('notify', other, '114/6/30', { ...later, late: 'yes' })
  expect(maySueSince(await procedure.find(db, office.law.person, other), day('2025-07-10'))).toBe('2025-07-08')
  await take('ask-superior', name, '114/6/17', { superior: '行政院', note: '機關間有爭議' })
  expect(codeOf(await step('superior-lapsed', name, '114/7/7', { agency: '行政院' }))).toBe('compensation.not-yet')
  await take('superior-lapsed', name, '114/7/8', { agency: '行政院' })
  expect(await claimOf(name)).toMatchObject({ stage: 'closed', outcome: 'transferred', transferred_to: '行政院' })
  expect(await since('2025-08-01')).toBeNull()
})

test('where the office calendar does not reach, two years from knowledge or five from the damage are told as plain days', () => {
  expect(prescribedOn({ knownOn: day('2026-10-27'), damageOn: day('2026-10-01') })).toBe('2028-10-27')
  expect(prescribedOn({ knownOn: day('2026-10-27'), damageOn: day('2022-02-28') })).toBe('2027-02-28')
  expect(prescribedOn({ knownOn: null, damageOn: day('2026-02-28') })).toBe('2031-02-28')
  expect(prescribedOn({ knownOn: null, damageOn: null })).toBeNull()
})

test('what was advanced is given back, never more than that (施行細則 §36 II)', async () => {
  const name = await made('114/6/5')
  await take('provisional', name, '114/6/10', { amount: '1萬' })
  expect(codeOf(await step('provisional-returned', name, '114/6/20', { amount: '10001' }))).toBe('compensation.too-much')
  await take('provisional-returned', name, '114/6/20', { amount: '10000' })
  expect(await claimOf(name)).toMatchObject({ provisional_twd: 0 })
  expect(codeOf(await step('provisional-returned', name, '114/6/21', { amount: '1' }))).toBe('compensation.not-now')
})

test('advances by order of the court are taken off what is paid', async () => {
  const name = await made('114/6/5')
  await take('accept', name, '114/6/6')
  await take('provisional', name, '114/6/10', { amount: '10000' })
  await take('notify', name, '114/6/16', meeting)
  await take('agree', name, '114/7/1', { amount: '30000' })
  await take('agreement-served', name, '114/7/2', { documentNo: '府行法字第1號' })
  await take('payment-asked', name, '114/7/3')
  expect(codeOf(await step('paid', name, '114/7/20', { amount: '20001' }))).toBe('compensation.too-much')
  await take('paid', name, '114/7/20', { amount: '20000' })
  expect(await claimOf(name)).toMatchObject({ paid_twd: 30_000, provisional_twd: 10_000 })
})

test('what cannot be is said by field; a claim names who claims and what', async () => {
  expect(await register('114/6/5', { claimantName: '', requestedTwd: '' })).toMatchObject({ fields: { claimantName: expect.any(String), requestedTwd: expect.any(String) } })
  expect(await register('114/6/5', { knownOn: '113/11/1' })).toMatchObject({ field: 'knownOn' })
  expect(codeOf(await registerClaim(at(office.law, '114/6/5 10:00'), { ...claim, receivedOn: '114/6/6' }))).toBe('compensation.future')
  expect(await register('114/6/5', { requestedTwd: '很多' })).toMatchObject({ field: 'requestedTwd' })
})

test('the agency concerned sees its claim and does nothing to it; strangers do not see it; only the section registers', async () => {
  const name = await made('114/6/5', { agency: '工務處' })
  await expect(register('114/6/5', {}, office.officer)).rejects.toThrow(NotAllowed)
  expect((await procedure.find(db, office.officer.person, name)).agency).toBe('工務處')
  await expect(step('accept', name, '114/6/6', {}, office.officer)).rejects.toThrow(NotAllowed)
  await expect(procedure.find(db, office.stranger.person, name)).rejects.toThrow(NotFound)
  await db.updateTable('cases').set({ confidential: true }).where('number', '=', name).execute()
  await expect(procedure.find(db, office.officer.person, name)).rejects.toThrow(NotFound)
  await db.updateTable('cases').set({ confidential: false }).where('number', '=', name).execute()
})

test('the agency concerned is asked and its own people answer, once; nobody else does', async () => {
  const name = await made('114/6/5', { agency: '工務處' })
  const ask = (more: object = {}, who: Staff = office.law) => asking.ask(at(who, '114/6/6 10:00'), { name, unitId: office.units.works, dueOn: '114/6/13', question: '請說明坑洞的管理情形。', ...more } as never)
  expect(codeOf(await ask({ dueOn: '114/6/5' }))).toBe('compensation.opinion-day')
  await expect(ask({}, office.officer)).rejects.toThrow(NotAllowed)
  valueOf(await ask())
  expect(codeOf(await ask())).toBe('compensation.opinion-asked')
  const { id } = (await findOpinions(db, (await claimOf(name)).id))[0]!
  const give = (who: Staff, more: object = {}) => asking.answer(at(who, '114/6/9 10:00'), { name, opinion: id, answer: '已於當日修補，事前沒有通報。', ...more } as never)
  await expect(give(office.stranger)).rejects.toThrow(NotFound)
  await expect(give(office.law)).rejects.toThrow(NotAllowed)
  expect(await opinionsWaiting(opinions, (person) => visibleTo(person)).find({ db, person: office.officer.person, today: day('2025-06-09') } as never)).toMatchObject([{ text: expect.stringContaining(name) }])
  valueOf(await give(office.officer))
  expect(codeOf(await give(office.head))).toBe('compensation.opinion-given')
})

test('a claim becomes confidential by name: who is named sees it, who is removed does not; it is given to a colleague', async () => {
  const name = await made('114/6/5', { agency: '工務處' })
  const colleague = await makePerson(db, '鄭同事', 'law', office.units.section)
  const law = () => at(office.law, '114/6/6 10:00')
  expect(codeOf(await managing.nameReader(law(), { name, login: 'nobody' } as never))).toBe('compensation.no-such-person')
  await expect(managing.confide(at(office.officer, '114/6/6 10:00'), { name, confidential: '1', reason: '涉及未成年人' } as never)).rejects.toThrow(NotAllowed)
  valueOf(await managing.confide(law(), { name, confidential: '1', reason: '涉及未成年人' } as never))
  expect(codeOf(await managing.confide(law(), { name, confidential: '1', reason: '再一次' } as never))).toBe('compensation.already-so')
  for (const who of [office.officer, colleague]) await expect(procedure.find(db, who.person, name)).rejects.toThrow(NotFound)
  valueOf(await managing.nameReader(law(), { name, login: office.officer.person.login } as never))
  expect((await procedure.find(db, office.officer.person, name)).confidential).toBe(true)
  const { id } = await db.selectFrom('case_readers').select('id').where('person_id', '=', office.officer.person.id).where('ended_at', 'is', null).executeTakeFirstOrThrow()
  valueOf(await managing.removeReader(law(), { name, reader: id } as never))
  expect(codeOf(await managing.removeReader(law(), { name, reader: id } as never))).toBe('compensation.not-named')
  await expect(procedure.find(db, office.officer.person, name)).rejects.toThrow(NotFound)
  expect(codeOf(await managing.assign(law(), { name, officerId: office.officer.person.id } as never))).toBe('compensation.no-officer')
  valueOf(await managing.assign(law(), { name, officerId: colleague.person.id } as never))
  expect((await procedure.find(db, colleague.person, name)).officerId).toBe(colleague.person.id)
  valueOf(await managing.confide(at(colleague, '114/6/7 10:00'), { name, confidential: '0', reason: '已無必要' } as never))
  expect((await procedure.find(db, office.officer.person, name)).confidential).toBe(false)
})

test('a claim is made out of a petition: begun with its words, told on both pages, to who may see the other', async () => {
  const petition = await makePetition(db, parseInstant('114/6/3 09:00')!, {})
  expect(codeOf(await register('114/6/5', { from: petition.number }))).toBe('case.no-source') // not dispatched to the section yet
  await db.updateTable('cases').set({ unit_id: office.units.section }).where('id', '=', petition.id).execute()
  expect(codeOf(await register('114/6/5', { from: '陳114-999999' }))).toBe('case.no-source')
  const name = await made('114/6/5', { from: petition.number, channel: 'petition' })
  const { id } = await claimOf(name)
  expect(await findLinked(db, office.law.person, id)).toMatchObject([{ number: petition.number, label: '人民陳情', made: false }])
  expect(await findLinked(db, office.law.person, petition.id)).toMatchObject([{ number: name, label: '國家賠償', made: true, path: `/console/compensations/${encodeURIComponent(name)}` }])
  expect(await findLinked(db, office.stranger.person, petition.id)).toEqual([])
  expect(makeable(office.law.person, petition.number, 'petition').map(({ label }) => label)).toEqual(['轉為國家賠償請求', '轉為消費爭議'])
  expect(makeable(office.officer.person, petition.number, 'petition')).toEqual([])
})

test('a party is put right, one more joins and leaves; the only claimant stays', async () => {
  const name = await made('114/6/5')
  const { id } = await claimOf(name)
  const law = () => at(office.law, '114/6/6 10:00')
  const [claimant] = await findParties(db, id)
  expect(codeOf(await managing.correctParty(law(), { name, party: claimant!.id, reason: '打錯字', partyName: '' } as never))).toBe('input.invalid')
  await expect(managing.correctParty(at(office.officer, '114/6/6 10:00'), { name, party: claimant!.id, reason: '打錯字', partyName: '王示例' } as never)).rejects.toThrow(NotAllowed)
  valueOf(await managing.correctParty(law(), { name, party: claimant!.id, reason: '打錯字', partyName: '王示例', partyAddress: '示範縣金城鎮' } as never))
  expect((await findParties(db, id))[0]).toMatchObject({ name: '王示例', address: '示範縣金城鎮', role: 'claimant' })
  expect(codeOf(await managing.addParty(law(), { name, role: 'representative', reason: '委任', partyName: '李代理' } as never))).toBe('input.invalid')
  valueOf(await managing.addParty(law(), { name, role: 'representative', represents: claimant!.id, reason: '委任', partyName: '李代理' } as never))
  expect(codeOf(await managing.endParty(law(), { name, party: claimant!.id, reason: '誤登' } as never))).toBe('compensation.last-party')
  valueOf(await managing.endParty(law(), { name, party: (await findParties(db, id))[1]!.id, reason: '解除委任' } as never))
  expect((await findParties(db, id)).map(({ role }) => role)).toEqual(['claimant'])
})

test('the record of all these claims can be proved', async () => {
  for (const proof of await verifyAll(db)) expect(proof.differences, proof.what).toEqual([])
})

test('programs of the office get what the console shows: steps and clocks, no parties; another unit gets nothing', async () => {
  const name = await made('114/6/5')
  await take('accept', name, '114/6/6')
  const ask = (path: string, { person }: Staff, more: object) => api.find((route) => route.path === path)!.handle({ db, publicDb: db, caller: { db, person }, person, params: {}, query: {}, body: null, ...more } as never)
  const one = (await ask('/compensations/:name', office.law, { params: { name } })) as { steps: { label: string }[]; clocks: { dueOn: string }[] }
  expect(one).toMatchObject({ number: name, steps: [{ step: 'accept', on: '2025-06-06' }], receivedOn: '2025-06-05' })
  expect(one.clocks[0]!.dueOn).toBe('2025-07-07')
  expect(JSON.stringify(one)).not.toContain('王示範')
  expect(((await ask('/compensations', office.law, {})) as { items: { number: string }[] }).items.map(({ number }) => number)).toContain(name)
  expect(await ask('/compensations/:name', office.stranger, { params: { name } })).toBeNull()
})

test('the half-yearly list has what came in, was decided or is open in a half, and the copies that go along', async () => {
  const [running, half] = halvesUntil(day('2024-07-01'))
  expect(running!.key).toBe('2024-2')
  expect(half).toEqual({ key: '2024-1', from: '2024-01-01', to: '2024-06-30', dueOn: '2024-07-31' })
  expect(halvesUntil(day('2024-06-30')).map(({ key }) => key).slice(0, 2)).toEqual(['2024-1', '2023-2'])
  const harmed = { damageOn: '112/6/1', knownOn: '112/6/1' }
  const before = await made('112/12/29', harmed)
  const within = await made('113/6/30', harmed)
  await made('113/7/1', harmed)
  await take('accept', before, '113/1/2')
  await take('refuse', before, '113/1/15', { ground: 'no-duty', note: '沒有設置或管理欠缺', committee: 'yes' })
  const listed = async (key: string) => (await findHalfYear(db, office.law.person, halvesUntil(day('2024-12-31')).find((each) => each.key === key)!)).map(({ number }) => number)
  expect((await listed('2024-1')).filter((number) => [before, within].includes(number!))).toEqual([before, within])
  expect(await listed('2023-2')).toContain(before)
  expect(await listed('2023-2')).not.toContain(within)
  expect([copiesOf({ outcome: 'agreed', suitResult: null, suitFinal: false }), copiesOf({ outcome: 'failed', suitResult: 'partly', suitFinal: true }), copiesOf({ outcome: 'failed', suitResult: 'partly', suitFinal: false })]).toEqual(['協議書', '確定判決', ''])
})
