import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { testFolder } from '../../../test/support/folder.ts'
import { drawCaseNumber, newFollowNo } from '../../core/cases/numbers.ts'
import { findReached } from '../../core/committees/invite.ts'
import { findMeeting } from '../../core/committees/queries.ts'
import { readDocument, useDocumentFolder } from '../../core/documents/store.ts'
import { write } from '../../core/db.ts'
import { NotAllowed, NotFound, valueOf } from '../../core/errors.ts'
import { figureCases, figureValue } from '../../core/figures/compute.ts'
import { record } from '../../core/events/record.ts'
import { openJobs } from '../../core/jobs/jobs.ts'
import { day, dayOf, parseInstant } from '../../core/time.ts'
import { verifyAll } from '../../core/verify.ts'
import { addBody, changeBody, findBody } from './bodies.ts'
import { callBody, rearrange } from './call.ts'
import { figures } from './figures.ts'
import { acts, eligibleFor, hearing } from './hearing.ts'
import { decideItem, endMeeting, keepWhoIsThere, treatItem } from './hold.ts'
import { at, codeOf, makeOffice } from './office-for-tests.ts'
import { changeProposal, propose, pullBack } from './proposals/acts.ts'
import { findProposal } from './proposals/proposal.ts'
import { findMeetings, findMore, findYears } from './queries.ts'

const { db } = await createTestDatabase()
useDocumentFolder(testFolder())
await openJobs(db)
const office = await makeOffice(db)
const { control, head, officer, planner, curator } = office
const wish = { on: '110/6/15', startsAt: '09:30', place: '第一會議室' }
const call = async (body: string, more: object = {}, who = control) => valueOf(await callBody(at(who, '110/6/1 09:00'), { ...wish, body, units: [office.units.works, office.units.culture], reports: '重大工程進度報告', ...more })).number
const file = (name: string, who = control) => findMeeting(db, hearing, who.person, name)
const there = async (name: string, attendance = 'present') => ({ name, attendance: Object.fromEntries((await file(name)).people.map(({ id }) => [id, attendance])) })
const evening = '110/6/15 17:00'

/** Everything decided as noted, then ended. */
async function hold(name: string, on: string, decide: (item: { caseKind: string | null }) => string = () => 'noted') {
  valueOf(await keepWhoIsThere(at(control, on), await there(name)))
  for (const item of (await file(name)).items) valueOf(await decideItem(at(control, on), { name, item: item.id, decision: decide(item) }))
  valueOf(await endMeeting(at(control, on), { name, endsAt: '11:30', remarks: '主席致詞（略）。' }))
}

test('a body is data: the control section adds and changes it, nobody else', async () => {
  const water = { code: 'water_board', name: '水資源管理會', kind: 'board', publication: 'published', owner: String(office.units.works), units: [office.units.works] }
  valueOf(await addBody(at(control, '110/1/4 09:00'), water))
  expect(codeOf(await addBody(at(control, '110/1/4 09:00'), water))).toBe('body.exists')
  expect(codeOf(await changeBody(at(control, '110/1/5 09:00'), { ...water, validFrom: '110/1/1', validUntil: '109/1/1' }))).toBe('body.days')
  expect(codeOf(await addBody(at(control, '110/1/4 09:00'), { ...water, code: '水' }))).toBe('input.invalid')
  valueOf(await changeBody(at(control, '110/1/5 09:00'), { ...water, name: '水資源管理委員會', validUntil: '110/5/31' }))
  expect(await findBody(db, 'water_board')).toMatchObject({ name: '水資源管理委員會', ownerUnit: '工務處', unitIds: [office.units.works] })
  await expect(addBody(at(head, '110/1/4 09:00'), { ...water, code: 'x_y' })).rejects.toThrow(NotAllowed)
  expect(codeOf(await callBody(at(officer, '110/6/1 09:00'), { ...wish, body: 'water_board', units: [office.units.works], reports: '甲' }))).toBe('body.ended')
})

test('the unit that keeps a body calls it, the control section every one; others do not', async () => {
  expect(await call('relief', {}, planner)).toMatch(/^會110-/)
  await expect(call('relief', {}, curator)).rejects.toThrow(NotAllowed)
  await expect(call('executive', {}, planner)).rejects.toThrow(NotAllowed)
  const refused = async (more: object) => codeOf(await callBody(at(control, '110/6/1 09:00'), { ...wish, body: 'executive', units: [office.units.works], reports: '甲', ...more }))
  expect(await refused({ reports: '' })).toBe('meeting.no-items')
  expect(await refused({ units: [], people: '' })).toBe('meeting.no-people')
  expect(await refused({ on: '' })).toBe('input.invalid')
  expect(await refused({ proposalsDueOn: '110/6/16' })).toBe('meeting.proposals-due')
})

test('who sits reads; of the executive meeting its chiefs only', async () => {
  const [affairs, executive, relief] = [await call('county_affairs'), await call('executive'), await call('relief', { units: [office.units.works] })]
  const seen = async (who: typeof head) => (await findMeetings(db, who.person, {})).rows.map(({ number }) => number)
  expect(await seen(head)).toEqual(expect.arrayContaining([affairs, executive, relief]))
  expect(await seen(officer)).toEqual(expect.arrayContaining([affairs, relief]))
  expect(await seen(officer)).not.toContain(executive)
  await expect(file(relief, curator)).rejects.toThrow(NotFound)
  expect((await findMeetings(db, control.person, { body: 'executive' })).count).toBe(1)
  expect(await findYears(db, control.person, day('2026-11-29'))).toEqual([116, 115, 114, 113, 112, 111, 110])
  expect((await file(affairs)).people.map(({ name, title }) => [name, title])).toEqual([['李處長', '工務處'], ['文化局主管', '文化局']])
  expect(await findMore(db, (await file(affairs)).id)).toMatchObject({ proposalsDueOn: '2021-06-10', minutesDueOn: '2021-06-20' })
  for (const name of [affairs, executive, relief]) valueOf(await acts.cancelMeeting(at(control, '110/6/2 09:00'), { name, reason: '颱風' }))
})

test('an invitation goes by mail to the heads that have an address and to whom else is typed, with a file for calendars', async () => {
  const name = await call('county_affairs', { reports: '甲案' })
  const { units: { works, culture } } = office
  const invite = (more: object, who = control, on = '110/6/10 09:00') => acts.inviteByMail(at(who, on), { name, origin: 'https://windlion.example', ...more })
  expect(codeOf(await invite({ units: [works] }))).toBe('meeting.nobody-invited') // its head has no address
  await db.updateTable('people').set({ email: 'head@windlion.example' }).where('id', '=', head.person.id).execute()
  expect((await findReached(db, (await file(name)).id, day('2021-06-10'))).map(({ unit, head: who }) => [unit, who])).toEqual([['工務處', '李處長']])
  expect(codeOf(await invite({ addresses: '不是地址' }))).toBe('mail.bad-address')
  expect(codeOf(await invite({ units: [works] }, control, '110/6/16 09:00'))).toBe('meeting.invited')
  await expect(invite({ units: [works] }, curator)).rejects.toThrow(NotAllowed)
  expect(valueOf(await invite({ units: [works, culture], addresses: 'guest@windlion.example\nhead@windlion.example', words: '請自備環保杯。' })).count).toBe(2)
  expect(await file(name)).toMatchObject({ invitedOn: '2021-06-10', agendas: [{ version: 1, sentOn: '2021-06-10' }] })
  const [mail] = await db.selectFrom('mail_messages').select(['subject', 'text', 'attachments']).where('purpose', '=', 'meeting.invitation').execute()
  expect(mail!.subject).toBe('開會通知：110/6/15 縣務會議')
  for (const part of ['110/6/15 09:30', '第一會議室', '1. 甲案', '請自備環保杯。', 'https://windlion.example/console/meetings/']) expect(mail!.text).toContain(part)
  const calendar = (await readDocument(mail!.attachments[0]!.sha256)).toString()
  expect(calendar).toContain('DTSTART:20210615T013000Z')
  expect(calendar).toContain('SEQUENCE:0')

  // moved, then cancelled: who was invited by mail is told each time, and their calendar follows
  const to = { name, newOn: '110/6/17', newStartsAt: '14:00', newPlace: '第二會議室', why: '配合議會質詢', origin: 'https://windlion.example' }
  const move = async (more: object = {}, who = control) => acts.moveMeeting(at(who, '110/6/11 09:00'), { ...to, ...more })
  expect(codeOf(await move({ newOn: '110/6/10' }))).toBe('meeting.past')
  expect(codeOf(await move({ newOn: '110/6/15', newStartsAt: '9:30', newPlace: '第一會議室' }))).toBe('meeting.same')
  expect(codeOf(await move({ why: '' }))).toBe('input.invalid')
  await expect(move({}, curator)).rejects.toThrow(NotAllowed)
  expect(valueOf(await move()).count).toBe(2)
  expect(await file(name)).toMatchObject({ title: '110/6/17 縣務會議', heldOn: '2021-06-17', startsAt: '14:00', place: '第二會議室' })
  expect(await findMore(db, (await file(name)).id)).toMatchObject({ proposalsDueOn: '2021-06-12' })
  expect(valueOf(await acts.cancelMeeting(at(control, '110/6/12 09:00'), { name, reason: '颱風', origin: 'https://windlion.example' })).count).toBe(2)
  expect(codeOf(await move())).toBe('meeting.closed')
  const told = await db.selectFrom('mail_messages').select(['purpose', 'subject', 'text', 'attachments']).where('purpose', 'in', ['meeting.moved', 'meeting.cancelled']).orderBy('id').execute()
  expect(told.map(({ purpose }) => purpose)).toEqual(['meeting.moved', 'meeting.moved', 'meeting.cancelled', 'meeting.cancelled'])
  expect(told[0]!.subject).toBe('會議改期通知：縣務會議改為 110/6/17 14:00')
  for (const part of ['原定：110/6/15 09:30，第一會議室', '改為：110/6/17 14:00，第二會議室', '配合議會質詢']) expect(told[0]!.text).toContain(part)
  expect(told[2]!.text).toContain('理由：颱風')
  const files = await Promise.all([told[0]!, told[2]!].map(async ({ attachments }) => (await readDocument(attachments[0]!.sha256)).toString()))
  const uid = /UID:.+/.exec(calendar)![0]
  for (const text of files) expect(text).toContain(uid)
  expect(files[0]).toMatch(/SEQUENCE:1\r\n[^]*DTSTART:20210617T060000Z/)
  expect(files[0]).not.toContain('STATUS:')
  expect(files[1]).toMatch(/SEQUENCE:2\r\nSTATUS:CANCELLED/)
})

test('a meeting that has begun, or whose body is gone by then, is not moved; nobody is written to who was not', async () => {
  const name = await call('relief', { units: [office.units.works] }, planner)
  const move = (newOn: string) => acts.moveMeeting(at(planner, '110/6/14 09:00'), { name, newOn, newStartsAt: '09:30', newPlace: '第一會議室', why: '場地整修' })
  await db.updateTable('meeting_bodies').set({ valid_until: day('2021-06-30') }).where('code', '=', 'relief').execute()
  expect(codeOf(await move('110/7/1'))).toBe('body.ended')
  await db.updateTable('meeting_bodies').set({ valid_until: null }).where('code', '=', 'relief').execute()
  expect(valueOf(await move('110/6/14')).count).toBe(0)
  const end = async (endsAt: string) => codeOf(await endMeeting(at(planner, '110/6/14 11:00'), { name, endsAt }))
  expect(await end('11:30')).toBe('meeting.attendance')
  valueOf(await keepWhoIsThere(at(planner, '110/6/14 10:00'), await there(name)))
  expect(await end('08:30')).toBe('meeting.ends')
  expect(codeOf(await move('110/6/15'))).toBe('meeting.begun')
  expect(valueOf(await acts.cancelMeeting(at(planner, '110/6/14 11:00'), { name, reason: '人數不足' })).count).toBe(0)
})

test('an agenda is put in another order, added to, and what was decided stays on it', async () => {
  const name = await call('county_affairs', { reports: '甲\n乙\n丙' })
  const [a, b, c] = (await file(name)).items
  const change = (more: object) => rearrange(at(control, '110/6/2 09:00'), { name, keep: [a!.id, b!.id, c!.id], ...more })
  valueOf(await change({ places: { [a!.id]: '3', [c!.id]: '1' }, discussions: '丁' }))
  expect((await file(name)).items.map(({ subject, section }) => [subject, section])).toEqual([['丙', 'report'], ['乙', 'report'], ['甲', 'report'], ['丁', 'discussion']])
  valueOf(await decideItem(at(control, evening), { name, item: a!.id, decision: 'noted' }))
  expect(codeOf(await change({ keep: [b!.id] }))).toBe('meeting.decided')
  expect((await file(name)).agendas).toHaveLength(2)
  await expect(rearrange(at(head, '110/6/2 09:00'), { name, keep: [a!.id] })).rejects.toThrow(NotAllowed)
})

test('decisions are kept one by one; what is missing is named; the end writes the minutes', async () => {
  const name = await call('county_affairs', { discussions: '公園管理案' })
  const [report, discussion] = (await file(name)).items
  expect(codeOf(await treatItem(at(control, '110/6/14 09:00'), { name, item: report!.id }))).toBe('meeting.future')
  valueOf(await keepWhoIsThere(at(control, evening), await there(name)))
  valueOf(await treatItem(at(control, evening), { name, item: report!.id }))
  expect((await findMore(db, (await file(name)).id)).liveItemId).toBe(report!.id)
  expect(codeOf(await decideItem(at(control, evening), { name, item: report!.id, decision: 'confirmed' }))).toBe('input.invalid')
  expect(codeOf(await decideItem(at(control, evening), { name, item: report!.id, decision: 'instructed' }))).toBe('meeting.note')
  valueOf(await decideItem(at(control, evening), { name, item: report!.id, decision: 'instructed', text: '請工務處於月底前完成。' }))
  expect(codeOf(await endMeeting(at(control, evening), { name }))).toBe('meeting.decision')
  await expect(decideItem(at(head, evening), { name, item: discussion!.id, decision: 'passed' })).rejects.toThrow(NotAllowed)
  valueOf(await decideItem(at(control, evening), { name, item: discussion!.id, decision: 'passed', for: '2', against: '0' }))
  valueOf(await endMeeting(at(control, evening), { name, endsAt: '11:30' }))
  const { minutes, stage } = await file(name)
  expect(stage).toBe('closed')
  for (const part of ['出席人員：李處長（工務處）、文化局主管（文化局）', '壹、報告事項', '決議：依裁示辦理。請工務處於月底前完成。', '貳、討論事項', '公園管理案', '贊成 2 票']) expect(minutes).toContain(part)
  expect(minutes).not.toContain('無異議')
  expect(codeOf(await decideItem(at(control, evening), { name, item: discussion!.id, decision: 'noted' }))).toBe('meeting.closed')
})

test('minutes are confirmed by the next meeting', async () => {
  const first = await call('executive')
  expect(codeOf(await callBody(at(control, '110/6/1 09:00'), { ...wish, body: 'executive', units: [office.units.works], items: [first] }))).toBe('meeting.not-held')
  await hold(first, evening)
  const second = await call('executive', { on: '110/6/29', items: [first] })
  await hold(second, '110/6/29 17:00', ({ caseKind }) => (caseKind === 'meeting' ? 'confirmed' : 'noted'))
  expect(await file(first)).toMatchObject({ approvedOn: '2021-06-29', approvalNote: `${second} 確認` })
  expect((await file(second)).minutes).toContain('確認前次會議紀錄')
  expect(codeOf(await acts.approveMinutes(at(control, '110/7/1 09:00'), { name: first, on: '110/7/1' }))).toBe('meeting.approved')
})

const paper = { body: 'county_affairs', section: 'discussion', title: '公園使用費調整', reason: '物價上漲，擬調整使用費。', proposal: '提請審議。' }
const writeProposal = async (on: string, more: object = {}) => valueOf(await propose(at(officer, on), { ...paper, ...more })).number
const stageOf = async (number: string) => (await db.selectFrom('cases').select(['stage', 'outcome']).where('number', '=', number).executeTakeFirstOrThrow())

test('a unit writes a proposal, hands it in, pulls it back; nobody else changes it', async () => {
  expect(codeOf(await propose(at(officer, '110/7/1 09:00'), { ...paper, proposal: '' }))).toBe('proposal.wanted')
  const number = await writeProposal('110/7/1 09:00')
  await expect(findProposal(db, curator.person, number)).rejects.toThrow(NotFound)
  await expect(changeProposal(at(curator, '110/7/1 10:00'), { ...paper, name: number })).rejects.toThrow(NotFound)
  valueOf(await changeProposal(at(officer, '110/7/1 10:00'), { ...paper, name: number, title: '公園使用費調整案', next: 'submit' }))
  expect(codeOf(await changeProposal(at(officer, '110/7/1 11:00'), { ...paper, name: number }))).toBe('proposal.submitted')
  valueOf(await pullBack(at(officer, '110/7/1 12:00'), { name: number, how: 'draft' }))
  valueOf(await pullBack(at(officer, '110/7/1 13:00'), { name: number, how: 'withdraw' }))
  expect(await stageOf(number)).toEqual({ stage: 'closed', outcome: 'withdrawn' })
  expect(codeOf(await pullBack(at(officer, '110/7/1 14:00'), { name: number, how: 'withdraw' }))).toBe('proposal.closed')
})

test('what is handed in goes on the agenda, late as a motion; what is decided ends it, or gives it back', async () => {
  const [early, late, again] = [await writeProposal('110/7/1 09:00', { next: 'submit' }), await writeProposal('110/7/12 09:00', { next: 'submit' }), await writeProposal('110/7/2 09:00', { next: 'submit' })]
  const bill = await makeBill()
  const body = await findBody(db, 'county_affairs')
  expect((await eligibleFor(db, control.person, body)).map(({ number }) => number)).toEqual([bill, early, again, late])
  const name = valueOf(await callBody(at(control, '110/7/12 10:00'), { ...wish, on: '110/7/15', body: 'county_affairs', units: [office.units.works], items: [bill, early, late, again] })).number
  expect((await file(name)).items.map(({ number, section }) => [number, section])).toEqual([[bill, 'discussion'], [early, 'discussion'], [late, 'motion'], [again, 'discussion']])
  expect(await eligibleFor(db, control.person, body)).toEqual([])
  expect(codeOf(await pullBack(at(officer, '110/7/13 09:00'), { name: early, how: 'draft' }))).toBe('proposal.on-agenda')
  const on = '110/7/15 17:00'
  valueOf(await keepWhoIsThere(at(control, on), await there(name)))
  const decided: Record<string, [string, string]> = { [bill]: ['passed-amended', '第三條修正'], [early]: ['passed', ''], [late]: ['again', '補財務評估'], [again]: ['returned', '請重擬'] }
  for (const item of (await file(name)).items) valueOf(await decideItem(at(control, on), { name, item: item.id, decision: decided[item.number!]![0], text: decided[item.number!]![1] }))
  valueOf(await endMeeting(at(control, on), { name }))
  expect([await stageOf(bill), await stageOf(early), await stageOf(late), await stageOf(again)].map(({ stage, outcome }) => [stage, outcome])).toEqual([['promulgation', null], ['closed', 'passed'], ['submitted', null], ['draft', null]])
  expect((await file(name)).minutes).toContain('貳、臨時動議')
  const span = { from: day('2021-07-01'), to: day('2021-07-31'), statusOn: day('2021-07-31'), asOf: null }
  expect((await figureValue(db, figures.find(({ id }) => id === 'meetings.regulation_bills')!, span)).value).toBe(1)
})

/** A rule that waits for the county meeting. */
async function makeBill(): Promise<string> {
  return write(db, async (tx) => {
    const now = parseInstant('110/5/20 10:00')!
    const ctx = { person: office.law.person, onBehalfOf: null, now, today: dayOf(now) }
    const number = await drawCaseNumber(tx, 'regulation', '法', ctx.today)
    const { id } = await tx.insertInto('cases').values({ kind: 'regulation', follow_no: newFollowNo(), number, title: '訂定「甲辦法」', stage: 'county-meeting', unit_id: office.units.works, officer_id: null, township: null, received_at: now, registered_at: now, due_on: null, closed_at: null, outcome: null, merged_into: null, previous_id: null, import_id: null }).returning('id').executeTakeFirstOrThrow()
    await sql`insert into regulations (id, instrument, change, name, reason, draft) values (${id}, 'rule', 'enact', '甲辦法', '為管理步道。', '第一條')`.execute(tx)
    await record(tx, ctx, 'regulation.proposed', { caseId: id, toStage: 'county-meeting' })
    await record(tx, ctx, 'regulation.registered', { caseId: id, payload: { number } })
    return number
  })
}

test('figures count meetings that were held, of their body', async () => {
  const span = { from: day('2021-04-01'), to: day('2021-09-30'), statusOn: day('2021-10-31'), asOf: null }
  const value = async (id: string) => (await figureValue(db, figures.find((one) => one.id === id)!, span)).value
  expect([await value('meetings.county_affairs'), await value('meetings.executive'), await value('control.meetings')]).toEqual([2, 2, 0])
  expect(await figureCases(db, figures.find((one) => one.id === 'meetings.executive')!, span)).toHaveLength(2)
})

test('events, stages, numbers and rows prove each other', async () => {
  expect((await verifyAll(db)).flatMap(({ differences }) => differences)).toEqual([])
})
