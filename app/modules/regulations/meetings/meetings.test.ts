import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { isRefusal, NotAllowed, NotFound, type Result, valueOf } from '../../../core/errors.ts'
import { figureCases, figureValue } from '../../../core/figures/compute.ts'
import { day } from '../../../core/time.ts'
import { verifyAll } from '../../../core/verify.ts'
import { figures } from '../figures.ts'
import { at, makeOffice } from '../office-for-tests.ts'
import { proposeRegulation } from '../propose.ts'
import { stepActs } from '../take-step.ts'
import { cancelMeeting, planMeeting, recordMeeting } from './acts.ts'

const { db } = await createTestDatabase()
const office = await makeOffice(db)
const codeOf = (result: Result<unknown>) => (isRefusal(result) ? result.code : null)
const stageOf = async (number: string) => (await db.selectFrom('cases').select('stage').where('number', '=', number).executeTakeFirstOrThrow()).stage

/** A rule in review since 113/1/4. */
async function inReview(title: string): Promise<string> {
  const { number } = valueOf(await proposeRegulation(at(office.officer, '113/1/2 09:00'), { title, change: 'enact', instrument: 'rule', reason: '為管理步道。', text: '第一條\n甲。', unitId: office.units.parks }))
  valueOf(await stepActs['skip-notice'](at(office.law, '113/1/4 10:00'), { name: number, on: '113/1/4', note: '情況急迫' }))
  return number
}
const wish = { on: '113/1/10', startsAt: '09:30', place: '第二會議室', chair: '示範處長', members: '示範甲\n示範乙\n示範甲' }
const plan = async (items: string[], more: object = {}) => valueOf(await planMeeting(at(office.law, '113/1/5 10:00'), { ...wish, items, ...more })).number
const ids = async (table: 'regulation_meeting_members' | 'regulation_meeting_items', number: string) =>
  (await db.selectFrom(table).innerJoin('cases', 'cases.id', `${table}.meeting_id`).select(`${table}.id as id`).where('number', '=', number).orderBy(`${table}.id`).execute()).map(({ id }) => String(id))

async function minutes(number: string, decisions: string[], more: object = {}) {
  const [members, items] = [await ids('regulation_meeting_members', number), await ids('regulation_meeting_items', number)]
  return { name: number, record: '逐條審議。', attendance: Object.fromEntries(members.map((id) => [id, 'present'])), decisions: Object.fromEntries(items.map((id, i) => [id, decisions[i]])), notes: Object.fromEntries(items.map((id) => [id, '第一條修正'])), ...more }
}

test('what a meeting decides carries each proposal on, back, or leaves it', async () => {
  const [a, b, c] = [await inReview('甲辦法'), await inReview('乙辦法'), await inReview('丙辦法')]
  const meeting = await plan([a, b, c])
  expect(await ids('regulation_meeting_members', meeting)).toHaveLength(2)
  expect(codeOf(await recordMeeting(at(office.law, '113/1/9 10:00'), await minutes(meeting, ['passed', 'returned', 'again'])))).toBe('meeting.future')
  valueOf(await recordMeeting(at(office.law, '113/1/10 16:00'), await minutes(meeting, ['passed', 'returned', 'again'])))
  expect([await stageOf(a), await stageOf(b), await stageOf(c), await stageOf(meeting)]).toEqual(['county-meeting', 'drafting', 'review', 'closed'])
  expect(codeOf(await recordMeeting(at(office.law, '113/1/10 17:00'), await minutes(meeting, ['passed', 'returned', 'again'])))).toBe('meeting.closed')
})

test('a record that is not whole is refused and changes nothing', async () => {
  const a = await inReview('丁辦法')
  const meeting = await plan([a])
  const record = (input: object) => recordMeeting(at(office.law, '113/1/10 16:00'), input)
  expect(codeOf(await record(await minutes(meeting, ['passed'], { attendance: {} })))).toBe('meeting.attendance')
  expect(codeOf(await record(await minutes(meeting, ['passed'], { decisions: {} })))).toBe('meeting.decision')
  expect(codeOf(await record(await minutes(meeting, ['passed-amended'], { notes: {} })))).toBe('meeting.note')
  expect(codeOf(await record(await minutes(meeting, ['passed'], { record: '' })))).toBe('input.invalid')
  const members = await ids('regulation_meeting_members', meeting)
  expect(codeOf(await record(await minutes(meeting, ['passed'], { attendance: Object.fromEntries(members.map((id) => [id, 'absent'])) })))).toBe('meeting.nobody')
  expect(await stageOf(a)).toBe('review')
  valueOf(await cancelMeeting(at(office.law, '113/1/9 10:00'), { name: meeting, reason: '颱風' }))
  expect(codeOf(await planMeeting(at(office.law, '113/1/5 10:00'), { ...wish, items: [await inReview('戊辦法'), meeting] }).catch((error: unknown) => (error instanceof NotFound ? { refused: true, code: 'not-found', message: '' } : Promise.reject(error))))).toBe('not-found')
})

test('only what is in review is on an agenda; only the law section calls meetings', async () => {
  const drafting = valueOf(await proposeRegulation(at(office.officer, '113/1/2 09:00'), { title: '己辦法', change: 'enact', instrument: 'rule', reason: '為管理。', text: '第一條\n甲。', unitId: office.units.parks })).number
  expect(codeOf(await planMeeting(at(office.law, '113/1/5 10:00'), { ...wish, items: [drafting] }))).toBe('meeting.not-in-review')
  expect(codeOf(await planMeeting(at(office.law, '113/1/5 10:00'), { ...wish, items: [], on: '昨天' }))).toBe('input.invalid')
  await expect(planMeeting(at(office.officer, '113/1/5 10:00'), { ...wish, items: [drafting] })).rejects.toThrow(NotAllowed)
})

test('the figure counts meetings that were held, in the period', async () => {
  const figure = figures.find(({ id }) => id === 'regulations.review_meetings')!
  const span = { from: day('2024-01-01'), to: day('2024-06-30'), statusOn: day('2024-07-31'), asOf: null }
  expect((await figureValue(db, figure, span)).value).toBe(1)
  expect(await figureCases(db, figure, span)).toMatchObject([{ number: '審113-000001', outcome: '已召開' }])
  expect((await figureValue(db, figure, { ...span, statusOn: day('2024-01-09') })).value).toBe(0)
})

test('events, stages, numbers and rows prove each other', async () => {
  expect((await verifyAll(db)).flatMap(({ differences }) => differences)).toEqual([])
})
