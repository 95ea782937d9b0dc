import { writeFileSync, readFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { useTestKeys } from '../../../../test/support/makers.ts'
import { read } from '../../../core/db.ts'
import { unitsImporter } from '../../../core/identity/units-import.ts'
import { unseal } from '../../../core/personal-data/index.ts'
import { importFiles } from '../../../core/tabular/import.ts'
import { writeOds } from '../../../core/tabular/write-ods.ts'
import { petitionsImporter } from './importer.ts'
import { testFolder } from '../../../../test/support/folder.ts'

const { db } = await createTestDatabase()
useTestKeys()
const importers = [unitsImporter, petitionsImporter]
let folder = ''

beforeEach(() => {
  folder = testFolder()
})

const units = '代碼,名稱,類型,上級\nA01,行政處,處,\nA02,工務處,處,\nA03,民政處,處,\nA0101,為民服務科,科,A01\n'
type Row = Record<string, string>
const base = (number: string): Row => ({ 案號: number, 管道: '縣長電子信箱', 收件時間: '110/04/09 08:30', 主旨: '路燈不亮', 主辦單位: '工務處' })
const csvOf = (rows: Row[]): string => {
  const header = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return [header, ...rows.map((row) => header.map((name) => row[name] ?? ''))].map((cells) => cells.join(',')).join('\n')
}

async function run(rows: Row[], options: { update?: boolean; keepGood?: boolean } = {}) {
  writeFileSync(join(folder, 'units.csv'), units)
  writeFileSync(join(folder, 'petitions.csv'), csvOf(rows))
  return importFiles(db, [folder], importers, options)
}

const instant = (text: string): Date => new Date(`${text}+08:00`)
const caseOf = (number: string, asOf: Date | null = null) =>
  read(db, (reader) => reader.selectFrom('cases as c').innerJoin('petitions as p', 'p.id', 'c.id').leftJoin('units as u', 'u.id', 'c.unit_id').selectAll(['c', 'p']).select('u.code as unit').where('c.number', '=', number).executeTakeFirst(), asOf)
const countAll = async (): Promise<Record<string, number>> => {
  const tables = ['cases', 'petitions', 'assignments', 'case_clocks', 'case_dues', 'events', 'imports', 'case_texts', 'petition_letters', 'case_import_rows']
  const counts = await Promise.all(tables.map(async (table) => [table, (await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(db)).rows[0]!.n]))
  return Object.fromEntries(counts) as Record<string, number>
}

const full: Row = {
  ...base('F1'), 登錄時間: '110/04/12 10:00', 內容: '巷口的路燈不亮', 陳情人: '王示範', 電子郵件: 'wang@example.org', 電話: '082-000-001', 鄉鎮: '金湖鎮', 類別: '路燈號誌',
  協辦單位: '民政處、A0101', 分派時間: '110/04/12 14:00', 限辦日期: '110/05/31', 展期至: '110/06/30', 結案時間: '110/06/15 09:00', 結案方式: '答復', 回復內容: '已修復', 滿意度: '4', 公開意願: '是',
}

test('an imported petition is known from its registration on, and each later step from when it happened', async () => {
  const outcome = await run([full])
  expect(outcome.errors).toEqual([])
  expect(outcome.exitCode).toBe(0)
  expect(outcome.messages).toEqual([
    '單位：新增 4 筆、更新 0 筆、原本就有 0 筆',
    '提醒 petitions.csv:2:限辦日期: 110/5/31 與系統計算的 110/5/21 不同，照檔案保留',
    '陳情：新增 1 筆、更新 0 筆、原本就有 0 筆',
  ])
  expect(await caseOf('F1', instant('2021-04-12T09:59'))).toBeUndefined()
  expect(await caseOf('F1', instant('2021-04-12T10:00'))).toMatchObject({ stage: 'received', unit: null, due_on: '2021-05-31', closed_at: null, answer: null })
  expect(await caseOf('F1', instant('2021-04-12T14:00'))).toMatchObject({ stage: 'dispatched', unit: 'A02', due_on: '2021-05-31', extended_to: null })
  expect(await caseOf('F1', instant('2021-05-31T00:00'))).toMatchObject({ stage: 'dispatched', due_on: '2021-06-30', extended_to: '2021-06-30', answer: null })
  const now = (await caseOf('F1'))!
  expect(now).toMatchObject({
    stage: 'closed', unit: 'A02', channel: 'mayor-mail', township: '金湖鎮', category: '路燈號誌', due_on: '2021-06-30', closed_at: instant('2021-06-15T09:00'), outcome: 'answered',
    answer: '已修復', answered_at: instant('2021-06-15T09:00'), satisfaction: 4, publish_consent: true, imported_due_on: '2021-05-31', registered_at: instant('2021-04-12T10:00'),
  })
  expect(now.import_id).not.toBeNull()
  expect([unseal(now.sender_name), unseal(now.sender_email), unseal(now.sender_phone)]).toEqual(['王示範', 'wang@example.org', '082-000-001'])
})

test('its clock, due days, units, letter and events stand beside it', async () => {
  const { id } = (await caseOf('F1'))!
  const clock = await db.selectFrom('case_clocks').selectAll().where('case_id', '=', id).executeTakeFirstOrThrow()
  expect(clock).toMatchObject({ rule: 'petition-30wd', main: true, due_on: '2021-06-30', met_at: instant('2021-06-15T09:00') })
  expect(clock.explanation.slice(0, 2)).toEqual(['展期至 110/6/30（依匯入資料）', '限辦日期 110/5/31 依匯入資料保留；依規則計算為 110/5/21，如下'])
  const dues = await db.selectFrom('case_dues').select(['at', 'due_on', 'cause']).where('case_id', '=', id).orderBy('at').execute()
  expect(dues).toEqual([
    { at: instant('2021-04-09T08:30'), due_on: '2021-05-31', cause: 'imported' }, { at: instant('2021-05-31T00:00'), due_on: '2021-06-30', cause: 'extension' },
  ])
  const assignments = await db.selectFrom('assignments as a').innerJoin('units as u', 'u.id', 'a.unit_id').select(['u.code', 'a.role', 'a.ended_as', 'a.until_at']).where('case_id', '=', id).orderBy('u.code').execute()
  expect(assignments.map(({ code, role, ended_as }) => [code, role, ended_as])).toEqual([['A0101', 'joint', 'closed'], ['A02', 'lead', 'closed'], ['A03', 'joint', 'closed']])
  expect(await db.selectFrom('petition_letters').select(['kind', 'text', 'at', 'recorded_at']).where('case_id', '=', id).execute()).toEqual([
    { kind: 'letter', text: '巷口的路燈不亮', at: instant('2021-04-09T08:30'), recorded_at: instant('2021-04-12T10:00') },
  ])
  const events = await db.selectFrom('events').select(['kind', 'happened_at', 'recorded_at', 'from_stage', 'to_stage']).where('case_id', '=', id).orderBy('id').execute()
  expect(events.map(({ kind, from_stage, to_stage }) => [kind, from_stage, to_stage])).toEqual([
    ['petition.filed', null, 'received'], ['petition.registered', null, null], ['petition.dispatched', 'received', 'dispatched'], ['petition.extended', null, null], ['petition.closed', 'dispatched', 'closed'],
  ])
  expect(events[0]).toMatchObject({ happened_at: instant('2021-04-09T08:30'), recorded_at: instant('2021-04-12T10:00') })
})

test('the same rows again change nothing', async () => {
  const before = await countAll()
  const outcome = await run([full])
  expect(outcome).toEqual({ exitCode: 0, errors: [], messages: ['單位：新增 0 筆、更新 0 筆、原本就有 4 筆', '陳情：新增 0 筆、更新 0 筆、原本就有 1 筆'] })
  await run([{ ...full, 收件時間: '民國110年4月9日 上午8時30分', 主辦單位: 'A02', 滿意度: '４' }])
  const { 內容: _, 滿意度: __, ...fewerColumns } = full
  await run([fewerColumns])
  expect(await countAll()).toEqual(before)
})

test('a different row for a known number is refused by its column', async () => {
  const before = await countAll()
  const outcome = await run([{ ...full, 結案時間: '110/06/16', 滿意度: '5' }])
  expect(outcome.exitCode).toBe(1)
  expect(outcome.errors[0]).toBe('petitions.csv:2:結案時間: 與先前匯入的「F1」不同（還有 滿意度），確定要更改請加上 --update')
  expect(await countAll()).toEqual(before)
})

test('with --update the change is recorded now, and what was believed before stays', async () => {
  const beforeUpdate = new Date()
  const outcome = await run([{ ...full, 結案時間: '110/06/20 10:00', 主辦單位: '民政處', 展期至: '110/07/15', 陳情人: '李示範', 回復內容: '已換新燈', 協辦單位: '' }], { update: true })
  expect(outcome).toMatchObject({ exitCode: 0, errors: [] })
  expect(outcome.messages.at(-1)).toBe('陳情：新增 0 筆、更新 1 筆、原本就有 0 筆')
  const now = (await caseOf('F1'))!
  expect(now).toMatchObject({ closed_at: instant('2021-06-20T10:00'), unit: 'A03', due_on: '2021-07-15', extended_to: '2021-07-15', answer: '已換新燈', answered_at: instant('2021-06-20T10:00'), satisfaction: 4 })
  expect(unseal(now.sender_name)).toBe('李示範')
  expect(await caseOf('F1', beforeUpdate)).toMatchObject({ closed_at: instant('2021-06-15T09:00'), unit: 'A02', due_on: '2021-06-30', answer: '已修復' })
  const dues = (asOf: Date | null) => read(db, (reader) => reader.selectFrom('case_dues').select(['due_on', 'cause']).where('case_id', '=', now.id).orderBy('at').execute(), asOf)
  expect(await dues(null)).toEqual([{ due_on: '2021-05-31', cause: 'corrected' }, { due_on: '2021-07-15', cause: 'extension' }])
  expect(await dues(beforeUpdate)).toEqual([{ due_on: '2021-05-31', cause: 'imported' }, { due_on: '2021-06-30', cause: 'extension' }])
  const last = await db.selectFrom('events').select(['kind', 'payload']).where('case_id', '=', now.id).orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow()
  expect(last).toMatchObject({ kind: 'petition.corrected', payload: { fields: ['senderName', 'unit', 'jointUnits', 'extendedTo', 'closedAt', 'answer'] } })
})

test('an update may open a case again and close it another way', async () => {
  const { 結案時間: _, 結案方式: __, ...open } = full
  await run([{ ...open, 結案時間: '', 結案方式: '' }], { update: true })
  expect(await caseOf('F1')).toMatchObject({ stage: 'dispatched', closed_at: null, outcome: null, answered_at: null })
  const lead = () => db.selectFrom('assignments').select(['until_at', 'ended_as']).where('role', '=', 'lead').where('case_id', '=', sql<number>`(select id from cases where number = 'F1')`).execute()
  expect(await lead()).toEqual([{ until_at: null, ended_as: null }])
  await run([{ ...full, 結案時間: '110/07/01', 結案方式: '移轉' }], { update: true })
  expect(await caseOf('F1')).toMatchObject({ stage: 'closed', outcome: 'transferred' })
  expect(await lead()).toEqual([{ until_at: instant('2021-07-01T00:00'), ended_as: 'closed' }])
})

test('one bad row keeps everything out, and every bad row is named', async () => {
  const before = await countAll()
  const outcome = await run([base('N1'), { ...base('N2'), 收件時間: '110-02-30' }, { ...base('N3'), 管道: '傳真' }])
  expect(outcome.exitCode).toBe(1)
  expect(outcome.errors).toEqual([
    'petitions.csv:3:收件時間: 110-02-30 不是存在的日期（110 年 2 月只有 28 天）',
    'petitions.csv:4:管道: 「傳真」不是 縣長電子信箱、院長電子信箱、總統信箱、臨櫃、電話、書面、1999 之一',
    '沒有匯入任何資料：請修正以上各列後再匯入，或加上 --keep-good 只匯入沒有問題的列',
  ])
  expect(await countAll()).toEqual(before)
})

test('with --keep-good the good rows come in and the others can be mended and imported', async () => {
  const outcome = await run([base('G1'), { ...base('G2'), 收件時間: '110-02-30' }, { ...base('G3'), 併入案號: 'G2' }], { keepGood: true })
  expect(outcome.exitCode).toBe(1)
  expect(outcome.messages.at(-1)).toBe('陳情：新增 1 筆、更新 0 筆、原本就有 0 筆')
  expect(await caseOf('G1')).toBeDefined()
  const path = join(folder, 'rejected.csv')
  const rejected = readFileSync(path, 'utf8')
  expect(rejected.split('\r\n')).toHaveLength(4)
  writeFileSync(path, rejected.replace('110-02-30', '110-02-28'))
  expect((await importFiles(db, [path], importers)).messages).toEqual(['陳情：新增 2 筆、更新 0 筆、原本就有 0 筆'])
  expect(await caseOf('G3')).toMatchObject({ merged_into: (await caseOf('G2'))!.id })
})

test('an unknown column, or a file that is no table, keeps the whole file out', async () => {
  expect((await run([{ ...base('U1'), 備註: 'x' }])).errors[0]).toMatch(/^petitions.csv:1:備註: 不認得這個欄位/)
  writeFileSync(join(folder, 'petitions.csv'), Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))
  const outcome = await importFiles(db, [folder], importers, { keepGood: true })
  expect(outcome.exitCode).toBe(1)
  expect(outcome.errors[0]).toMatch(/^petitions.csv:1:整份檔案: 這是舊版 .xls/)
  expect(existsSync(join(folder, 'rejected.csv'))).toBe(false)
})

test('merged cases find each other across files, and a file under another name is known by its columns', async () => {
  writeFileSync(join(folder, '移轉一.csv'), csvOf([{ ...base('M1'), 併入案號: 'M2', 結案時間: '110/05/01', 結案方式: '併案' }]))
  writeFileSync(join(folder, '移轉二.ods'), writeOds([{ name: '工作表1', header: Object.keys(base('')), rows: [Object.values(base('M2'))] }]))
  const outcome = await importFiles(db, [folder], importers)
  expect(outcome).toMatchObject({ exitCode: 0, messages: ['陳情：新增 2 筆、更新 0 筆、原本就有 0 筆'] })
  expect(await caseOf('M1')).toMatchObject({ merged_into: (await caseOf('M2'))!.id, outcome: 'merged' })
  writeFileSync(join(folder, '移轉三.csv'), csvOf([{ ...base('M2'), 主旨: 'x' }, base('M9')]))
  expect((await importFiles(db, [folder], importers)).errors).toContain('移轉二.ods:2:案號: 「M2」與 移轉三.csv 第 2 列重複')
})

test('a known number of our own form is not drawn again', async () => {
  await run([base('陳110-000123')])
  const { last } = await db.selectFrom('case_counters').select('last').where('roc_year', '=', 110).executeTakeFirstOrThrow()
  expect(last).toBe(123)
})

test('nothing to import is wrong use', async () => {
  await expect(importFiles(db, [], importers)).rejects.toThrow('請指定要匯入的檔案或資料夾')
  await expect(importFiles(db, ['/nowhere'], importers)).rejects.toThrow('找不到「/nowhere」')
  await expect(importFiles(db, [folder], importers)).rejects.toThrow('裡沒有 .csv、.xlsx 或 .ods 檔')
  writeFileSync(join(folder, 'meetings.csv'), '會議,日期\n縣務會議,110/4/9\n')
  await expect(importFiles(db, [folder], importers)).rejects.toThrow('看不出「meetings.csv」是哪一種資料')
  writeFileSync(join(folder, 'letters.csv'), '案號,主旨\nA-1,"沒有結束\n')
  await expect(importFiles(db, [join(folder, 'letters.csv')], importers)).rejects.toThrow(/^letters\.csv:2:.+引號/)
})
