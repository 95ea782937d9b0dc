import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { importFiles } from '../tabular/import.ts'
import { unitsImporter } from './units-import.ts'
import { testFolder } from '../../../test/support/folder.ts'

const { db } = await createTestDatabase()
const folder = testFolder()

function run(csv: string, options: { update?: boolean; keepGood?: boolean } = {}) {
  const path = join(folder, 'units.csv')
  writeFileSync(path, csv)
  return importFiles(db, [path], [unitsImporter], options)
}

const units = () =>
  db.selectFrom('units as u').innerJoin('units as b', 'b.id', 'u.bureau_id').leftJoin('units as p', 'p.id', 'u.parent_id').select(['u.code', 'u.name', 'u.kind', 'b.code as bureau', 'p.code as parent', 'u.valid_from', 'u.valid_until']).orderBy('u.code').execute()

test('units come with their kind, the unit above and their span, in any order of rows', async () => {
  const csv = '代碼,名稱,類型,上級,起,迄\nA0101,為民服務科,科,行政處,,\nA01,行政處,處,,,\nB01,環境保護局,局,,,\nA0201,養護所,所屬機關,A02,100/1/1,\nA02,工務處,處,,民國90年1月1日,112/12/31\nC01,金城鎮公所,鄉鎮公所,,,\n'
  const outcome = await run(csv)
  expect(outcome).toEqual({ exitCode: 0, errors: [], messages: ['單位：新增 6 筆、更新 0 筆、原本就有 0 筆'] })
  const rows = await units()
  expect(rows.map(({ code, kind, bureau, parent }) => [code, kind, bureau, parent])).toEqual([
    ['A01', 'department', 'A01', null], ['A0101', 'section', 'A01', 'A01'], ['A02', 'department', 'A02', null],
    ['A0201', 'agency', 'A02', 'A02'], ['B01', 'bureau', 'B01', null], ['C01', 'township', 'C01', null],
  ])
  expect(rows[2]).toMatchObject({ valid_from: '2001-01-01', valid_until: '2023-12-31' })
  expect((await run(csv)).messages).toEqual(['單位：新增 0 筆、更新 0 筆、原本就有 6 筆'])
})

test('a different row for a known code is refused unless it is meant', async () => {
  const csv = '代碼,名稱,類型,上級,起,迄\nA02,工務處,處,B01,民國90年1月1日,112/12/31\nA0101,便民服務科,科,A01,,\n'
  const refused = await run(csv)
  expect(refused.exitCode).toBe(1)
  expect(refused.errors.slice(0, 2)).toEqual([
    'units.csv:2:上級: 「A02」已有不同的資料，確定要更改請加上 --update',
    'units.csv:3:名稱: 「A0101」已有不同的資料，確定要更改請加上 --update',
  ])
  expect((await run(csv, { update: true })).messages).toEqual(['單位：新增 0 筆、更新 2 筆、原本就有 0 筆'])
  expect((await units()).find(({ code }) => code === 'A0101')!.name).toBe('便民服務科')
})

test('an agency that moves takes its figures to the other bureau', async () => {
  await run('代碼,名稱,類型,上級,起,迄\nA0201,養護所,所屬機關,B01,100/1/1,\n', { update: true })
  expect((await units()).find(({ code }) => code === 'A0201')).toMatchObject({ bureau: 'B01', parent: 'B01' })
})

test('what cannot be is named, and nothing is loaded', async () => {
  const outcome = await run('代碼,名稱,類型,上級,起,迄\nX1,甲,處,,,\nX1,乙,處,,,\nX2,丙,課,,,\nX3,丁,處,X9,,\nX4,戊,處,X5,,\nX5,己,處,X4,,\nX6,庚,科,,,\nX7,辛,處,X7,,\nX8,壬,處,,110/2/1,110/1/31\nX,癸\n')
  expect(outcome.exitCode).toBe(1)
  expect(outcome.errors).toEqual([
    'units.csv:3:代碼: 「X1」與第 2 列重複',
    'units.csv:4:類型: 「課」不是 處、局、所屬機關、鄉鎮公所、科 之一',
    'units.csv:5:上級: 找不到「X9」這個單位',
    'units.csv:6:上級: 上級單位繞了一圈又回到自己',
    'units.csv:7:上級: 上級單位繞了一圈又回到自己',
    'units.csv:8:上級: 科必須填上級單位',
    'units.csv:9:上級: 不能是自己',
    'units.csv:10:迄: 早於起日',
    'units.csv:11:整列: 有 2 欄，欄位名稱有 6 個，請檢查逗號與引號',
    '沒有匯入任何資料：請修正以上各列後再匯入，或加上 --keep-good 只匯入沒有問題的列',
  ])
  expect((await units()).filter(({ code }) => code.startsWith('X'))).toEqual([])
})

test('with --keep-good the other rows are loaded and the refused ones written beside the file, to be mended', async () => {
  const outcome = await run('代碼,名稱,類型,上級\nK1,甲,處,\nK2,=1+1,課,\nK3,丙,科,K2\n', { keepGood: true })
  expect(outcome.exitCode).toBe(1)
  expect(outcome.messages).toEqual([`units.csv 沒有匯入的 2 列寫在 ${join(folder, 'rejected.csv')}`, '單位：新增 1 筆、更新 0 筆、原本就有 0 筆'])
  const rejected = readFileSync(join(folder, 'rejected.csv'), 'utf8')
  expect(rejected).toBe("\ufeff代碼,名稱,類型,上級,退回原因\r\nK2,'=1+1,課,,類型：「課」不是 處、局、所屬機關、鄉鎮公所、科 之一\r\nK3,丙,科,K2,上級：找不到「K2」這個單位\r\n")
  expect((await run(rejected.replace('課', '處'))).messages).toEqual(['單位：新增 2 筆、更新 0 筆、原本就有 0 筆'])
  expect((await units()).find(({ code }) => code === 'K2')!.name).toBe('=1+1')
})
