import { expect, test } from 'vitest'
import { readTyped } from './typed-values.ts'

const read = (kind: Parameters<typeof readTyped>[0]['kind'], text: string) => {
  const found = readTyped({ kind, title: '數字' }, text)
  return 'refused' in found ? found.message : found.value
}

test('counts may have thousands separators and full-width digits', () => {
  expect(read('flow', '180')).toBe(180)
  expect(read('stock', ' 125,862 ')).toBe(125862)
  expect(read('flow', '１８０')).toBe(180)
  expect(read('flow', '9712345678')).toBe(9712345678)
})

test('rates are typed as percentages and kept as fractions of four decimals', () => {
  expect(read('rate', '72')).toBe(0.72)
  expect(read('rate', '99.51 %')).toBe(0.9951)
  expect(read('rate', '0.72')).toBe(0.0072)
  expect(read('rate', '1')).toBe(0.01)
  expect(read('rate', '1 %')).toBe(0.01)
  expect(read('rate', '101')).toContain('0 到 100')
})

test('dates are ROC or ISO, and impossible ones are refused', () => {
  expect(read('date', '110/9/27')).toBe('2021-09-27')
  expect(read('date', '民國110年9月27日')).toBe('2021-09-27')
  expect(read('date', '110-02-30')).toContain('看不懂')
})

test('a breakdown is one part a line', () => {
  expect(read('breakdown', '如期 31\n落後：4\n完成=9')).toEqual([{ key: '如期', label: '如期', value: 31 }, { key: '落後', label: '落後', value: 4 }, { key: '完成', label: '完成', value: 9 }])
  expect(read('breakdown', '如期')).toContain('一行寫一項')
  expect(read('breakdown', '如期 1\n如期 2')).toContain('一行寫一項')
})

test('what is no number is refused with a sentence', () => {
  for (const text of ['', '約180', '1e5', '--', '360,000多', '72%']) expect(read('flow', text), text).toContain('「數字」')
})
