import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { useTestKeys } from '../../../../test/support/makers.ts'
import { read } from '../../../core/db.ts'
import { unitsImporter } from '../../../core/identity/units-import.ts'
import { textOn } from '../../../core/laws/dated.ts'
import { findChanges } from '../../../core/laws/store.ts'
import { articlesOf } from '../../../core/laws/text.ts'
import { importFiles } from '../../../core/tabular/import.ts'
import { writeCsv } from '../../../core/tabular/write-csv.ts'
import { writeOds } from '../../../core/tabular/write-ods.ts'
import { day } from '../../../core/time.ts'
import '../tables.ts'
import { regulationsImporter } from './importer.ts'
import { testFolder } from '../../../../test/support/folder.ts'

const { db } = await createTestDatabase()
useTestKeys()
const importers = [unitsImporter, regulationsImporter]

type Row = Record<string, string>
const enacted: Row = { 案號: '法108-000001', 法規名稱: '示範縣公園管理自治條例', 種類: '自治條例', 異動: '制定', 主管單位: '建設處', 分類: '建設', 公布日期: '108/3/4', 條文: '第一條\n甲。\n第二條\n乙。', 罰則: '是' }
const amended: Row = { ...enacted, 案號: '法110-000002', 異動: '修正', 公布日期: '110/5/3', 條文: '第一條\n甲修。\n第二條\n乙。\n第三條\n丙。', 說明: '修正第一條，增訂第三條。' }

async function run(rows: Row[], options: { update?: boolean; keepGood?: boolean } = {}) {
  const folder = testFolder()
  const header = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  writeFileSync(join(folder, 'units.csv'), '代碼,名稱,類型,上級\nA04,建設處,處,\n')
  writeFileSync(join(folder, 'regulations.csv'), writeCsv(header, rows.map((row) => header.map((name) => row[name] ?? ''))))
  return importFiles(db, [folder], importers, options)
}

const lawId = async (name: string) => (await db.selectFrom('laws').select('id').where('name', '=', name).executeTakeFirstOrThrow()).id
const articles = async (name: string, on: string) => articlesOf(textOn(await findChanges(db, await lawId(name)), day(on)).text).map(({ no, text }) => `${no} ${text}`)

test('each row is a promulgation; texts of any day come from the operations between them', async () => {
  const outcome = await run([amended, enacted])
  expect(outcome).toMatchObject({ exitCode: 0, errors: [] })
  expect(outcome.messages.at(-1)).toBe('法規：新增 2 筆、更新 0 筆、原本就有 0 筆')
  expect(await articles(enacted['法規名稱']!, '2019-03-05')).toEqual([])
  expect(await articles(enacted['法規名稱']!, '2019-03-06')).toEqual(['1 甲。', '2 乙。'])
  expect(await articles(enacted['法規名稱']!, '2021-05-05')).toEqual(['1 甲修。', '2 乙。', '3 丙。'])
  const changes = await findChanges(db, await lawId(enacted['法規名稱']!))
  expect(changes[1]!.operations).toEqual([{ do: 'replace-article', no: '1', text: '甲修。' }, { do: 'insert', unit: { kind: 'article', no: '3', text: '丙。' }, after: '2' }])
  const regulation = await db.selectFrom('regulations').innerJoin('cases', 'cases.id', 'regulations.id').selectAll().where('number', '=', '法110-000002').executeTakeFirstOrThrow()
  expect(regulation).toMatchObject({ title: '修正「示範縣公園管理自治條例」', stage: 'closed', outcome: 'completed', promulgated_on: '2021-05-03', effective_on: '2021-05-05', penalty: true })
})

test('it is known from its promulgation on, and marked as imported', async () => {
  const at = (text: string) => read(db, (reader) => reader.selectFrom('cases').select('import_id').where('number', '=', '法108-000001').executeTakeFirst(), new Date(`${text}+08:00`))
  expect(await at('2019-03-04T16:59')).toBeUndefined()
  expect((await at('2019-03-04T17:00'))?.import_id).toBeGreaterThan(0)
})

test('the same rows again change nothing; fewer columns neither', async () => {
  const before = await db.selectFrom('law_changes').selectAll().orderBy('id').execute()
  expect((await run([enacted, amended])).messages.at(-1)).toBe('法規：新增 0 筆、更新 0 筆、原本就有 2 筆')
  const { 說明: _, 罰則: __, ...fewer } = amended
  expect((await run([fewer])).messages.at(-1)).toBe('法規：新增 0 筆、更新 0 筆、原本就有 1 筆')
  expect(await db.selectFrom('law_changes').selectAll().orderBy('id').execute()).toEqual(before)
})

test('a different row is refused by its column, and changes with --update only its own text', async () => {
  const other = { ...enacted, 條文: '第一條\n甲。\n第二條\n乙更正。' }
  expect((await run([other])).errors[0]).toBe('regulations.csv:2:條文: 與先前匯入的「法108-000001」不同，確定要更改請加上 --update')
  const before = new Date()
  expect(await run([other], { update: true })).toMatchObject({ exitCode: 0, errors: [] })
  expect(await articles(enacted['法規名稱']!, '2019-03-06')).toEqual(['1 甲。', '2 乙更正。'])
  expect(await articles(enacted['法規名稱']!, '2021-05-05')).toEqual(['1 甲修。', '2 乙。', '3 丙。'])
  const then = await read(db, async (reader) => findChanges(reader, await lawId(enacted['法規名稱']!)), before)
  expect(articlesOf(textOn(then, day('2019-03-06')).text).map(({ text }) => text)).toEqual(['甲。', '乙。'])
})

test('an amendment found later is put between, and two of one day show one text', async () => {
  const between = { ...amended, 案號: '法109-000007', 公布日期: '109/6/1', 條文: '第一條\n甲。\n第二條\n乙中。' }
  const sameDay = { ...amended, 案號: '法110-000003', 條文: '第一條\n甲再修。\n第二條\n乙。\n第三條\n丙。' }
  expect((await run([between, sameDay])).errors).toEqual([])
  expect(await articles(enacted['法規名稱']!, '2020-06-03')).toEqual(['1 甲。', '2 乙中。'])
  expect(await articles(enacted['法規名稱']!, '2021-05-05')).toEqual(['1 甲再修。', '2 乙。', '3 丙。'])
})

test('a repeal needs no text and takes effect on the third day; a renaming keeps the law', async () => {
  const rule: Row = { 案號: '法109-000010', 法規名稱: '示範縣政府會議室借用要點', 種類: '行政規則', 異動: '訂定', 主管單位: 'A04', 公布日期: '109/7/1', 條文: '一、甲。\n二、乙。' }
  const renamed = { ...rule, 案號: '法109-000011', 異動: '修正', 原名稱: rule['法規名稱']!, 法規名稱: '示範縣政府場地借用要點', 公布日期: '109/8/3' }
  const ended: Row = { 案號: '法110-000011', 法規名稱: '示範縣政府場地借用要點', 種類: '行政規則', 異動: '停止適用', 主管單位: 'A04', 公布日期: '110/2/1' }
  expect((await run([rule, renamed, ended])).errors).toEqual([])
  const changes = await findChanges(db, await lawId('示範縣政府場地借用要點'))
  expect([textOn(changes, day('2020-07-01')).text.name, textOn(changes, day('2020-08-03')).text.name]).toEqual(['示範縣政府會議室借用要點', '示範縣政府場地借用要點'])
  expect([textOn(changes, day('2021-01-31')).state, textOn(changes, day('2021-02-01')).state]).toEqual(['in-force', 'repealed'])
})

test('what cannot be is named by row and column, and nothing is loaded', async () => {
  const count = async () => (await db.selectFrom('cases').select((eb) => eb.fn.countAll().as('n')).executeTakeFirstOrThrow()).n
  const before = await count()
  const outcome = await run([
    { ...amended, 案號: 'X1', 法規名稱: '沒有這個辦法' }, { ...enacted, 案號: 'X2' }, { ...enacted, 案號: 'X3', 法規名稱: '新的', 條文: '隨便' },
    { ...enacted, 案號: 'X4', 法規名稱: '新的二', 主管單位: '不存在處' }, { ...enacted, 案號: 'X5', 法規名稱: '新的三', 條文: '' },
  ])
  expect(outcome.errors).toEqual([
    'regulations.csv:2:法規名稱: 找不到要修正的法規，請先匯入它的制（訂）定',
    'regulations.csv:3:法規名稱: 已經有這個法規，請填修正',
    'regulations.csv:4:條文: 讀不出條文：每條請以「第一條」或「第 1 條」開頭，要點以「一、」開頭',
    'regulations.csv:5:主管單位: 沒有「不存在處」這個單位，請先匯入 units.csv',
    'regulations.csv:6:條文: 制定要有全部條文',
    '沒有匯入任何資料：請修正以上各列後再匯入，或加上 --keep-good 只匯入沒有問題的列',
  ])
  expect(await count()).toBe(before)
})

test('a spreadsheet is read the same', async () => {
  const folder = testFolder()
  const header = Object.keys(enacted)
  const row: Row = { ...enacted, 案號: '法111-000001', 法規名稱: '示範縣綠地自治條例', 公布日期: '111/3/1' }
  writeFileSync(join(folder, 'regulations.ods'), writeOds([{ name: '法規', header, rows: [header.map((name) => row[name]!)] }]))
  expect((await importFiles(db, [folder], importers)).errors).toEqual([])
  expect(await articles('示範縣綠地自治條例', '2022-03-03')).toEqual(['1 甲。', '2 乙。'])
})
