import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { useTestKeys } from '../../../../test/support/makers.ts'
import { read } from '../../../core/db.ts'
import { figureValues } from '../../../core/figures/compute.ts'
import { unitsImporter } from '../../../core/identity/units-import.ts'
import { importFiles } from '../../../core/tabular/import.ts'
import { writeCsv } from '../../../core/tabular/write-csv.ts'
import { day } from '../../../core/time.ts'
import { verifyAll } from '../../../core/verify.ts'
import { declareModules } from '../../../start.ts'
import { figures } from '../figures.ts'
import { legalAdviceImporter } from './importer.ts'
import { testFolder } from '../../../../test/support/folder.ts'

const { db } = await createTestDatabase()
useTestKeys()
declareModules()

type Row = Record<string, string>
const row = (n: number, more: Row = {}): Row => ({ 案號: `諮110-00000${n}`, 場次日期: '110/4/14', 地點: '第一會議室', 主辦單位: '行政處', 律師: '示範甲', 類別: '勞動', 方式: '網路', 預約日期: '110/4/4', 約定時間: '14:00', 報到時間: '13:50', 叫號時間: '14:05', 結果: '已諮詢', 姓名: '王示範', ...more })
async function run(rows: Row[], options: { update?: boolean } = {}) {
  const folder = testFolder()
  const header = [...new Set(rows.flatMap((one) => Object.keys(one)))]
  writeFileSync(join(folder, 'units.csv'), '代碼,名稱,類型,上級\nA08,行政處,處,\n')
  writeFileSync(join(folder, 'legal-advice.csv'), writeCsv(header, rows.map((one) => header.map((name) => one[name] ?? ''))))
  return importFiles(db, [folder], [unitsImporter, legalAdviceImporter], options)
}
const count = async (kind: string) => (await sql<{ n: number }>`select count(*) as n from cases where kind = ${kind}`.execute(db)).rows[0]!.n
const first = [row(1), row(2, { 結果: '未到', 報到時間: '', 叫號時間: '', 律師: '示範乙' }), row(3, { 方式: '現場', 預約日期: '', 約定時間: '' }), row(4, { 場次日期: '110/5/12' })]

test('rows of one day, hour and place make one session, held; lawyers not on the roster get on it', async () => {
  expect(await run(first)).toMatchObject({ exitCode: 0, errors: [] })
  expect([await count('legal-session'), await count('legal-advice')]).toEqual([2, 4])
  expect((await db.selectFrom('advice_lawyers').select(['name', 'person_id']).orderBy('name').execute()).map(({ name, person_id: person }) => [name, person])).toEqual(expect.arrayContaining([['示範甲', null], ['示範乙', null]]))
  const values = await figureValues(db, figures, { from: day('2021-04-01'), to: day('2021-09-30'), statusOn: day('2021-10-31'), asOf: null })
  expect([values['legal_aid.sessions']!.value, values['legal_aid.persons']!.value, values['legal_aid.no_show_rate']!.value, values['legal_aid.days_ahead']!.value]).toEqual([2, 3, 0.3333, 24])
  const before = await read(db, (reader) => figureValues(reader, figures, { from: day('2021-04-01'), to: day('2021-09-30'), statusOn: day('2021-10-31'), asOf: null }), new Date('2021-05-12T12:00+08:00'))
  expect(before['legal_aid.persons']!.value).toBe(2) // the fourth was not known at noon
})

test('the same rows change nothing; another is refused unless meant; a lawyer more gets a desk', async () => {
  expect((await run(first)).messages.at(-1)).toBe('法律諮詢：新增 0 筆、更新 0 筆、原本就有 4 筆')
  expect((await run([row(1, { 類別: '消費' })])).errors[0]).toBe('legal-advice.csv:2:類別: 與先前匯入的「諮110-000001」不同，確定要更改請加上 --update')
  expect(await run([row(1, { 類別: '消費', 律師: '示範丙' })], { update: true })).toMatchObject({ exitCode: 0, errors: [] })
  const changed = (await sql<{ name: string; lawyer: string }>`select p.name, l.name as lawyer from advice_bookings b join cases c on c.id = b.case_id join advice_specialities p on p.id = b.speciality_id join advice_desks d on d.id = b.desk_id join advice_lawyers l on l.id = d.lawyer_id where c.number = '諮110-000001'`.execute(db)).rows[0]
  expect([changed, await count('legal-session')]).toEqual([{ name: '消費', lawyer: '示範丙' }, 2])
})

test('wrong rows are named with their column', async () => {
  const outcome = await run([row(5, { 類別: '太空法' }), row(6, { 主辦單位: '沒有處' }), row(7, { 場次日期: '199/1/1' }), row(8, { 預約日期: '110/4/20' }), row(9, { 結束時間: '13:00', 報到時間: '25:00' })])
  expect(outcome.errors.slice(0, 5).map((line) => line.replace(/^legal-advice\.csv:/, '').split(':').slice(0, 2).join(':')).toSorted()).toEqual(['2:類別', '3:主辦單位', '4:場次日期', '5:預約日期', '6:報到時間'])
  expect(await count('legal-advice')).toBe(4)
})

test('events, stages, numbers and rows prove each other', async () => {
  expect((await verifyAll(db)).flatMap(({ differences }) => differences)).toEqual([])
})
