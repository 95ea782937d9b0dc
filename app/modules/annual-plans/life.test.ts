import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makePerson, makeUnit, useTestKeys } from '../../../test/support/makers.ts'
import { isRefusal, NotAllowed, NotFound, type Result, valueOf } from '../../core/errors.ts'
import { openJobs } from '../../core/jobs/jobs.ts'
import { parseInstant } from '../../core/time.ts'
import { verifyAll } from '../../core/verify.ts'
import { declareModules } from '../../start.ts'
import { checkProposal } from './check.ts'
import { amendProposal, submitProposal, withdrawProposal } from './propose.ts'
import { findProposal, findProposals, findRound, findRounds } from './queries.ts'
import { moveDeadline, openRound } from './rounds.ts'
import './tables.ts'

const { db } = await createTestDatabase()
declareModules()
useTestKeys()
await openJobs(db)
const [works, environment, admin] = [await makeUnit(db, '工務處'), await makeUnit(db, '環境保護局'), await makeUnit(db, '行政處')]
const officer = await makePerson(db, '陳承辦', 'officer', works)
const stranger = await makePerson(db, '周外人', 'officer', environment)
const section = await makePerson(db, '吳研考', 'control', admin)

const at = <C extends object>(caller: C, text: string): C & { now: Date } => ({ ...caller, now: parseInstant(text)! })
const codeOf = (result: Result<unknown>) => (isRefusal(result) ? (result.field ? `${result.code} ${result.field}` : result.code) : 'done')
const plan = (more: object = {}) => ({
  title: '濱海步道改善', category: 'works', kind: 'new', priority: '1', account: '道路橋梁工程－道路養護', fromYear: '111', toYear: '112', content: '既有步道鋪面破損，改善全線鋪面與照明。', benefit: '每年服務十萬人次，意外通報減半。',
  unitId: works, year: 111, money: { 'source-1': 'county', 'object-1': 'capital', 'twd-1-111': '3,000萬', 'twd-1-112': '1,000萬', 'source-2': 'central', 'object-2': 'capital', 'twd-2-111': '20,000千元' }, ...more,
})
const submit = (more: object = {}, on = '110/5/10 09:00', who: typeof officer = officer) => submitProposal(at(who, on), plan(more))

test('a round is opened once, with criteria that add up, before the year begins', async () => {
  const open = (more: object) => openRound(at(section, '110/4/1 09:00'), { year: 111, dueOn: '110/6/15', ...more })
  expect(codeOf(await open({ criteria: '必要性 60\n效益 50' }))).toBe('plan-round.criteria criteria')
  expect(codeOf(await open({ dueOn: '111/1/5' }))).toBe('plan-round.year year')
  expect(codeOf(await open({ dueOn: '110/3/31' }))).toBe('plan-round.due dueOn')
  await expect(openRound(at(officer, '110/4/1 09:00'), { year: 111, dueOn: '110/6/15' })).rejects.toThrow(NotAllowed)
  valueOf(await open({ criteria: '' }))
  expect(codeOf(await open({}))).toBe('plan-round.exists year')
  expect((await findRound(db, 111)).criteria.map(({ weight }) => weight)).toEqual([30, 25, 20, 15, 10])
})

test('a unit proposes its own plan, with money by year; what is wrong is said where it stands', async () => {
  expect(codeOf(await submit({ unitId: environment }))).toBe('plan.unit unitId')
  expect(codeOf(await submit({ year: 112 }))).toBe('plan.no-round')
  expect(codeOf(await submit({ toYear: '110', fromYear: '109' }))).toBe('plan.years fromYear')
  expect(codeOf(await submit({ toYear: '111' }))).toBe('plan.money toYear')
  expect(codeOf(await submit({ money: {} }))).toBe('plan.money twd-1-111')
  expect(codeOf(await submit({ kind: 'continuing' }))).toBe('plan.results results')
  expect(codeOf(await submit({ previous: '施109-000001' }))).toBe('plan.previous previous')
  expect(codeOf(await submit({}, '110/6/16 09:00'))).toBe('plan.late')
  await expect(submit({}, '110/5/10 09:00', section)).rejects.toThrow(NotAllowed)
  const { number } = valueOf(await submit({ joint: [environment] }))
  expect(number).toBe('施110-000001')
  const file = await findProposal(db, officer.person, number)
  expect(file).toMatchObject({ askedTwd: 50_000_000, totalTwd: 60_000_000, stage: 'submitted', unit: '工務處', joint: [{ name: '環境保護局' }] })
  // who helps with it sees it
  expect((await findProposal(db, stranger.person, number)).number).toBe(number)
})

test('the section checks or gives back; the unit amends; nobody else does', async () => {
  const { number } = valueOf(await submit({ title: '環教館整修' }))
  await expect(findProposal(db, stranger.person, number)).rejects.toThrow(NotFound)
  expect(codeOf(await checkProposal(at(section, '110/6/20 09:00'), { name: number, decision: 'returned', note: '' }))).toBe('plan.note note')
  await expect(checkProposal(at(officer, '110/6/20 09:00'), { name: number, decision: 'complete' })).rejects.toThrow(NotAllowed)
  valueOf(await checkProposal(at(section, '110/6/20 09:00'), { name: number, decision: 'returned', note: '請補上效益的數字' }))
  await expect(amendProposal(at(stranger, '110/6/21 09:00'), { ...plan(), name: number })).rejects.toThrow(NotFound)
  // after the last day, what was given back may still be put right
  valueOf(await amendProposal(at(officer, '110/6/21 09:00'), { ...plan({ title: '環教館整修', money: { 'source-1': 'county', 'object-1': 'capital', 'twd-1-111': '100萬' }, joint: [] }), name: number }))
  valueOf(await checkProposal(at(section, '110/6/22 09:00'), { name: number, decision: 'complete' }))
  expect(codeOf(await amendProposal(at(officer, '110/6/23 09:00'), { ...plan(), name: number }))).toBe('plan.stage')
  expect(await findProposal(db, officer.person, number)).toMatchObject({ stage: 'complete', askedTwd: 1_000_000, returnedNote: null })
})

test('the last day can be moved; a withdrawn proposal counts nowhere', async () => {
  expect(codeOf(await moveDeadline(at(section, '110/6/25 09:00'), { year: 111, dueOn: '111/1/1' }))).toBe('plan-round.year dueOn')
  valueOf(await moveDeadline(at(section, '110/6/25 09:00'), { year: 111, dueOn: '110/6/30' }))
  const { number } = valueOf(await submit({ title: '重複提報' }, '110/6/26 09:00'))
  valueOf(await withdrawProposal(at(officer, '110/6/27 09:00'), { name: number, why: '與另一案重複' }))
  expect(codeOf(await withdrawProposal(at(officer, '110/6/27 09:00'), { name: number, why: '與另一案重複' }))).toBe('plan.stage')
  const { id } = await findRound(db, 111)
  expect(await findProposals(db, section.person, id, {})).toMatchObject({ count: 2, askedTwd: 51_000_000, next: null })
  expect((await findProposals(db, section.person, id, { state: 'withdrawn' })).count).toBe(1)
  expect((await findProposals(db, stranger.person, id, {})).count).toBe(1)
  expect(await findRounds(db, section.person)).toMatchObject([{ year: 111, count: 2, askedTwd: 51_000_000, waiting: 1 }])
})

test('events, stages, numbers and rows prove each other', async () => {
  expect((await verifyAll(db)).flatMap(({ differences }) => differences)).toEqual([])
})
