import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makePerson, makeUnit, useTestKeys } from '../../../test/support/makers.ts'
import { isRefusal, NotAllowed, NotFound, type Result, valueOf } from '../../core/errors.ts'
import { figureSplit, figureValue } from '../../core/figures/compute.ts'
import { useDocumentFolder } from '../../core/documents/store.ts'
import { findCaseFiles } from '../../core/procedure/case-files.ts'
import { testFolder } from '../../../test/support/folder.ts'
import { openJobs } from '../../core/jobs/jobs.ts'
import { insertCase } from '../../core/cases/open.ts'
import { write } from '../../core/db.ts'
import { record } from '../../core/events/record.ts'
import { day, parseInstant } from '../../core/time.ts'
import { verifyAll } from '../../core/verify.ts'
import { declareModules } from '../../start.ts'
import { keepEdition, noteOpinion, startProgramme, writeText } from './acts.ts'
import { figures } from './figures.ts'
import { attachFiles } from './files.tsx'
import { demonstration } from './index.ts'
import { findProgrammeState } from './programme.ts'
import { handOver } from './hand-over.ts'
import { cellsOf, parseMoney, readCells } from './money.ts'
import { addProject, changeProject, removeProject, undoChange } from './projects.ts'
import { findForum, findProgrammeFile, findProject } from './queries.ts'
import { aboutReview, findReviews, nameMeeting } from './reviews.ts'
import { acts } from './routes/programme.tsx'
import './tables.ts'

const { db } = await createTestDatabase()
declareModules()
useTestKeys()
await openJobs(db)
useDocumentFolder(testFolder())
const admin = await makeUnit(db, '行政處')
const works = await makeUnit(db, '工務處')
for (const name of ['公共車船管理處', '衛生局', '觀光處', '社會處', '文化局']) await makeUnit(db, name)
const section = await makePerson(db, '吳規劃', 'control', admin)
const officer = await makePerson(db, '陳承辦', 'officer', works)
const at = <C extends object>(caller: C, text: string): C & { now: Date } => ({ ...caller, now: parseInstant(text)! })
const codeOf = (result: Result<unknown>) => (isRefusal(result) ? (result.field ? `${result.code} ${result.field}` : result.code) : 'done')
await demonstration.draft(section)
const sixth = '離110-000001'

test('a term is drafted, heard, passed and approved; its four years and the overall review are counted from there', async () => {
  const state = await findProgrammeState(db, section.person, sixth)
  expect(state).toMatchObject({ stage: 'in-force', term: 6, fromYear: 112, toYear: 115, written: 15, forums: 2, dueOn: '2026-12-31' })
  const file = await findProgrammeFile(db, state.id)
  expect(file.clocks.map(({ rule, dueOn }) => [rule, dueOn])).toEqual(expect.arrayContaining([['plan-offshore-4y', '2026-12-31'], ['plan-offshore-approval', '2026-11-30']]))
  expect(file.editions).toMatchObject([{ edition: 4, label: '核定版', headings: 15 }, { label: '期末報告版' }, { label: '期中報告版' }, { label: '期初報告版' }])
})

test('nothing goes to the committee without final review, hearing and the fifteen headings; only the section may', async () => {
  expect(codeOf(await startProgramme(at(section, '115/2/2 09:00'), { term: 6, fromYear: 116, aim: '永續海島宜居家園的目標' }))).toBe('programme.exists term')
  expect(codeOf(await startProgramme(at(section, '115/2/2 09:00'), { term: 7, fromYear: 115, aim: '永續海島宜居家園的目標' }))).toBe('programme.exists fromYear')
  await expect(startProgramme(at(officer, '115/2/2 09:00'), { term: 7, fromYear: 116, aim: '永續海島宜居家園的目標' })).rejects.toThrow(NotAllowed)
  const { number: name } = valueOf(await startProgramme(at(section, '115/2/2 09:00'), { term: 7, fromYear: 116, aim: '永續海島宜居家園的目標' }))
  const take = (step: string, more: object = {}) => acts[step]!(at(section, '115/5/4 09:00'), { name, on: '115/5/4', documentNo: '', note: '', ...more })
  expect(codeOf(await take('submit'))).toBe('programme.no-hearing')
  expect(codeOf(await take('interim-review', { result: 'passed' }))).toBe('programme.order')
  valueOf(await take('hearing', { place: '禮堂', attendance: '20', opinions: '無' }))
  expect(codeOf(await take('submit'))).toBe('programme.order')
  for (const step of ['initial-review', 'interim-review', 'final-review']) valueOf(await take(step, { result: 'passed' }))
  expect(codeOf(await take('submit'))).toBe('programme.headings')
})

test('an opinion has an answer before it is settled, and opens the forum again when one is added', async () => {
  const { forums } = await findProgrammeFile(db, (await findProgrammeState(db, section.person, sixth)).id)
  const name = forums[0]!.number
  expect((await findForum(db, section.person, name)).stage).toBe('closed')
  expect(codeOf(await noteOpinion(at(section, '115/2/2 09:00'), { name, text: '希望增設候船室', result: 'adopted' }))).toBe('opinion.reply reply')
  valueOf(await noteOpinion(at(section, '115/2/2 09:00'), { name, text: '希望增設候船室' }))
  expect((await findForum(db, section.person, name)).stage).toBe('held')
  await expect(noteOpinion(at(officer, '115/2/2 09:00'), { name, text: '希望增設候船室' })).rejects.toThrow(NotAllowed)
})

test('money is read by year and source, within the term, from lines or from the cells of the form', () => {
  expect(parseMoney('112 離島建設基金 3,000萬', 112, 115)).toEqual({ lines: [{ year: 112, source: 'offshore', twd: 30_000_000 }] })
  for (const wrong of ['', '116 縣款 100萬', '112 彩券 100萬', '112 縣款 1萬\n112 縣款 2萬']) expect('problem' in parseMoney(wrong, 112, 115), wrong).toBe(true)
  const lines = [{ year: 112, source: 'offshore' as const, twd: 40_000_000 }, { year: 114, source: 'county' as const, twd: 50_000 }]
  expect(readCells(cellsOf(lines), 112, 115)).toEqual({ lines })
  expect(readCells({ 'twd-county-112': '三千', 'twd-county-116': '1' }, 112, 115)).toMatchObject({ field: 'twd-county-112' })
  expect(readCells({ 'twd-county-112': '0', 'twd-county-116': '1萬' }, 112, 115)).toMatchObject({ field: 'twd-county-112', problem: expect.stringContaining('至少一個年度') })
})

const ownOf = async (programme: string, unit: string) => (await findProgrammeFile(db, (await findProgrammeState(db, section.person, programme)).id)).projects.find((project) => project.unit === unit)!

test('of an approved programme money, unit and summary are changed with a reason; what it was stays, and the last change is undone', async () => {
  const { id } = await findProgrammeState(db, section.person, sixth)
  const own = await ownOf(sixth, '工務處')
  const input = { name: sixth, project: own.id, money: '112 離島建設基金 4,000萬\n114 縣款 5,000萬', why: '用地取得順延一年' }
  const change = (more: object, who: typeof officer = section) => changeProject(at(who, '113/3/4 09:00'), { ...input, ...more })
  await expect(change({}, officer)).rejects.toThrow(NotAllowed)
  expect(await Promise.all([change({ why: '' }), change({ money: '116 縣款 1萬' }), change({ money: cellsOf(own.money) }), change({ title: '金湖停車場' }), change({ township: '' }), change({ unitId: 999_999 })].map(async (result) => codeOf(await result))))
    .toEqual(['input.invalid why', 'programme.money money', 'programme.same why', 'programme.approved', 'programme.approved', 'programme.unit unitId'])
  valueOf(await change({ changes: 0 }))
  expect(codeOf(await change({ changes: 0, money: '112 縣款 1萬' }))).toBe('programme.meanwhile')
  const after = await findProject(db, id, own.id)
  expect(after.money).toEqual([{ year: 112, source: 'offshore', twd: 40_000_000 }, { year: 114, source: 'county', twd: 50_000_000 }])
  expect(after.history).toMatchObject([{ changedOn: '2024-03-04', reason: '用地取得順延一年', by: '吳規劃', before: { money: own.money, facts: null } }])
  expect(codeOf(await removeProject(at(section, '113/3/4 09:00'), { name: sixth, project: own.id, why: '不再需要' }))).toBe('programme.approved')
  const undo = (changes: number, who: typeof officer = section) => undoChange(at(who, '113/3/5 09:00'), { name: sixth, project: own.id, changes })
  await expect(undo(1, officer)).rejects.toThrow(NotAllowed)
  expect(codeOf(await undo(0))).toBe('programme.meanwhile')
  valueOf(await undo(1))
  expect(await findProject(db, id, own.id)).toMatchObject({ money: own.money, changes: 2, history: [{ reason: '還原第 1 次修改' }, {}] })
  valueOf(await undo(2))
})

test('while it is drafted a project is added, put right, taken out and put back; never two of one name', async () => {
  const name = '離115-000001'
  const { id } = await findProgrammeState(db, section.person, name)
  const when = '115/5/5 09:00'
  const add = (more: object = {}, who: typeof officer = section) => addProject(at(who, when), { name, heading: 3, title: '示範步道', unitId: works, money: { 'twd-county-116': '100萬' }, ...more })
  await expect(add({}, officer)).rejects.toThrow(NotAllowed)
  const project = valueOf(await add()).id
  expect([codeOf(await add({ title: ' 示範步道' })), codeOf(await add({ title: '乙', heading: 16 })), codeOf(await add({ title: '丙示範', money: {} })), codeOf(await addProject(at(section, when), { name: sixth, heading: 3, title: '丁示範', unitId: works, money: '112 縣款 1萬' }))])
    .toEqual(['programme.same-title title', 'input.invalid heading', 'programme.money twd-county-116', 'programme.not-drafting'])
  valueOf(await changeProject(at(section, when), { name, project, title: '示範海濱步道', heading: 9, unitId: (await ownOf(sixth, '觀光處')).unitId, township: '金沙鎮', summary: '沿海兩公里。', money: { 'twd-county-116': '1,000,000' }, why: '改由觀光處主辦' }))
  expect(await findProject(db, id, project)).toMatchObject({ heading: 9, title: '示範海濱步道', unit: '觀光處', township: '金沙鎮', history: [{ before: { facts: { heading: 3, title: '示範步道', unit_id: works, township: null } } }] })
  const input = { name, project, why: '併入其他計畫' }
  await expect(removeProject(at(officer, when), input)).rejects.toThrow(NotAllowed)
  valueOf(await removeProject(at(section, when), input))
  expect([codeOf(await removeProject(at(section, when), input)), codeOf(await changeProject(at(section, when), { ...input, money: '116 縣款 1萬' }))]).toEqual(['programme.removed', 'programme.removed'])
  valueOf(await add({ title: '示範海濱步道' }))
  expect(codeOf(await undoChange(at(section, when), { name, project, changes: 2 }))).toBe('programme.same-title title')
  valueOf(await add({ title: '丁示範步道' }))
  expect((await findProgrammeFile(db, id)).projects.map(({ title, removedOn }) => [title, removedOn])).toEqual([['示範海濱步道', null], ['丁示範步道', null], ['示範海濱步道', '2026-05-05']])
})

/** A meeting of the reviewing body on that day. */
const makeMeeting = (number: string, on: string) => write(db, async (tx) => {
  const { id: body } = await tx.selectFrom('meeting_bodies').select('id').where('code', '=', 'programme').executeTakeFirstOrThrow()
  const id = await insertCase(tx, { kind: 'meeting', title: '綜合建設實施方案審查會議', stage: 'planned', number, receivedAt: parseInstant('115/3/2 09:00'), registeredAt: parseInstant('115/3/2 09:00'), unitId: admin })
  await tx.insertInto('committee_meetings').values({ id, committee_id: null, sitting: null, held_on: day(on), starts_at: '09:30', ends_at: null, place: '第一會議室', chair: '副縣長', invited_on: null, approved_on: null }).execute()
  await tx.insertInto('meetings').values({ id, body_id: body, proposals_due_on: null, begun_at: null, live_item_id: null }).execute()
  const now = parseInstant('115/3/2 09:00')!
  await record(tx, { person: section.person, onBehalfOf: null, now, today: day('2026-03-02') }, 'meeting.called', { caseId: id, toStage: 'planned' })
  return id
})

test('a review meeting knows its term, its report and the edition before it; a review is recorded on the day of its meeting', async () => {
  const { number: name } = valueOf(await startProgramme(at(section, '115/3/3 09:00'), { term: 8, fromYear: 120, aim: '永續海島宜居家園的目標' }))
  const { id } = await findProgrammeState(db, section.person, name)
  const [first, second] = [await makeMeeting('會115-000001', '2026-04-01'), await makeMeeting('會115-000002', '2026-04-08')]
  valueOf(await writeText(at(section, '115/3/4 09:00'), { name, heading: 1, text: '目標' }))
  valueOf(await keepEdition(at(section, '115/3/4 09:00'), { name, label: '期初報告版' }))
  const say = (more: object, who: typeof officer = section) => nameMeeting(at(who, '115/3/5 09:00'), { name, meeting: '會115-000001', step: 'initial-review', edition: '1', ...more })
  await expect(say({}, officer)).rejects.toThrow(NotAllowed)
  expect([codeOf(await say({ meeting: '會999-000001' })), codeOf(await say({ edition: '7' })), codeOf(await say({ step: 'none' })), codeOf(await say({ step: 'hearing' }))]).toEqual(['review.meeting meeting', 'review.edition edition', 'review.none step', 'input.invalid step'])
  valueOf(await say({}))
  expect(await aboutReview(db, section.person, first)).toEqual([{ key: '審查', text: '第 8 期（120–123 年）方案期初報告', href: expect.stringContaining('programmes') }, { key: '審查的版本', text: '第 1 版　期初報告版', href: expect.stringContaining('editions/1') }])
  // nobody else's meeting, and the day of the meeting
  expect((await findProgrammeState(db, section.person, sixth)).meetings.map(({ number }) => number)).toEqual(['會115-000002'])
  const review = (step: string, more: object) => acts[step]!(at(section, '115/4/20 09:00'), { name, documentNo: '', note: '', result: 'passed', ...more })
  expect(codeOf(await review('initial-review', { on: '115/4/2', meeting: '會115-000001' }))).toBe('programme.meeting-day on')
  valueOf(await review('initial-review', { on: '115/4/1', meeting: '會115-000001', edition: '1' }))
  expect(codeOf(await review('interim-review', { on: '115/3/31' }))).toBe('programme.day on')
  valueOf(await review('interim-review', { on: '115/4/8', meeting: '會115-000002' }))
  expect(codeOf(await say({ step: 'final-review' }))).toBe('review.recorded step')
  expect(await findReviews(db, section.person, id)).toMatchObject([{ step: 'interim-review', meeting: '會115-000002', edition: null, result: 'passed' }, { step: 'initial-review', meeting: '會115-000001', heldOn: '2026-04-01', edition: 1, label: '期初報告版' }])
  expect(await aboutReview(db, section.person, second)).toHaveLength(1)
})

test('files stand beside a programme and its forums; only the section adds them', async () => {
  const { id } = await findProgrammeState(db, section.person, sixth)
  const { forums } = await findProgrammeFile(db, id)
  const files = [{ filename: '期末報告.pdf', bytes: Buffer.from('%PDF-1.4\n%%EOF') }]
  const attach = (of: string, more: object = {}, who: typeof officer = section) => attachFiles(at(who, '113/3/5 09:00'), { name: of, kind: 'report', files, ...more })
  await expect(attach(sixth, {}, officer)).rejects.toThrow(NotAllowed)
  expect([codeOf(await attach(sixth, { files: [] })), codeOf(await attach(sixth, { kind: 'poem' }))]).toEqual(['programme.no-files files', 'input.invalid kind'])
  valueOf(await attach(sixth))
  valueOf(await attach(forums[0]!.number, { kind: 'minutes' }))
  await expect(attach('離999-000001')).rejects.toThrow(NotFound)
  expect((await findCaseFiles(db, id)).map(({ name, kind }) => [name, kind])).toEqual([['期末報告.pdf', 'report']])
  expect((await findCaseFiles(db, (await findForum(db, section.person, forums[0]!.number)).id)).map(({ kind }) => kind)).toEqual(['minutes'])
})

test('a project is handed over only into an open round', async () => {
  const { projects } = await findProgrammeFile(db, (await findProgrammeState(db, section.person, sixth)).id)
  const own = projects.find(({ unit }) => unit === '工務處')!
  expect(codeOf(await handOver(at(officer, '112/5/2 09:00'), { name: sixth, project: own.id, year: 113 }))).toBe('plan.no-round')
})

test('figures give the day of the interim review and the forums by township; all can be proved', async () => {
  const span = { from: day('2021-04-01'), to: day('2021-09-30'), statusOn: day('2021-10-31'), asOf: null }
  const figure = (id: string) => figures.find((each) => each.id === `plans.programme.${id}`)!
  expect((await figureValue(db, figure('forums'), span)).value).toBe(2)
  expect((await figureSplit(db, figure('forums'), span, 'township')).map(({ label, value }) => [label, value])).toEqual(expect.arrayContaining([['金城鎮', 1], ['烈嶼鄉', 1]]))
  const days = await db.selectFrom('case_steps').select('happened_on').where('step', '=', 'interim-review').orderBy('id').execute()
  expect(days[0]!.happened_on).toBe('2021-09-27')
  expect((await figureValue(db, figure('interim_report_review_on'), span)).value).not.toBeNull()
  expect((await verifyAll(db)).flatMap(({ differences }) => differences)).toEqual([])
})
