import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makePerson, makeUnit, useTestKeys } from '../../../test/support/makers.ts'
import { useDocumentFolder } from '../../core/documents/store.ts'
import { fenceWrites, read } from '../../core/db.ts'
import { isRefusal, NotAllowed, NotFound, type Result, valueOf } from '../../core/errors.ts'
import { figureSplit, figureValue } from '../../core/figures/compute.ts'
import { openJobs } from '../../core/jobs/jobs.ts'
import { findCaseFiles } from '../../core/procedure/case-files.ts'
import { day, parseInstant } from '../../core/time.ts'
import { verifyAll } from '../../core/verify.ts'
import { declareModules } from '../../start.ts'
import { delistProject, endOverride, overrideState, relistProject } from './control.ts'
import { figures } from './figures.ts'
import { addLightRule, dropLightRule, lastJudgedMonth, tryRule } from './light-rules.ts'
import { firstPlan, judgedThen, withMonthsBeyond } from './months.ts'
import { findChanges, findProject, findProjects, findRoundProjects } from './queries.ts'
import { registerProject, replanProject } from './register.ts'
import { checkMonth, evidenceOf, reportMonth } from './report.ts'
import { chaseRound, openRound, publishRound, remindRounds } from './rounds.ts'
import './tables.ts'
import { testFolder } from '../../../test/support/folder.ts'

const { db } = await createTestDatabase()
declareModules()
useTestKeys()
await openJobs(db)
useDocumentFolder(testFolder())
const [works, environment, admin] = [await makeUnit(db, '工務處'), await makeUnit(db, '環境保護局', { kind: 'bureau' }), await makeUnit(db, '行政處')]
const officer = await makePerson(db, '陳承辦', 'officer', works)
const stranger = await makePerson(db, '周外人', 'officer', environment)
const section = await makePerson(db, '吳管考', 'control', admin)

const at = <C extends object>(caller: C, text: string): C & { now: Date } => ({ ...caller, now: parseInstant(text)! })
const codeOf = (result: Result<unknown>) => (isRefusal(result) ? result.code : 'done')
const plan = { title: '示範橋梁補強', level: 'major', grade: 'county', unitId: works, budgetTwd: '1,200萬', startOn: '110/1/1', finishOn: '110/12/31', months: '110/1 5 60萬\n110/2 10 120萬\n110/3 20 240萬\n110/4 30 360萬\n110/6 60 720萬\n110/12 100 1200萬', milestones: '110/6/30 工程過半\n110/3/1 決標' }
const register = async (more: object = {}) => valueOf(await registerProject(at(section, '110/1/4 09:00'), { ...plan, ...more })).number
const report = (name: string, month: string, actual: string, on: string, more: object = {}, who: typeof officer = officer) => reportMonth(at(who, on), { name, month, actual, actualTwd: '500000', work: '施工中', ...more })
const stateOf = async (number: string, on: string, asOf?: Date) => (await read(db, (reader) => findProjects(reader, section.person, day(on)), asOf)).find((row) => row.number === number)?.state
const control = await register()

test('a plan that cannot be is refused where it is wrong', async () => {
  const refused = async (more: object) => { const result = await registerProject(at(section, '110/1/4 09:00'), { ...plan, ...more }); return isRefusal(result) ? [result.code, result.field] : 'done' }
  expect(await refused({ finishOn: '109/12/31' })).toEqual(['project.days', 'finishOn'])
  expect(await refused({ months: '110/1 50\n110/12 90' })).toEqual(['project.plan', 'months'])
  expect(await refused({ months: '110/2 50\n110/1 60' })).toEqual(['project.plan', 'months'])
  expect(await refused({ months: '110/1 50 2000萬\n110/12 100' })).toEqual(['project.plan', 'months'])
  expect(await refused({ milestones: '111/1/1 完工' })).toEqual(['project.milestones', 'milestones'])
  expect(await refused({ budgetTwd: '很多' })).toEqual(['input.invalid', 'budgetTwd'])
  await expect(registerProject(at(officer, '110/1/4 09:00'), plan)).rejects.toThrow(NotAllowed)
})

test('months that the plan leaves out have what the month before had; without any it is a straight line', async () => {
  const { months, milestones } = await findProject(db, section.person, control)
  expect(months.map(({ planned }) => planned)).toEqual([5, 10, 20, 30, 30, 60, 60, 60, 60, 60, 60, 100])
  expect(months[3]!.plannedTwd).toBe(3_600_000)
  expect(milestones.map(({ title }) => title)).toEqual(['決標', '工程過半'])
  const even = await findProject(db, section.person, await register({ title: '平均', months: '', budgetTwd: '365000' }))
  expect([even.months[0]!.planned, even.months[11]!.planned, even.months[0]!.plannedTwd]).toEqual([8.4932, 100, 31_000])
})

test('a unit reports; behind it needs a reason; the control section checks, and not what it reported itself', async () => {
  expect(codeOf(await report(control, '2021-01', '5', '110/1/20 09:00'))).toBe('project.too-early')
  expect(codeOf(await report(control, '2021-01', '5', '110/2/1 09:00'))).toBe('done')
  await expect(report(control, '2021-01', '5', '110/2/1 09:00', {}, stranger)).rejects.toThrow(NotFound)
  await expect(report(control, '2021-01', '5', '110/2/1 09:00', {}, section)).rejects.toThrow(NotAllowed)
  expect(codeOf(await checkMonth(at(section, '110/2/3 09:00'), { name: control, month: '2021-01', decision: 'returned', note: '' }))).toBe('project.note')
  valueOf(await checkMonth(at(section, '110/2/3 09:00'), { name: control, month: '2021-01', decision: 'returned', note: '請補照片' }))
  expect(codeOf(await checkMonth(at(section, '110/2/3 10:00'), { name: control, month: '2021-01', decision: 'checked' }))).toBe('project.not-waiting')
  valueOf(await report(control, '2021-01', '4.5', '110/2/3 11:00', { files: [{ filename: '工地照片.pdf', bytes: Buffer.from('%PDF-1.4\n%%EOF') }] }))
  expect((await findCaseFiles(db, (await findProject(db, section.person, control)).id)).map(({ name, kind }) => [name, kind])).toEqual([['工地照片.pdf', evidenceOf('2021-01')]])
  valueOf(await checkMonth(at(section, '110/2/4 09:00'), { name: control, month: '2021-01', decision: 'checked' }))
  expect(codeOf(await report(control, '2021-01', '5', '110/2/5 09:00'))).toBe('project.checked')
  expect(codeOf(await report(control, '2021-02', '4', '110/3/1 09:00'))).toBe('project.less')
  expect(codeOf(await report(control, '2021-02', '5', '110/3/1 09:00'))).toBe('project.reason')
  expect(codeOf(await report(control, '2021-02', '5', '110/3/1 09:00', { reason: '流標' }))).toBe('project.measure')
  valueOf(await report(control, '2021-02', '5.0001', '110/3/1 09:00'))
  await expect(checkMonth(at(officer, '110/3/2 09:00'), { name: control, month: '2021-02', decision: 'checked' })).rejects.toThrow(NotAllowed)
  valueOf(await checkMonth(at(section, '110/3/2 09:00'), { name: control, month: '2021-02', decision: 'checked' }))
})

test('a list of a past day is what was known on it, whatever was reported since', async () => {
  const before = await fenceWrites(db)
  valueOf(await report(control, '2021-03', '8', '110/4/1 09:00', { reason: '用地', measure: '趕工' }))
  expect([await stateOf(control, '2021-03-31', before), await stateOf(control, '2021-03-31')]).toEqual(['on-track', 'severe'])
})

test('a light by hand has a reason and an end, and shows as such until then', async () => {
  expect(codeOf(await overrideState(at(section, '110/4/2 09:00'), { name: control, state: 'behind', why: '變更設計已核定', until: '110/12/31' }))).toBe('project.until')
  valueOf(await overrideState(at(section, '110/4/2 09:00'), { name: control, state: 'behind', why: '變更設計已核定', until: '110/4/20' }))
  const on = async (text: string) => (await findProjects(db, section.person, day(text))).find((row) => row.number === control)!
  expect([(await on('2021-04-01')).overridden, (await on('2021-04-02')).state, (await on('2021-04-20')).overridden, (await on('2021-04-21')).state]).toEqual([false, 'behind', true, 'severe'])
  valueOf(await endOverride(at(section, '110/4/10 09:00'), { name: control }))
  expect([(await on('2021-04-09')).state, (await on('2021-04-10')).state]).toEqual(['behind', 'severe'])
  expect(codeOf(await endOverride(at(section, '110/4/11 09:00'), { name: control }))).toBe('project.no-override')
})

test('a new plan judges what was reported anew; before it the record has the old one', async () => {
  expect(codeOf(await replanProject(at(section, '110/4/12 09:00'), { ...plan, name: control, why: '修正理由說明', startOn: '110/2/1', months: '' }))).toBe('project.reported')
  const before = await fenceWrites(db)
  valueOf(await replanProject(at(section, '110/4/12 09:00'), { ...plan, name: control, why: '用地延後取得', finishOn: '111/6/30', months: '110/1 5\n110/3 10\n111/6 100' }))
  expect([await stateOf(control, '2021-03-31', before), await stateOf(control, '2021-03-31')]).toEqual(['severe', 'on-track'])
  const file = await findProject(db, section.person, control)
  expect(file.replans).toMatchObject([{ finishOn: '2021-12-31', reason: '用地延後取得', by: '吳管考' }])
  expect(firstPlan(file)?.map(({ planned }) => planned)).toEqual([5, 10, 20, 30, 30, 60, 60, 60, 60, 60, 60, 100])
  expect(file.months.slice(0, 3).map((month) => judgedThen(file, month)?.state ?? null)).toEqual([null, 'on-track', 'severe'])
})

test('a round: opened once, chased by mail, published only when all reports were looked at', async () => {
  const silent = await register({ title: '沒有填報的計畫' })
  expect(codeOf(await openRound(at(section, '110/3/15 09:00'), { month: '110/3', dueOn: '110/4/5' }))).toBe('round.too-early')
  valueOf(await openRound(at(section, '110/4/1 09:00'), { month: '110/3', dueOn: '110/4/10' }))
  expect(codeOf(await openRound(at(section, '110/4/1 09:00'), { month: '2021-03', dueOn: '110/4/10' }))).toBe('round.exists')
  await db.updateTable('people').set({ email: 'officer@windlion.example' }).where('id', '=', officer.person.id).execute()
  expect(valueOf(await chaseRound(at(section, '110/4/11 09:00'), { month: '2021-03', origin: 'https://windlion.example' }))).toMatchObject({ mails: 1 })
  const mail = await db.selectFrom('mail_messages').select(['subject', 'text']).where('purpose', '=', 'control.chase').executeTakeFirstOrThrow()
  expect(mail.text).toContain(silent)
  // 110/4/10 is a Saturday: three working days before it is the Wednesday; a second run finds nothing
  const remind = async (when: string) => valueOf(await remindRounds({ db, person: null, now: parseInstant(when)! }, {})).mails
  expect([await remind('110/4/5 06:40'), await remind('110/4/8 06:40'), await remind('110/4/9 06:40')]).toEqual([0, 1, 0])
  expect(mail.text).not.toContain(control)
  expect(codeOf(await publishRound(at(section, '110/4/13 09:00'), { month: '2021-03' }))).toBe('round.unchecked')
  valueOf(await checkMonth(at(section, '110/4/13 09:00'), { name: control, month: '2021-03', decision: 'checked' }))
  valueOf(await publishRound(at(section, '110/4/13 10:00'), { month: '2021-03' }))
  const published = await db.selectFrom('project_publications').selectAll().orderBy('number').execute()
  expect(published.find(({ number }) => number === control)).toMatchObject({ state: 'on-track', actual: 8, planned: 10 })
  expect(published.find(({ number }) => number === silent)).toMatchObject({ state: 'unreported', actual: null })
  await register({ title: '不公開', internal: 'yes' })
  valueOf(await publishRound(at(section, '110/4/14 10:00'), { month: '2021-03' }))
  expect(await db.selectFrom('project_publications').select('title').where('title', '=', '不公開').execute()).toEqual([])
})

test('what changed between two months is told', async () => {
  expect((await findChanges(db, section.person, day('2021-02-28'), day('2021-06-30'))).find(({ number }) => number === control)).toMatchObject({ before: 'ahead', after: 'unreported' })
})

test('control ends with how and why, and can begin again', async () => {
  expect(codeOf(await delistProject(at(section, '110/5/3 09:00'), { name: control, outcome: 'completed', why: '全案完成' }))).toBe('project.not-finished')
  const before = await fenceWrites(db)
  valueOf(await delistProject(at(section, '110/5/3 09:00'), { name: control, outcome: 'lowered', why: '改由單位自行列管' }))
  expect([await stateOf(control, '2021-04-30', before), await stateOf(control, '2021-05-02'), await stateOf(control, '2021-05-03')]).toEqual(['on-track', 'unreported', undefined])
  expect(codeOf(await report(control, '2021-04', '20', '110/5/4 09:00'))).toBe('project.closed')
  valueOf(await relistProject(at(section, '110/5/5 09:00'), { name: control, why: '首長指示續管' }))
  expect(codeOf(await relistProject(at(section, '110/5/5 10:00'), { name: control, why: '首長指示續管' }))).toBe('project.listed')
})

test('figures count what is under watch on the status day, by state, and the balance holds', async () => {
  const span = { from: day('2021-01-01'), to: day('2021-04-30'), statusOn: day('2021-04-30'), asOf: null }
  const figure = (id: string) => figures.find((each) => each.id === `control.${id}`)!
  // 示範橋梁補強, 平均, 沒有填報的計畫, 不公開
  expect((await figureValue(db, figure('projects'), span)).value).toBe(4)
  expect(Object.fromEntries((await figureSplit(db, figure('major_by_status'), span, 'part')).map(({ label, value }) => [label, value]))).toEqual({ 超前: 0, 符合進度: 1, 落後: 0, 嚴重落後: 0, 已完成: 0, 未填報: 3 })
  expect((await figureValue(db, figure('on_time_rate'), span)).value).toBe(0.25)
  const lines = Object.fromEntries((await figureSplit(db, figure('balance'), span, 'part')).map(({ key, value }) => [key, value]))
  expect(Object.values(lines)).toEqual([0, 4, 0, 4])
})

test('a new light rule holds from its day on; what was judged before keeps its own, also when it is judged anew', async () => {
  const project = await register({ title: '規則換版', startOn: '110/6/1', finishOn: '111/5/31', months: '', milestones: '' })
  valueOf(await report(project, '2021-06', '1', '110/7/1 09:00', { reason: '用地', measure: '趕工' }))
  const fresh = { version: '110.2', from: '110/7/1', yellow: '2', red: '30', source: '示範公文' }
  const tried = await tryRule(db, section.person, (await lastJudgedMonth(db))!, { yellow: 2, red: 30 })
  expect(tried.filter(({ number }) => number === project)).toMatchObject([{ slip: 7.2192, before: 'behind', after: 'behind' }])
  expect((await tryRule(db, section.person, '2021-06', { yellow: 8, red: 30 })).find(({ number }) => number === project)).toMatchObject({ before: 'behind', after: 'on-track' })
  await expect(addLightRule(at(officer, '110/7/2 09:00'), fresh)).rejects.toThrow(NotAllowed)
  expect(codeOf(await addLightRule(at(section, '110/7/2 09:00'), { ...fresh, from: '110/6/30' }))).toBe('light-rule.judged')
  valueOf(await addLightRule(at(section, '110/7/2 09:00'), fresh))
  valueOf(await dropLightRule(at(section, '110/7/2 10:00'), { version: '110.2' }))
  valueOf(await addLightRule(at(section, '110/7/2 11:00'), fresh))
  valueOf(await report(project, '2021-07', '1', '110/8/2 09:00', { reason: '用地', measure: '趕工' }))
  valueOf(await replanProject(at(section, '110/8/3 09:00'), { ...plan, name: project, title: '規則換版', why: '摘要補充說明', startOn: '110/6/1', finishOn: '111/5/31', months: '', milestones: '' }))
  expect((await findProject(db, section.person, project)).months.filter(({ rule }) => rule).map(({ month, rule, state }) => [month, rule, state])).toEqual([['2021-06', '108.1', 'behind'], ['2021-07', '110.2', 'behind']])
  expect(codeOf(await dropLightRule(at(section, '110/8/4 09:00'), { version: '110.2' }))).toBe('light-rule.used')
})

test('past its last day a project is reported on, judged and chased until it is finished; then it can leave the list as completed', async () => {
  const late = await register({ title: '逾期計畫', startOn: '110/1/1', finishOn: '110/6/30', months: '', milestones: '' })
  const why = { reason: '用地', measure: '趕工' }
  valueOf(await report(late, '2021-06', '55', '110/7/1 09:00', why))
  valueOf(await checkMonth(at(section, '110/7/2 09:00'), { name: late, month: '2021-06', decision: 'checked' }))
  valueOf(await openRound(at(section, '110/9/1 09:00'), { month: '110/8', dueOn: '110/9/8' }))
  expect((await findRoundProjects(db, section.person, '2021-08')).map(({ number }) => number)).toContain(late)
  expect(codeOf(await report(late, '2021-09', '60', '110/9/2 09:00', why))).toBe('project.no-month')
  expect(codeOf(await report(late, '2021-07', '60', '110/9/2 09:00'))).toBe('project.reason')
  valueOf(await report(late, '2021-07', '60', '110/9/2 09:00', why))
  expect(await stateOf(late, '2021-08-31')).toBe('severe')
  const months = async () => withMonthsBeyond(await findProject(db, section.person, late), day('2021-10-01')).months.slice(-3).map(({ month, planned, state }) => [month, planned, state])
  expect(await months()).toEqual([['2021-07', 100, 'severe'], ['2021-08', 100, null], ['2021-09', 100, null]])
  expect((await findProject(db, section.person, late)).months.find(({ month }) => month === '2021-07')!.explanation.join()).toContain('已過 31 日還沒有完成：嚴重落後')
  expect(codeOf(await report(late, '2021-08', '100', '110/9/3 09:00'))).toBe('project.finished-day')
  expect(codeOf(await report(late, '2021-08', '60', '110/9/3 09:00', { ...why, actualTwd: '1億' }))).toBe('project.over-budget')
  valueOf(await report(late, '2021-08', '60', '110/9/3 09:00', { ...why, actualTwd: '1億', overBudget: 'yes' }))
  valueOf(await report(late, '2021-08', '100', '110/9/3 09:00', { finishedOn: '110/8/20' }))
  valueOf(await report(late, '2021-08', '90', '110/9/3 10:00', why))
  expect((await findProject(db, section.person, late)).finishedOn).toBeNull()
  valueOf(await report(late, '2021-08', '100', '110/9/3 11:00', { finishedOn: '110/8/20' }))
  expect([await stateOf(late, '2021-08-31'), await stateOf(late, '2021-11-30'), (await months()).at(-1)![0]]).toEqual(['done', 'done', '2021-08'])
  valueOf(await openRound(at(section, '110/10/1 09:00'), { month: '110/9', dueOn: '110/10/8' }))
  expect((await findRoundProjects(db, section.person, '2021-09')).map(({ number }) => number)).not.toContain(late)
  valueOf(await delistProject(at(section, '110/10/4 09:00'), { name: late, outcome: 'completed', why: '全案完成' }))
})

test('events, stages, numbers and rows prove each other', async () => {
  expect((await verifyAll(db)).flatMap(({ differences }) => differences)).toEqual([])
})
