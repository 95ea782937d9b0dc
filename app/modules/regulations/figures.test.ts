import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { read } from '../../core/db.ts'
import { figureCases, figureSplit, figureValue } from '../../core/figures/compute.ts'
import type { FigureSpan } from '../../core/figures/figure.ts'
import { day, parseInstant } from '../../core/time.ts'
import { figures } from './figures.ts'
import { importRows, makeOffice } from './office-for-tests.ts'

const { db } = await createTestDatabase()
const office = await makeOffice(db)
const span = (more: Partial<FigureSpan> = {}): FigureSpan => ({ from: day('2021-04-01'), to: day('2021-09-30'), statusOn: day('2021-10-31'), asOf: null, ...more })
const figure = (id: string) => figures.find((each) => each.id === `regulations.${id}`)!
const value = async (id: string, more: Partial<FigureSpan> = {}) => (await figureValue(db, figure(id), span(more))).value
const numbers = async (id: string) => (await figureCases(db, figure(id), span())).map(({ number }) => number).toSorted()

const row = (number: string, name: string, kind: string, change: string, on: string, more: Record<string, string> = {}) => ({ 案號: number, 法規名稱: name, 種類: kind, 異動: change, 主管單位: '建設處', 分類: '建設', 公布日期: on, 條文: change === '廢止' ? '' : `第一條\n${number}。`, ...more })

/** Counted by hand: 2 enacted (a bill and a rule), 2 amended (one of them twice), 3 administrative rules. */
beforeAll(async () => {
  await importRows(db, [
    row('法109-000001', '甲自治條例', '自治條例', '制定', '109/1/2'), row('法109-000002', '乙辦法', '自治規則', '訂定', '110/3/31'),
    row('法110-000001', '丙自治條例', '自治條例', '制定', '110/4/1'), row('法110-000002', '丁辦法', '自治規則', '訂定', '110/9/30', { 主管單位: '環境保護局' }), row('法110-000003', '戊自治條例', '自治條例', '制定', '110/10/1'),
    row('法110-000004', '甲自治條例', '自治條例', '修正', '110/5/3'), row('法110-000005', '甲自治條例', '自治條例', '修正', '110/5/3'), row('法110-000006', '乙辦法', '自治規則', '修正', '110/8/2'),
    row('法110-000007', '乙辦法', '自治規則', '廢止', '110/9/1'),
    row('法110-000008', '己要點', '行政規則', '訂定', '110/4/6'), row('法110-000009', '己要點', '行政規則', '修正', '110/6/6'), row('法110-000010', '庚要點', '行政規則', '訂定', '110/7/1'), row('法110-000011', '庚要點', '行政規則', '停止適用', '110/8/1', { 條文: '' }),
  ])
})

test('what was promulgated within the period counts, the first and the last day too, the day after not', async () => {
  expect(await value('enacted')).toBe(2)
  expect(await numbers('enacted')).toEqual(['法110-000001', '法110-000002'])
  expect(await value('enacted', { statusOn: day('2021-09-29') })).toBe(1)
})

test('a regulation amended twice counts once, and the first of its cases stands for it; a repeal is no amendment', async () => {
  expect(await value('amended')).toBe(2)
  expect(await numbers('amended')).toEqual(['法110-000004', '法110-000006'])
})

test('administrative rules count by kind of change: issued, amended, not ended', async () => {
  expect(await value('administrative_rules')).toBe(3)
})

test('the parts add up, by bureau, month and kind', async () => {
  for (const by of ['unit', 'month', 'category', 'kind'] as const) expect((await figureSplit(db, figure('enacted'), span(), by)).reduce((sum, part) => sum + part.value!, 0)).toBe(2)
  expect((await figureSplit(db, figure('enacted'), span(), 'unit')).map(({ label, value: n }) => [label, n]).toSorted()).toEqual([['建設處', 1], ['環境保護局', 1]])
})

test('as of an instant the figure is what was known then', async () => {
  const then = parseInstant('110/8/1 12:00')!
  expect(await read(db, async (reader) => (await figureValue(reader, figure('amended'), span())).value, then)).toBe(1)
  expect(office.units.works).toBeGreaterThan(0)
})
