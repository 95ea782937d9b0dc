import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makePerson, makeUnit, useTestKeys } from '../../../test/support/makers.ts'
import { fenceWrites, read } from '../../core/db.ts'
import { isRefusal, NotAllowed, type Result, valueOf } from '../../core/errors.ts'
import { figureSplit, figureValue } from '../../core/figures/compute.ts'
import { stepActs } from '../../core/procedure/take-step.ts'
import { type FileOfKind, importTables } from '../../core/tabular/import.ts'
import { day, parseInstant } from '../../core/time.ts'
import { verifyAll } from '../../core/verify.ts'
import { makeReliefItems } from '../../demo/relief.ts'
import { rowsFile } from '../../demo/tables.ts'
import { declareModules } from '../../start.ts'
import { figures } from './figures.ts'
import { reliefItemsImporter } from './import/items.ts'
import { parseMonths } from './import/months.ts'
import { findItemState, waitsFor } from './item.ts'
import { countWaiting, findItems, findProgrammes, totalsOf } from './queries.ts'
import { addItem, addPlan, addProgramme, changeItem } from './register.ts'
import { addEvidence, procedure } from './steps.ts'
import './tables.ts'

const { db } = await createTestDatabase()
declareModules()
useTestKeys()
const [works, finance, welfare, admin] = [await makeUnit(db, '工務處'), await makeUnit(db, '財政處'), await makeUnit(db, '社會處'), await makeUnit(db, '行政處')]
const lead = await makePerson(db, '陳承辦', 'officer', works)
const helper = await makePerson(db, '林協辦', 'officer', finance)
const second = await makePerson(db, '黃協辦', 'officer', welfare)
const editor = await makePerson(db, '蔡綜規', 'editor', admin)
const acts = stepActs(procedure)

const at = <C extends object>(caller: C, text: string): C & { now: Date } => ({ ...caller, now: parseInstant(text)! })
const codeOf = (result: Result<unknown>) => (isRefusal(result) ? result.code : 'done')
const { programme } = valueOf(await addProgramme(at(editor, '115/4/1 09:00'), { year: '115', title: '示範方案' }))
const plan = valueOf(await addPlan(at(editor, '115/4/1 09:00'), { programme, title: '規費減免' })).id
const input = { plan, title: '道路使用規費減免', unitId: works, joint: [finance, welfare], startOn: '115/4/1', finishOn: '115/6/30', summary: '', target: '' }
const { number: name } = valueOf(await addItem(at(editor, '115/4/1 10:00'), input))
const take = (step: string, who: typeof lead, on: string, more: object = {}) => acts[step]!(at(who, `${on} 10:00`), { name, on, ...more })
const waits = async () => waitsFor({ ...(await findItemState(db, null, name)), unit: '工務處' })

test('only the planning section lists; what cannot be is refused where it is wrong', async () => {
  await expect(addItem(at(lead, '115/4/1 10:00'), input)).rejects.toThrow(NotAllowed)
  await expect(addPlan(at(lead, '115/4/1 10:00'), { programme, title: '其他' })).rejects.toThrow(NotAllowed)
  expect(codeOf(await addProgramme(editor, { year: '115', title: '示範方案' }))).toBe('relief.programme-known')
  expect(codeOf(await addPlan(editor, { programme, title: '規費減免' }))).toBe('relief.plan-known')
  expect(codeOf(await addItem(editor, { ...input, finishOn: '115/3/1' }))).toBe('relief.days')
  expect(codeOf(await addItem(editor, { ...input, joint: [works] }))).toBe('relief.joint')
})

test('the lead reports month by month; progress does not fall, and the same month again replaces', async () => {
  expect(await waits()).toBe('工務處辦理並附佐證')
  await expect(take('report', helper, '115/4/30', { source: '清冊', progress: '40' })).rejects.toThrow(NotAllowed)
  valueOf(await take('report', lead, '115/4/30', { source: '清冊', progress: '40', applications: '30', approved: '25', forgone: '120000' }))
  expect(codeOf(await take('report', lead, '115/5/31', { source: '清冊', progress: '30' }))).toBe('relief.less')
  valueOf(await take('report', lead, '115/5/31', { source: '清冊', progress: '80', applications: '10', spent: '5000', deferred: '7000' }))
  expect(codeOf(await take('report', lead, '115/5/31', { progress: '80' }))).toBe('input.invalid')
  expect(codeOf(await take('report', lead, '115/5/31', { source: '清冊', progress: '80', approved: '900' }))).toBe('relief.approved')
  const before = await fenceWrites(db)
  valueOf(await take('report', lead, '115/5/31', { source: '清冊', progress: '90', applications: '12', spent: '6000', deferred: '7000' }))
  const sums = async (asOf?: Date) => { const [row] = await read(db, (reader) => findItems(reader, editor.person, day('2026-05-31'), { programmeId: programme }), asOf); return [row!.progress, row!.applications, row!.spentTwd, row!.forgoneTwd, row!.deferredTwd] }
  expect(await sums()).toEqual([90, 42, 6000, 120_000, 7000])
  expect(await sums(before)).toEqual([80, 40, 5000, 120_000, 7000])
})

test('an item is done only with evidence and the consent of every joint unit, and says whom it waits for', async () => {
  expect(codeOf(await take('finish', lead, '115/6/1'))).toBe('relief.no-evidence')
  expect(codeOf(await take('ask-concurrence', lead, '115/6/1'))).toBe('relief.no-evidence')
  expect(codeOf(await addEvidence(at(lead, '115/6/1 09:00'), { name, kind: 'list' }))).toBe('relief.no-evidence')
  await expect(addEvidence(at(helper, '115/6/1 09:00'), { name, kind: 'list', documentNo: '府工字第1號' })).rejects.toThrow(NotAllowed)
  valueOf(await addEvidence(at(lead, '115/6/1 09:00'), { name, kind: 'list', documentNo: '府工字第1號' }))
  const refused = await take('finish', lead, '115/6/1')
  expect(isRefusal(refused) && refused.message).toBe('還要等財政處、社會處同意，請先送協辦單位')
  valueOf(await take('ask-concurrence', lead, '115/6/2'))
  expect(await waits()).toBe('財政處、社會處同意')
  expect(codeOf(await addEvidence(at(lead, '115/6/2 11:00'), { name, kind: 'list', documentNo: '2' }))).toBe('relief.not-running')
  expect(codeOf(await changeItem(at(editor, '115/6/2 11:00'), { ...input, name }))).toBe('relief.concurring')
  await expect(take('concur', lead, '115/6/3', { unit: String(finance) })).rejects.toThrow(NotAllowed)
  expect(codeOf(await take('concur', helper, '115/6/3', { unit: String(welfare) }))).toBe('relief.option')
  expect([await countWaiting(db, helper.person, 'concur', [finance], day('2026-06-03')), await countWaiting(db, lead.person, 'late', [works], day('2026-07-01'))]).toEqual([1, 1])
  valueOf(await take('concur', helper, '115/6/3', { unit: String(finance) }))
  expect(codeOf(await take('concur', helper, '115/6/3', { unit: String(finance) }))).toBe('relief.option')
  expect(await waits()).toBe('社會處同意')
  // one unit says no: the lead goes on, and all agree anew
  expect(codeOf(await take('object', second, '115/6/4', { unit: String(welfare) }))).toBe('relief.reason')
  valueOf(await take('object', second, '115/6/4', { unit: String(welfare), note: '清冊缺六月' }))
  expect([(await findItemState(db, null, name)).objected?.note, await countWaiting(db, lead.person, 'objected', [works], day('2026-06-04'))]).toEqual(['清冊缺六月', 1])
  expect(codeOf(await take('ask-concurrence', lead, '115/6/5'))).toBe('relief.unchanged')
  valueOf(await addEvidence(at(lead, '115/6/5 09:00'), { name, kind: 'list', documentNo: '府工字第2號' }))
  valueOf(await take('ask-concurrence', lead, '115/6/5'))
  expect((await findItemState(db, null, name)).objected).toBeNull()
  expect(await waits()).toBe('財政處、社會處同意')
  valueOf(await take('concur', helper, '115/6/6', { unit: String(finance) }))
  valueOf(await take('concur', second, '115/6/6', { unit: String(welfare) }))
  expect(await waits()).toBe('工務處登錄完成')
  await expect(take('finish', helper, '115/6/7')).rejects.toThrow(NotAllowed)
  expect(codeOf(await take('finish', lead, '115/6/7'))).toBe('relief.not-all')
  valueOf(await take('finish', lead, '115/6/7', { rest: '其餘一成由中央辦理' }))
  expect(await waits()).toBeNull()
  await expect(take('reopen', lead, '115/6/8', { note: '誤按' })).rejects.toThrow(NotAllowed)
  valueOf(await take('reopen', editor, '115/6/8', { note: '清冊有誤' }))
  expect(codeOf(await take('finish', lead, '115/6/8'))).toBe('relief.not-agreed')
  valueOf(await take('stop', editor, '115/6/9', { note: '中央已辦' }))
  expect((await verifyAll(db)).flatMap(({ differences }) => differences)).toEqual([])
})

test('an item listed today reports the months since it began, and none before', async () => {
  const { number: late } = valueOf(await addItem(at(editor, '115/6/20 09:00'), { ...input, title: '攤位租金減收', startOn: '115/5/1' }))
  const report = (on: string) => acts.report!(at(lead, '115/6/20 10:00'), { name: late, on, progress: '10', source: '清冊' })
  const refused = await report('115/4/30')
  expect(isRefusal(refused) && refused.message).toBe('日期在開始日期（115/5/1）以前')
  valueOf(await report('115/5/31'))
  expect(codeOf(await addItem(at(editor, '115/6/20 09:00'), { ...input, title: '預告', listedOn: '115/6/21' }))).toBe('relief.future')
})

test('months of a file are read, and what is wrong in them is named', () => {
  expect(parseMonths('110/5 進度 40 申請 30 支出 120萬 依據 府字1號\n110/6 進度 100% 緩收 5,000')).toEqual({ months: [
    { month: '2021-05', progress: 40, applications: 30, approved: 0, spentTwd: 1_200_000, forgoneTwd: 0, deferredTwd: 0, source: '府字1號' }, { month: '2021-06', progress: 100, applications: 0, approved: 0, spentTwd: 0, forgoneTwd: 0, deferredTwd: 5000, source: null },
  ] })
  for (const wrong of ['110/13 進度 1', '110/5 申請 3', '110/5 進度 101', '110/5 進度 5 支出 很多', '110/5 進度 5\n110/5 進度 6', '110/5 進度 5\n110/6 進度 4']) expect(parseMonths(wrong)).toHaveProperty('problem')
})

test('the programme of ROC 110 comes from a file: nine plans, 36 items, three sums, as of any day', async () => {
  const rows = makeReliefItems()
  for (const unit of new Set(rows.flatMap((row) => [row.主辦單位!, ...row.協辦單位!.split('、').filter(Boolean)]))) if (!['工務處', '財政處', '社會處', '行政處'].includes(unit)) await makeUnit(db, unit)
  const run = (of: Record<string, string>[], options = {}) => importTables(db, [rowsFile(reliefItemsImporter, 'relief-items.csv', of) as FileOfKind], [reliefItemsImporter], options)
  expect((await run(rows)).errors).toEqual([])
  expect((await run(rows)).messages.join()).toContain('原本就有 42 筆')
  const span = { from: day('2021-04-01'), to: day('2021-09-30'), statusOn: day('2021-10-31'), asOf: null }
  const value = async (id: string) => (await figureValue(db, figures.find((each) => each.id === id)!, span)).value
  expect([await value('relief.plans'), await value('relief.items'), await value('relief.done_rate')]).toEqual([9, 36, 0.6667])
  const [y110] = (await findProgrammes(db)).filter(({ year }) => year === 110)
  const then = await read(db, (reader) => findItems(reader, editor.person, day('2021-10-31'), { programmeId: y110!.id }), parseInstant('110/10/31 23:00'))
  const totals = totalsOf(then)
  expect([totals.items, totals.done]).toEqual([36, 24])
  expect([await value('relief.spent_twd'), await value('relief.forgone_twd'), await value('relief.deferred_twd'), await value('relief.applications')]).toEqual([totals.spentTwd, totals.forgoneTwd, totals.deferredTwd, totals.applications])
  expect(totals.spentTwd).toBeGreaterThan(0)
  const units = await figureSplit(db, figures.find(({ id }) => id === 'relief.items')!, span, 'unit')
  expect(units.reduce((sum, part) => sum + part.value!, 0)).toBe(36)
  const wrong = await run([{ ...rows[6]!, 案號: '紓110-000099', 佐證文號: '', 每月辦理: '110/5 進度 40' }, { ...rows[7]!, 案號: '紓110-000098', 主辦單位: '夢想處' }])
  for (const part of ['佐證文號: 完成的項目要有佐證', '沒有做完的部分: 最後一個月', '主辦單位: 沒有「夢想處」']) expect(wrong.errors.join('\n')).toContain(part)
  expect((await run([{ ...rows[5]!, 預計件數: '7' }])).errors.join()).toContain('確定要更改請加上 --update')
  expect((await run([{ ...rows[5]!, 預計件數: '7' }], { update: true })).errors).toEqual([])
  expect((await verifyAll(db)).flatMap(({ differences }) => differences)).toEqual([])
}, 60_000)
