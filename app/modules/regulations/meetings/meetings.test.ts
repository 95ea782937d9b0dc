import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { findMeeting } from '../../../core/committees/queries.ts'
import { isRefusal, NotAllowed, type Result, valueOf } from '../../../core/errors.ts'
import { figureCases, figureValue } from '../../../core/figures/compute.ts'
import { day } from '../../../core/time.ts'
import { verifyAll } from '../../../core/verify.ts'
import { figures } from '../figures.ts'
import { at, makeOffice } from '../office-for-tests.ts'
import { proposeRegulation } from '../propose.ts'
import { stepActs } from '../take-step.ts'
import { hearing, meetingActs } from './hearing.ts'

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
const wish = { on: '113/1/10', startsAt: '09:30', place: '第二會議室' }
for (const [name, seat] of [['示範甲', 'chair'], ['示範乙', 'member']]) valueOf(await meetingActs.addMember(at(office.law, '113/1/2 10:00'), { name, seat, outside: 'no', fromOn: '113/1/1' }))
const plan = async (items: string[]) => valueOf(await meetingActs.planMeeting(at(office.law, '113/1/5 10:00'), { ...wish, items })).number

async function minutes(name: string, decisions: string[], texts = true) {
  const { people, items } = await findMeeting(db, hearing, office.law.person, name)
  return { name, next: 'finish', attendance: Object.fromEntries(people.map(({ id }) => [id, 'present'])), decisions: Object.fromEntries(items.map(({ id }, i) => [id, decisions[i]!])), texts: texts ? Object.fromEntries(items.map(({ id }) => [id, '第一條修正'])) : {} }
}
const recordMeeting = async (when: string, ...of: Parameters<typeof minutes>) => meetingActs.recordMeeting(at(office.law, when), await minutes(...of))

test('what a meeting decides carries each proposal on, back, or leaves it', async () => {
  const [a, b, c] = [await inReview('甲辦法'), await inReview('乙辦法'), await inReview('丙辦法')]
  const meeting = await plan([a, b, c])
  expect(codeOf(await recordMeeting('113/1/10 16:00', meeting, ['passed', 'returned', 'again'], false))).toBe('meeting.note')
  expect(await stageOf(a)).toBe('review')
  valueOf(await recordMeeting('113/1/10 16:00', meeting, ['passed', 'returned', 'again']))
  expect([await stageOf(a), await stageOf(b), await stageOf(c), await stageOf(meeting)]).toEqual(['county-meeting', 'drafting', 'review', 'closed'])
})

test('only what is in review is on an agenda; only the law section calls meetings', async () => {
  const drafting = valueOf(await proposeRegulation(at(office.officer, '113/1/2 09:00'), { title: '己辦法', change: 'enact', instrument: 'rule', reason: '為管理。', text: '第一條\n甲。', unitId: office.units.parks })).number
  expect(codeOf(await meetingActs.planMeeting(at(office.law, '113/1/5 10:00'), { ...wish, items: [drafting] }))).toBe('meeting.not-in-review')
  await expect(meetingActs.planMeeting(at(office.officer, '113/1/5 10:00'), { ...wish, items: [drafting] })).rejects.toThrow(NotAllowed)
  expect(await hearing.eligible(db, office.law.person)).toEqual([{ number: expect.any(String), title: expect.stringContaining('丙辦法') }])
  valueOf(await meetingActs.cancelMeeting(at(office.law, '113/1/9 10:00'), { name: await plan([await inReview('戊辦法')]), reason: '颱風' }))
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
