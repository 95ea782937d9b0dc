import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makePerson, makeUnit, useTestKeys } from '../../../test/support/makers.ts'
import { isRefusal, NotAllowed, NotFound, type Result, valueOf } from '../../core/errors.ts'
import { figureValue } from '../../core/figures/compute.ts'
import { stepActs } from '../../core/procedure/take-step.ts'
import { day, parseInstant, rocLongDay } from '../../core/time.ts'
import { verifyAll } from '../../core/verify.ts'
import { declareModules } from '../../start.ts'
import { figures } from './figures.ts'
import { appointmentLetter } from './letter.ts'
import { findAdvisers, termOf } from './queries.ts'
import { appoint, endAppointment, renew, takeDown } from './register.ts'
import { procedure } from './steps.ts'
import { findSuggestionState } from './suggestion.ts'

const { db } = await createTestDatabase()
declareModules()
useTestKeys()
const [works, admin] = [await makeUnit(db, '工務處'), await makeUnit(db, '行政處')]
const officer = await makePerson(db, '陳承辦', 'officer', works)
const stranger = await makePerson(db, '周外人', 'officer', admin)
const editor = await makePerson(db, '蔡綜規', 'editor', admin)
const acts = stepActs(procedure)

const at = <C extends object>(caller: C, text: string): C & { now: Date } => ({ ...caller, now: parseInstant(text)! })
const codeOf = (result: Result<unknown>) => (isRefusal(result) ? result.code : 'done')
const input = { kind: 'adviser', name: '顧示範', title: '', field: '', fromOn: '110/1/1', untilOn: '110/12/31' }
const { id } = valueOf(await appoint(at(editor, '110/1/1 09:00'), input))

test('a term that ends soon is warned of until it is renewed; only the planning section appoints', async () => {
  await expect(appoint(officer, input)).rejects.toThrow(NotAllowed)
  expect(codeOf(await appoint(editor, { ...input, untilOn: '109/12/31' }))).toBe('adviser.days')
  const ending = async (on: string) => (await findAdvisers(db, day(on), { ending: true })).length
  expect([await ending('2021-10-31'), await ending('2021-11-01'), await ending('2021-12-31'), await ending('2022-01-01')]).toEqual([0, 1, 1, 0])
  expect(codeOf(await renew(editor, { id, fromOn: '110/12/31', untilOn: '111/12/31' }))).toBe('adviser.overlap')
  await expect(renew(officer, { id, fromOn: '111/1/1', untilOn: '111/12/31' })).rejects.toThrow(NotAllowed)
  const next = valueOf(await renew(editor, { id, fromOn: '111/1/1', untilOn: '111/12/31' })).id
  expect(await ending('2021-11-01')).toBe(0)
  expect(codeOf(await endAppointment(editor, { id: next, endedOn: '112/1/1', why: '請辭' }))).toBe('adviser.days')
  valueOf(await endAppointment(editor, { id: next, endedOn: '111/6/30', why: '請辭' }))
  const [row] = await findAdvisers(db, day('2022-07-01'), { all: true, query: '顧示範' })
  expect(termOf(row!, day('2022-07-01'))).toBe('over')
})

test('a suggestion is handed to a unit with a day, and tracked to the reply', async () => {
  const said = { adviser: id, title: '接駁車銜接船班', body: '船到港後等不到車。', on: '110/6/15', meetingNo: '' }
  await expect(takeDown(officer, said)).rejects.toThrow(NotAllowed)
  expect(codeOf(await takeDown(at(editor, '111/2/1 09:00'), { ...said, on: '111/1/2' }))).toBe('suggestion.term')
  expect(codeOf(await takeDown(at(editor, '110/6/16 09:00'), { ...said, meetingNo: '會110-999999' }))).toBe('suggestion.meeting')
  const { number: name } = valueOf(await takeDown(at(editor, '110/6/16 09:00'), said))
  const take = (step: string, who: typeof officer, on: string, more: object = {}) => acts[step]!(at(who, `${on} 10:00`), { name, on, ...more })
  await expect(findSuggestionState(db, officer.person, name)).rejects.toThrow(NotFound)
  expect(codeOf(await take('assign', editor, '110/6/17', { unit: '夢想處', due: '110/7/15' }))).toBe('suggestion.unit')
  expect(codeOf(await take('assign', editor, '110/6/17', { unit: '工務處', due: '110/6/1' }))).toBe('suggestion.due')
  valueOf(await take('assign', editor, '110/6/17', { unit: '工務處', due: '110/7/15' }))
  await expect(take('reply', stranger, '110/7/1', { result: 'adopted', reply: '照辦' })).rejects.toThrow(NotFound)
  expect((await findSuggestionState(db, officer.person, name)).dueOn).toBe('2021-07-15')
  valueOf(await take('reply', officer, '110/7/1', { result: 'partly', reply: '連假加開。' }))
  valueOf(await take('reopen', editor, '110/7/5', { note: '請補其他日子' }))
  valueOf(await take('reply', officer, '110/7/20', { result: 'adopted', reply: '全年依船班調整。' }))
  const span = { from: day('2021-04-01'), to: day('2021-09-30'), statusOn: day('2021-10-31'), asOf: null }
  const value = async (of: string) => (await figureValue(db, figures.find((each) => each.id === of)!, span)).value
  expect([await value('advisers.suggestions'), await value('advisers.replied_rate')]).toEqual([1, 1])
  expect((await verifyAll(db)).flatMap(({ differences }) => differences)).toEqual([])
})

test('the letter of appointment names who, as what and for how long', () => {
  const { title, lines } = appointmentLetter({ kind: 'adviser', name: '顧示範', title: '示範大學教授', fromOn: day('2021-01-01'), untilOn: day('2022-12-31') }, '示範縣政府')
  expect(title).toBe('示範縣政府聘書')
  expect(lines.map((line) => ('text' in line ? line.text : ''))).toEqual(expect.arrayContaining(['顧示範　君', '（示範大學教授）', '為本縣縣政顧問。', `任期自${rocLongDay(day('2021-01-01'))}起至${rocLongDay(day('2022-12-31'))}止。`]))
})
