import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { read } from '../../../core/db.ts'
import { figureCases, figureSplit, figureValue } from '../../../core/figures/compute.ts'
import { type FigureSpan, holds, toldValue } from '../../../core/figures/figure.ts'
import { unseal } from '../../../core/personal-data/index.ts'
import { importTables } from '../../../core/tabular/import.ts'
import { day, parseInstant } from '../../../core/time.ts'
import { verifyAll } from '../../../core/verify.ts'
import { figures } from '../figures.ts'
import { makeOffice } from '../office-for-tests.ts'
import { checkAppeals } from './check.ts'
import { appealsImporter } from './importer.ts'

const { db } = await createTestDatabase()
await makeOffice(db)

type Row = Record<string, string>
async function run(rows: Row[], options: { update?: boolean } = {}) {
  const header = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const table = { file: 'appeals.csv', header, rows: rows.map((row, i) => ({ number: i + 2, cells: header.map((name) => row[name] ?? '') })) }
  return importTables(db, [{ importer: appealsImporter, name: 'appeals.csv', path: 'appeals.csv', sha256: Buffer.alloc(32), table, problems: [] }], [appealsImporter], options)
}

const base: Row = { 案由: '因違章建築事件', 類別: '建築管理', 原處分機關: '金湖鎮公所', 處分送達日期: '110/1/4', 住居地: '金門縣', 訴願人: '王示範', 主辦單位: '法制科' }
const partly: Row = { ...base, 案號: '訴110-000001', 收件日期: '110/2/1', 答辯日期: '110/2/22', 請求事項: '原處分撤銷；請求退還罰鍰', 決定結果: '撤銷、駁回', 決定依據: '訴願法 §81；訴願法 §79', 決定日期: '110/4/20', 決定書文號: '府訴決字第1100001號', 正本發文日期: '110/4/28' }
const rows: Row[] = [
  partly,
  { ...base, 案號: '訴110-000002', 收件日期: '110/2/8', 原處分機關: '稅務局', 類別: '稅務', 決定結果: '駁回', 決定日期: '110/5/20', 正本發文日期: '110/5/28' },
  { ...base, 案號: '訴110-000003', 收件日期: '110/3/2', 機關層級: '鄉（鎮、市）公所', 決定結果: '不受理', 決定日期: '110/9/30', 正本發文日期: '110/10/5' },
  { ...base, 案號: '訴110-000004', 收件日期: '110/4/1' },
  { ...base, 案號: '訴110-000005', 收件日期: '110/9/30', 決定結果: '駁回', 決定日期: '110/10/31', 正本發文日期: '110/11/3' },
  { ...base, 案號: '訴110-000006', 收件日期: '110/5/3', 其他終結: '撤回', 終結日期: '110/6/1' },
  { ...base, 案號: '訴110-000007', 收件日期: '110/5/4', 原處分機關: '某部', 機關層級: '中央機關', 其他終結: '移送管轄機關', 終結日期: '110/5/10' },
  { ...base, 案號: '訴110-000008', 收件日期: '110/10/4', 先收受機關: '金湖鎮公所', 先收受日期: '110/9/29' },
]

const span = (more: Partial<FigureSpan> = {}): FigureSpan => ({ from: day('2021-04-01'), to: day('2021-09-30'), statusOn: day('2021-10-31'), asOf: null, ...more })
const figure = (id: string) => figures.find((each) => each.id === `appeals.${id}`)!
const value = async (id: string, more: Partial<FigureSpan> = {}) => (await figureValue(db, figure(id), span(more))).value
const numbers = async (id: string) => (await figureCases(db, figure(id), span())).map(({ number }) => number!.slice(-1)).toSorted().join('')

beforeAll(async () => {
  const outcome = await run(rows)
  if (outcome.errors.length) throw new Error(outcome.errors.join('\n'))
})

test('a decision with two outcomes is one case with two claims', async () => {
  const found = await db.selectFrom('cases').innerJoin('appeals', 'appeals.id', 'cases.id').selectAll().where('number', '=', '訴110-000001').executeTakeFirstOrThrow()
  expect(found).toMatchObject({ stage: 'closed', outcome: 'partly-revoked', decision: 'partly-revoked', decided_on: '2021-04-20', dispatched_on: '2021-04-28', agency_kind: 'township', agency_reply: 'defended', filing_due_on: '2021-02-03', due_on: '2021-05-03' })
  const claims = await db.selectFrom('appeal_claims').select(['text', 'outcome', 'basis']).where('case_id', '=', found.id).orderBy('position').execute()
  expect(claims).toEqual([{ text: '原處分撤銷', outcome: 'revoked', basis: '訴願法 §81' }, { text: '請求退還罰鍰', outcome: 'dismissed', basis: '訴願法 §79' }])
  const party = await db.selectFrom('appeal_parties').select(['name', 'role']).where('case_id', '=', found.id).executeTakeFirstOrThrow()
  expect([unseal(party.name), party.role]).toEqual(['王示範', 'appellant'])
})

test('figures of the half-year, counted by hand: filed by the first receipt, pending on the status day, decided whenever filed', async () => {
  expect([await numbers('filed'), await value('filed')]).toEqual(['4568', 4])
  expect(await numbers('filed_pending')).toBe('48')
  expect(await value('filed_pending', { statusOn: day('2021-10-30') })).toBe(3)
  expect(await numbers('decided')).toBe('123')
  expect([await value('decided_non_acceptance'), await value('decided_dismissed'), await value('decided_revoked'), await value('decided_partly_revoked')]).toEqual([1, 1, 0, 1])
  const told = toldValue(await figureValue(db, figure('decided_by_outcome'), span())) as { key: string; value: number }[]
  expect(told.filter((part) => part.value).map((part) => [part.key, part.value])).toEqual([['non-acceptance', 1], ['dismissed', 1], ['partly-revoked', 1]])
  expect(await value('in_time_rate')).toBe(0.3333)
  expect(await value('revocation_rate')).toBe(0.3333)
  expect((await figureSplit(db, figure('decided'), span(), 'unit')).map(({ label, value: n }) => [label, n]).toSorted()).toEqual([['稅務局', 1], ['金湖鎮公所', 2]])
})

test('carried in and new less ended is carried out, case by case', async () => {
  const found = await figureValue(db, figure('balance'), span())
  expect((toldValue(found) as { value: number }[]).map((part) => part.value)).toEqual([3, 4, 4, 3])
  expect(holds(found)).toBe(true)
})

test('what was pending on a past day is pending as of that day', async () => {
  const then = parseInstant('110/5/1 12:00')!
  const counted = (id: string) => read(db, async (reader) => (await figureValue(reader, figure(id), span())).value, then)
  expect([await counted('filed'), await counted('decided')]).toEqual([1, 1])
})

test('the same rows again change nothing; a different one is refused, and put right with --update', async () => {
  expect((await run(rows)).messages.at(-1)).toBe('訴願：新增 0 筆、更新 0 筆、原本就有 8 筆')
  const other = { ...partly, 決定結果: '撤銷、撤銷', 訴願人: '李示範' }
  expect((await run([other])).errors[0]).toBe('appeals.csv:2:訴願人: 與先前匯入的「訴110-000001」不同（還有 決定結果），確定要更改請加上 --update')
  expect((await run([other], { update: true })).errors).toEqual([])
  const found = await db.selectFrom('cases').innerJoin('appeals', 'appeals.id', 'cases.id').select(['cases.id', 'outcome', 'decision', 'stage']).where('number', '=', '訴110-000001').executeTakeFirstOrThrow()
  expect(found).toMatchObject({ outcome: 'revoked', decision: 'revoked', stage: 'closed' })
  const late = { ...base, 案號: '訴110-000004', 收件日期: '110/4/1', 決定結果: '駁回', 決定日期: '110/12/1', 正本發文日期: '110/12/6' }
  expect((await run([late], { update: true })).errors).toEqual([])
  expect(await value('filed_pending', { statusOn: day('2021-12-31') })).toBe(1)
})

test('what cannot be is named by row and column, and nothing is loaded', async () => {
  const outcome = await run([
    { ...base, 案號: 'X1', 收件日期: '110/2/1', 決定結果: '駁回' }, { ...partly, 案號: 'X2', 決定結果: '撤銷' }, { ...base, 案號: 'X3', 收件日期: '110/2/1', 原處分機關: '某部' }, { ...base, 案號: 'X4', 收件日期: '110/1/1' },
    { ...base, 案號: 'X5', 收件日期: '110/2/1', 其他終結: '撤回' },
  ])
  expect(outcome.errors).toEqual([
    'appeals.csv:2:決定日期: 決定結果和決定日期要一起填',
    'appeals.csv:3:決定結果: 有 2 項請求、1 項結果，每一項請求各填一個',
    'appeals.csv:4:機關層級: 看不出「某部」是哪一種機關，請填機關層級',
    'appeals.csv:5:處分送達日期: 晚於收件日期',
    'appeals.csv:6:終結日期: 其他終結和終結日期要一起填',
    '沒有匯入任何資料：請修正以上各列後再匯入，或加上 --keep-good 只匯入沒有問題的列',
  ])
})

test('imported cases prove like the others', async () => {
  expect((await verifyAll(db)).flatMap(({ differences }) => differences)).toEqual([])
})

test('a name that several units share must be given by code; one used again means the unit of that day', () => {
  const cells = { unit: '法制科', agency: '金湖鎮公所', agencyKind: null, receivedOn: day('2021-04-01'), dispositionOn: null, repliedOn: null, decidedOn: null, dispatchedOn: null, endedOn: null, firstReceivedOn: null, servedOn: null, appliedOn: null, ground: 'disposition', outcomes: null, claims: null, ending: null, residence: null, form: 'appeal' }
  const unit = (id: number, code: string, name: string, kind: string, from: string, until: string | null) => ({ id, code, name, kind, validFrom: day(from), validUntil: until === null ? null : day(until) })
  const check = (units: ReturnType<typeof unit>[], more: object = {}) => checkAppeals([{ row: { number: 2, cells: [] }, value: { ...cells, ...more }, file: 'appeals.csv', header: [] } as never], { units, county: '示範縣政府', today: day('2021-12-01') })
  const law = [unit(1, 'L1', '法制科', 'section', '2010-01-01', '2020-12-31'), unit(2, 'L2', '法制科', 'section', '2021-01-01', null)]
  const office = unit(3, 'T3', '金湖鎮公所', 'township', '2010-01-01', null)
  expect(check([...law, office]).rows[0]!.value).toMatchObject({ unitId: 2, agencyUnitId: 3 })
  expect(check([...law, office], { receivedOn: day('2019-05-01') }).rows[0]!.value.unitId).toBe(1)
  const twins = check([law[1]!, unit(4, 'L4', '法制科', 'section', '2021-01-01', null), office, unit(5, 'T5', '金湖鎮公所', 'township', '2010-01-01', null)])
  expect(twins.problems.map((one) => one.reason ?? JSON.stringify(one)).join()).toContain('L2、L4')
  expect(twins.problems.map((one) => one.reason ?? JSON.stringify(one)).join()).toContain('T3、T5')
})
