import { expect, test } from 'vitest'
import { aboutTwd, parseTwd, thousandsOf } from './money.ts'

test.each([
  ['1234000', 1_234_000], ['1,234,000', 1_234_000], ['NT$1,234,000', 1_234_000], ['新臺幣 5 萬元整', 50_000], ['97億', 9_700_000_000], ['97.5億元', 9_750_000_000], ['1億2,345萬', 123_450_000],
  ['1億2345萬6789元', 123_456_789], ['123.4 萬', 1_234_000], ['1,200千元', 1_200_000], ['1200仟元', 1_200_000], ['３萬', 30_000], ['2千萬', 20_000_000], ['0', 0], ['56億6,184萬元', 5_661_840_000], ['0.00001億', 1_000],
])('%s is NT$%d', (text, twd) => expect(parseTwd(text)).toBe(twd))

test.each(['', '約五萬', '-5', '1.5', '1.23456萬5', '5萬3億', '3萬2萬', '12 34x', '1e5', '99999兆', '0.000000001億'])('「%s」 is no amount', (text) => expect(parseTwd(text)).toBeNull())

test('reports say the largest unit, and 餘 only where something is left', () => {
  expect([9_712_345_000, 9_700_000_000, 34_560, 30_000, 9_999, 0].map(aboutTwd)).toEqual(['97億餘元', '97億元', '3萬餘元', '3萬元', '9,999元', '0元'])
  expect(thousandsOf(1_234_500)).toBe('1,235')
})
