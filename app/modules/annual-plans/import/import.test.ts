import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { makePerson, makeUnit, useTestKeys } from '../../../../test/support/makers.ts'
import { read } from '../../../core/db.ts'
import { openJobs } from '../../../core/jobs/jobs.ts'
import { importTables } from '../../../core/tabular/import.ts'
import { parseInstant } from '../../../core/time.ts'
import { verifyAll } from '../../../core/verify.ts'
import { rowsFile } from '../../../demo/tables.ts'
import { declareModules } from '../../../start.ts'
import { findProposal, findRounds } from '../queries.ts'
import { proposalsImporter } from './importer.ts'

const { db } = await createTestDatabase()
declareModules()
useTestKeys()
await openJobs(db)
const admin = await makeUnit(db, '行政處')
await makeUnit(db, '工務處')
await makeUnit(db, '建設處')
const section = await makePerson(db, '吳研考', 'control', admin)

const row = { 案號: '施110-000001', 年度: '111', 計畫名稱: '濱海步道', 類別: '公共建設', 主辦單位: '工務處', 協辦單位: '建設處', 經費: '111 縣款 設備及投資 3,000萬\n112 縣款 設備及投資 1,000萬\n111 中央補助 設備及投資 500萬', 提報日期: '110/5/3', 情形: '納入概算', 審定日期: '110/8/25', 建議數: '3,200萬', 研考評分: '88.5', 研考意見: '前期進度良好' }
const load = (rows: Record<string, string>[], options: object = {}) => importTables(db, [rowsFile(proposalsImporter, 'plan-proposals.csv', rows)], [proposalsImporter], options)

test('rows become proposals with money by year, reviews and what became of them, known from their own days', async () => {
  const earlier = { ...row, 案號: '施109-000001', 年度: '110', 經費: '110 縣款 設備及投資 900萬', 提報日期: '109/5/3', 審定日期: '109/8/20', 情形: '未納入', 審定理由: '用地未取得', 建議數: '' }
  expect(await load([{ ...row, 以前年度案號: '施109-000001' }, earlier])).toMatchObject({ exitCode: 0, errors: [] })
  const file = await findProposal(db, section.person, row.案號)
  expect(file).toMatchObject({ askedTwd: 35_000_000, totalTwd: 45_000_000, advisedTwd: 32_000_000, outcome: 'admitted', kind: 'continuing', joint: [{ name: '建設處' }], history: [{ number: '施109-000001', outcome: 'not-admitted' }] })
  expect(file.needs.map(({ position }) => position)).toEqual([1, 1, 3])
  const then = await read(db, (reader) => findProposal(reader, section.person, row.案號), parseInstant('110/8/1 09:00'))
  expect(then).toMatchObject({ stage: 'complete', outcome: null, advisedTwd: null })
  expect(await findRounds(db, section.person)).toMatchObject([{ year: 111, count: 1, admitted: 1 }, { year: 110, count: 1, notAdmitted: 1 }])
  expect((await verifyAll(db)).flatMap(({ differences }) => differences)).toEqual([])
})

test('the same row again changes nothing; another one is refused unless it is meant', async () => {
  const again = { ...row, 以前年度案號: '施109-000001' }
  expect(await load([again])).toMatchObject({ exitCode: 0 })
  expect((await load([{ ...again, 計畫名稱: '濱海步道二期' }])).errors[0]).toContain('--update')
  expect(await load([{ ...again, 計畫名稱: '濱海步道二期' }], { update: true })).toMatchObject({ exitCode: 0 })
  expect((await findProposal(db, section.person, row.案號)).title).toBe('濱海步道二期')
  expect((await verifyAll(db)).flatMap(({ differences }) => differences)).toEqual([])
})

test.each([
  [{ 經費: '112 縣款 設備及投資 100萬' }, '沒有 111 年度的經費'], [{ 經費: '111 縣款 一百萬' }, '請寫成 111 縣款'], [{ 主辦單位: '交通部' }, '沒有「交通部」這個單位'], [{ 情形: '審查中' }, '還沒有審定'],
  [{ 審定日期: '' }, '已審定或撤回就要填'], [{ 情形: '未納入' }, '未納入要寫理由'], [{ 研考評分: '101' }, '不是 0 到 100'], [{ 以前年度案號: '施105-000009' }, '沒有「施105-000009」'], [{ 結束年度: '110' }, '要包含 111 年度'],
])('%o is refused', async (wrong, reason) => {
  const { exitCode, errors } = await load([{ ...row, 案號: '施110-000002', ...wrong }])
  expect([exitCode, errors.join('\n')]).toEqual([1, expect.stringContaining(reason)])
})

test('of two units of one name the one of the day is meant, or a code must be given', async () => {
  await makeUnit(db, '文化課', { code: 'T1' })
  await makeUnit(db, '文化課', { code: 'T2' })
  const given = { ...row, 案號: '施110-000003' }
  expect((await load([{ ...given, 主辦單位: '文化課' }])).errors.join('\n')).toContain('主辦單位: 有 2 個單位叫「文化課」，請改填代碼（T1、T2）')
  expect((await load([{ ...given, 協辦單位: '建設處、文化課' }])).errors.join('\n')).toContain('協辦單位: 有 2 個單位叫「文化課」')
  expect(await load([{ ...given, 主辦單位: 'T2' }])).toMatchObject({ exitCode: 0 })
  await db.updateTable('units').set({ valid_until: '2019-12-31' as never }).where('code', '=', 'T1').execute()
  expect(await load([{ ...given, 案號: '施110-000004', 主辦單位: '文化課' }])).toMatchObject({ exitCode: 0 })
  expect((await findProposal(db, section.person, '施110-000004')).unitId).toBe((await findProposal(db, section.person, '施110-000003')).unitId)
})
