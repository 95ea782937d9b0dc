import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makePerson, makeUnit, useTestKeys } from '../../../test/support/makers.ts'
import { isRefusal, NotAllowed, NotFound, ProofNeeded, type Result, valueOf } from '../../core/errors.ts'
import { openJobs } from '../../core/jobs/jobs.ts'
import { verifyAll } from '../../core/verify.ts'
import { declareModules } from '../../start.ts'
import { figureCases, figureSplit, figureValue } from '../../core/figures/compute.ts'
import { day, parseInstant } from '../../core/time.ts'
import { checkProposal } from './check.ts'
import { acceptCut, admitLater, decisionsAt, findRanked, pinProposal } from './cut.ts'
import { isGenuine, verifySets } from './decision-set.ts'
import { figures } from './figures.ts'
import { amendProposal, submitProposal, withdrawProposal } from './propose.ts'
import { findProposal, findProposals, findRound, findRounds, findToReview } from './queries.ts'
import { adviseProposal, reviewProposal } from './review.ts'
import { findDecided, findSets, findVerdicts, seesWhole } from './review-queries.ts'
import { nameReviewer } from './reviewers.ts'
import { moveDeadline, openRound } from './rounds.ts'
import { usualCriteria } from './schema.ts'
import './tables.ts'
import { findProject, linkProposal, trackProposal } from './track.ts'

const { db } = await createTestDatabase()
declareModules()
useTestKeys()
await openJobs(db)
const [works, environment, admin] = [await makeUnit(db, '工務處'), await makeUnit(db, '環境保護局'), await makeUnit(db, '行政處')]
const officer = await makePerson(db, '陳承辦', 'officer', works)
const stranger = await makePerson(db, '周外人', 'officer', environment)
const reviewer = await makePerson(db, '鄭主計', 'head', await makeUnit(db, '主計處'))
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
  // after the last day, what was given back may still be put right; what was advised is never more than is asked
  await db.updateTable('plan_proposals').set({ advised_twd: 40_000_000 }).where('asked_twd', '>', 1).execute()
  valueOf(await amendProposal(at(officer, '110/6/21 09:00'), { ...plan({ title: '環教館整修', money: { 'source-1': 'county', 'object-1': 'capital', 'twd-1-111': '100萬' }, joint: [] }), name: number }))
  valueOf(await checkProposal(at(section, '110/6/22 09:00'), { name: number, decision: 'complete' }))
  expect(codeOf(await amendProposal(at(officer, '110/6/23 09:00'), { ...plan(), name: number }))).toBe('plan.stage')
  expect(await findProposal(db, officer.person, number)).toMatchObject({ stage: 'complete', askedTwd: 1_000_000, advisedTwd: null, returnedNote: null })
  await db.updateTable('plan_proposals').set({ advised_twd: null }).execute()
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

const points = (value: number) => Object.fromEntries(usualCriteria.map(({ key }) => [key, String(value)]))
const review = (name: string, value: number, who: typeof officer = reviewer, more: object = {}) => reviewProposal(at(who, '110/7/10 09:00'), { name, points: points(value), comment: '效益明確，建議優先', ...more })
const [first, second] = ['施110-000001', '施110-000002']

test('named reviewers score by criterion in their part; not their own unit, not who was not named', async () => {
  expect(codeOf(await nameReviewer(at(section, '110/7/1 09:00'), { year: 111, login: 'nobody', role: 'budget' }))).toBe('plan-reviewer.person login')
  for (const who of [reviewer, officer]) valueOf(await nameReviewer(at(section, '110/7/1 09:00'), { year: 111, login: who.person.login, role: who === reviewer ? 'budget' : 'business' }))
  expect(codeOf(await nameReviewer(at(section, '110/7/1 09:00'), { year: 111, login: reviewer.person.login, role: 'research' }))).toBe('plan-reviewer.named login')
  expect(codeOf(await review(first, 80))).toBe('plan.stage')
  valueOf(await checkProposal(at(section, '110/7/2 09:00'), { name: first, decision: 'complete' }))
  await expect(review(first, 80, section)).rejects.toThrow(NotAllowed)
  expect(codeOf(await review(first, 80, officer))).toBe('plan.own-unit')
  expect(codeOf(await review(first, 101))).toBe('plan.points points-need')
  expect(codeOf(await review(first, 80, reviewer, { advised: '9億' }))).toBe('plan.advised advised')
  expect(valueOf(await review(first, 80, reviewer, { points: { ...points(80), need: '90.5' } })).score).toBe(83.15)
  valueOf(await review(second, 90))
  expect(await findToReview(db, reviewer.person)).toEqual([{ year: 111, count: 0 }])
})

test('the line follows the scores; the meeting decides over it with a reason; the set is signed and opens to all, in and out', async () => {
  const { id } = await findRound(db, 111)
  expect((await findRanked(db, id)).map(({ number, twd, score }) => [number, twd, score])).toEqual([[second, 1_000_000, 90], [first, 50_000_000, 83.15]])
  expect(codeOf(await adviseProposal(at(section, '110/8/1 09:00'), { name: first, advised: '6000萬' }))).toBe('plan.advised advised')
  valueOf(await adviseProposal(at(section, '110/8/1 09:00'), { name: first, advised: '4,000萬' }))
  expect((await decisionsAt(db, id, 40_500_000)).map(({ decision, reason }) => [decision, reason])).toEqual([['in', ''], ['out', '審查序位第 2，累計經費超過上限']])
  expect(codeOf(await pinProposal(at(section, '110/8/2 09:00'), { name: first, pin: 'in', why: '' }))).toBe('plan.why why')
  await expect(pinProposal(at(officer, '110/8/2 09:00'), { name: first, pin: 'in', why: '想要納入' })).rejects.toThrow(NotAllowed)
  valueOf(await pinProposal(at(section, '110/8/2 09:00'), { name: first, pin: 'in', why: '中央補助已核定' }))
  const accept = (more: object = {}, who: typeof section = section) => acceptCut(at(who, '110/8/25 17:00'), { year: 111, ceiling: '4,050萬', meeting: '審查會議', meetingOn: '110/8/25', ...more })
  await expect(accept({}, { ...section, session: { id: 0, proved: false } })).rejects.toThrow(ProofNeeded)
  await expect(accept({}, officer)).rejects.toThrow(NotAllowed)
  expect(codeOf(await accept({ ceiling: '3,000萬' }))).toBe('plan-cut.pinned ceiling')
  expect(codeOf(await accept({ ceiling: '很多' }))).toBe('input.invalid ceiling')
  expect(codeOf(await accept({ meetingOn: '100/1/1' }))).toBe('plan-cut.meeting meetingOn')
  const late = valueOf(await submit({ title: '還沒檢查' }, '110/6/28 09:00')).number
  expect(codeOf(await accept())).toBe('plan-cut.waiting')
  valueOf(await withdrawProposal(at(officer, '110/8/24 09:00'), { name: late, why: '下年度再提' }))
  expect(valueOf(await accept())).toEqual({ within: 1, out: 1 })
  expect(codeOf(await accept())).toBe('plan-cut.exists')
  expect((await findDecided(db, id)).map(({ number, computed, decision, reason }) => [number, computed, decision, reason])).toEqual([[second, 'out', 'out', '審查序位第 1，累計經費超過上限'], [first, 'out', 'in', '中央補助已核定']])
  // the section, heads and reviewers see all; a unit its own, whoever helps the one it helps with
  expect(await Promise.all([section, reviewer, officer, stranger].map((who) => seesWhole(db, who.person, id)))).toEqual([true, true, true, false])
  expect([(await findDecided(db, id, officer.person)).length, (await findDecided(db, id, stranger.person)).length]).toEqual([2, 0])
  expect((await findSets(db, id)).map(isGenuine)).toEqual([true])
  expect(await findProposal(db, officer.person, second)).toMatchObject({ stage: 'closed', outcome: 'not-admitted' })
})

test('one that was left out is admitted later by a signed set of its own', async () => {
  const admit = (name: string) => admitLater(at(section, '110/9/15 10:00'), { name, meeting: '概算審查', meetingOn: '110/9/15', why: '用地已取得' })
  expect(codeOf(await admit(first))).toBe('plan.not-left-out')
  expect(codeOf(await admitLater(at(section, '110/9/15 10:00'), { name: second, meeting: '概算審查', meetingOn: '110/8/24', why: '用地已取得' }))).toBe('plan-cut.meeting meetingOn')
  valueOf(await admit(second))
  expect((await findProposal(db, section.person, second)).ended).toBe('用地已取得')
  const { id } = await findRound(db, 111)
  expect((await findSets(db, id)).map((set) => [set.kind, isGenuine(set), isGenuine({ ...set, body: set.body.replace('審查', '審議') })])).toEqual([['cut', true, false], ['later', true, false]])
  expect((await findVerdicts(db, [(await findProposal(db, section.person, second)).id])).values().next().value!.decisions.map(({ kind, decision }) => [kind, decision])).toEqual([['cut', 'out'], ['later', 'in']])
})

test('an admitted proposal becomes a project under watch, once, and both know each other', async () => {
  const track = (name: string, more: object = {}) => trackProposal(at(section, '110/12/20 09:00'), { name, level: 'major', startOn: '111/1/1', finishOn: '112/12/31', ...more })
  await expect(trackProposal(at(officer, '110/12/20 09:00'), { name: first, level: 'major', startOn: '111/1/1', finishOn: '112/12/31' })).rejects.toThrow(NotAllowed)
  expect(codeOf(await track(first, { finishOn: '110/12/31' }))).toBe('project.days finishOn')
  const { number } = valueOf(await track(first))
  expect(codeOf(await track(first))).toBe('plan.tracked')
  expect(codeOf(await linkProposal(at(section, '110/12/20 09:00'), { name: second, project: number }))).toBe('project.has-origin project')
  const proposal = await findProposal(db, section.person, first)
  expect(await findProject(db, proposal.id)).toMatchObject({ number, title: '濱海步道改善' })
  expect(await db.selectFrom('projects as p').innerJoin('cases as c', 'c.id', 'p.id').select(['p.from_case_id', 'p.budget_twd']).where('c.number', '=', number).executeTakeFirst()).toEqual({ from_case_id: proposal.id, budget_twd: 40_000_000 })
})

test('figures count what was submitted, asked, admitted and left out, as it was known', async () => {
  const span = { from: day('2021-04-01'), to: day('2021-09-30'), statusOn: day('2021-10-31'), asOf: null }
  const value = async (id: string, of = span) => (await figureValue(db, figures.find((each) => each.id === `plans.annual.${id}`)!, of)).value
  expect([await value('submitted'), await value('requested_twd'), await value('admitted'), await value('admitted_twd'), await value('not_admitted'), await value('tracked_rate')]).toEqual([2, 51_000_000, 2, 41_000_000, 0, 0.5])
  expect(await value('admitted', { ...span, to: day('2021-08-31'), statusOn: day('2021-08-31') })).toBe(1)
  // admitted on 09-15: left out until then, and never both
  expect([await value('not_admitted', { ...span, to: day('2021-08-31'), statusOn: day('2021-08-31') }), await value('not_admitted', { ...span, statusOn: day('2021-09-16') })]).toEqual([1, 0])
})

test('the execution rate is money spent over money planned of the projects that came of them', async () => {
  const rate = figures.find(({ id }) => id === 'plans.annual.execution_rate')!
  const span = { from: day('2022-01-01'), to: day('2022-03-31'), statusOn: day('2022-03-31'), asOf: null }
  expect((await figureValue(db, rate, span)).value).toBeNull()
  await db.updateTable('project_months').set({ actual: 4, actual_twd: 1_000_000, report_state: 'checked', state: 'on-track' }).where('month', '=', '2022-02').execute()
  const { planned_twd: planned } = await db.selectFrom('project_months').select('planned_twd').where('month', '=', '2022-02').executeTakeFirstOrThrow()
  expect(await figureSplit(db, rate, span, 'unit')).toMatchObject([{ label: '工務處', numerator: 1_000_000, denominator: planned, value: Math.round((1_000_000 / planned) * 10_000) / 10_000 }])
  expect((await figureCases(db, rate, span)).map(({ number, value, over }) => [number, value, over])).toEqual([[first, 1_000_000, planned]])
  expect((await figureValue(db, rate, { ...span, statusOn: day('2021-12-31') })).value).toBeNull()
})

test('events, stages, numbers, rows and signed sets prove each other; a decision changed by hand is named', async () => {
  expect((await verifyAll(db)).flatMap(({ differences }) => differences)).toEqual([])
  await db.updateTable('plan_cut_items').set({ decision: 'out' }).where('decision', '=', 'in').where('computed', '=', 'out').execute()
  expect((await verifySets(db)).differences).toHaveLength(2)
  const before = (await verifySets(db)).differences.length
  await db.deleteFrom('plan_cut_items').where('position', '=', 2).execute()
  const after = (await verifySets(db)).differences.join('\n')
  expect(before).toBe(2)
  expect(after).toContain('有 1 件，簽章的是 2 件')
})
