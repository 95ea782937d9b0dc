import { expect, test } from 'vitest'
import { printValue, whyNotFormat } from './format.ts'

test('a count is printed with thousands separators and its unit', () => {
  expect(printValue({ value: 407, kind: 'flow', unit: '件' })).toBe('407 件')
  expect(printValue({ value: 125862, kind: 'stock', unit: '張' })).toBe('125,862 張')
  expect(printValue({ value: 407, kind: 'flow', unit: '件' }, 'number')).toBe('407')
})

test('a rate is printed as a percentage with at most two decimals', () => {
  expect(printValue({ value: 0.9951, kind: 'rate', unit: '' })).toBe('99.51 %')
  expect(printValue({ value: 0.6, kind: 'rate', unit: '' })).toBe('60 %')
  expect(printValue({ value: 1, kind: 'rate', unit: '' }, 'percent')).toBe('100 %')
  expect(printValue({ value: 0.9951, kind: 'rate', unit: '' }, 'number')).toBe('99.51')
})

test('money in 億 and counts in 萬 are cut, never rounded up', () => {
  expect(printValue({ value: 9_799_999_999, kind: 'flow', unit: '元' }, 'yi')).toBe('97 億餘元')
  expect(printValue({ value: 9_700_000_000, kind: 'flow', unit: '元' }, 'yi')).toBe('97 億元')
  expect(printValue({ value: 361_204, kind: 'stock', unit: '次' }, 'wan')).toBe('36 萬餘次')
  expect(printValue({ value: 4_120, kind: 'stock', unit: '次' }, 'wan')).toBe('4,120 次')
})

test('a date is printed in the ROC calendar', () => {
  const measured = { value: '2021-09-27', kind: 'date', unit: '' } as const
  expect(printValue(measured)).toBe('民國110年9月27日')
  expect(printValue(measured, 'month-day')).toBe('9月27日')
  expect(printValue(measured, 'short-date')).toBe('110/9/27')
})

test('where there is no value nothing is printed in its place', () => {
  expect(printValue({ value: null, kind: 'flow', unit: '件' })).toBeNull()
  expect(printValue({ value: Number.NaN, kind: 'flow', unit: '件' })).toBeNull()
  expect(printValue({ value: [], kind: 'breakdown', unit: '件' })).toBeNull()
})

test('a form that does not fit the figure is refused with a reason', () => {
  expect(whyNotFormat('flow', 'percent')).toContain('不是比率')
  expect(whyNotFormat('date', 'wan')).toContain('日期')
  expect(whyNotFormat('rate', 'percent')).toBeNull()
})
