import { expect, test } from 'vitest'
import { day } from '../time.ts'
import { amountClassOf, type ProcurementKind, readAmountClass, type ThresholdName, thresholdsOn } from './thresholds.ts'

const amount = (on: string, name: ThresholdName, kind: ProcurementKind = 'works'): number => {
  const known = thresholdsOn(day(on))
  if ('kind' in known) throw new Error(known.because)
  return known[name].amountsTwd[kind]
}

test('trap 12: the threshold for publication was raised on 112/1/1, not a day sooner', () => {
  expect([amount('2022-12-31', '公告金額'), amount('2023-01-01', '公告金額')]).toEqual([1_000_000, 1_500_000])
  expect([amount('2022-12-31', '小額'), amount('2023-01-01', '小額')]).toEqual([100_000, 150_000])
})

test('the supervision and huge thresholds differ by kind and did not change', () => {
  for (const on of ['2022-12-31', '2023-01-01', '2026-11-24']) {
    expect((['works', 'goods', 'services'] as const).map((kind) => amount(on, '查核金額', kind))).toEqual([50_000_000, 50_000_000, 10_000_000])
    expect((['works', 'goods', 'services'] as const).map((kind) => amount(on, '巨額', kind))).toEqual([200_000_000, 100_000_000, 20_000_000])
  }
})

test('before the Act there are no thresholds', () => {
  expect(thresholdsOn(day('1999-05-26'))).toMatchObject({ kind: 'undetermined' })
  expect(amount('1999-05-27', '公告金額')).toBe(1_000_000)
})

test.each([
  [100_000, 'goods', '2022-12-31', '小額'], [100_001, 'goods', '2022-12-31', '未達公告金額'], [150_000, 'goods', '2023-01-01', '小額'],
  [999_999, 'goods', '2022-12-31', '未達公告金額'], [1_000_000, 'goods', '2022-12-31', '公告金額'], [1_000_000, 'goods', '2023-01-01', '未達公告金額'],
  [1_499_999, 'works', '2023-01-01', '未達公告金額'], [1_500_000, 'works', '2023-01-01', '公告金額'],
  [9_999_999, 'services', '2025-01-01', '公告金額'], [10_000_000, 'services', '2025-01-01', '查核金額'], [20_000_000, 'services', '2025-01-01', '巨額'],
  [49_999_999, 'works', '2025-01-01', '公告金額'], [50_000_000, 'works', '2025-01-01', '查核金額'], [199_999_999, 'works', '2025-01-01', '查核金額'],
  [200_000_000, 'works', '2025-01-01', '巨額'], [100_000_000, 'goods', '2025-01-01', '巨額'],
] as const)('%i dollars of %s on %s are %s', (amountTwd, kind, on, name) => {
  expect(amountClassOf(amountTwd, kind, day(on))).toBe(name)
})

test('a county may set its own small amount, up to a tenth of the publication threshold', () => {
  expect(amountClassOf(80_000, 'goods', day('2025-01-01'), 60_000)).toBe('未達公告金額')
  expect(amountClassOf(60_000, 'goods', day('2025-01-01'), 60_000)).toBe('小額')
  expect(amountClassOf(60_000, 'goods', day('2025-01-01'), 150_001)).toMatchObject({ because: expect.stringContaining('150,000 元') })
})

test('classes are known by the names that notices use', () => {
  expect(['公告金額以上未達查核金額', '公告–查核', '< 公告金額', '查核金額以上', '巨額之採購', '巨額採購'].map(readAmountClass))
    .toEqual(['公告金額', '公告金額', '未達公告金額', '查核金額', '巨額', '巨額'])
  expect(readAmountClass('很多')).toBeNull()
})
