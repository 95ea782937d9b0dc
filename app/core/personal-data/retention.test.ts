import { expect, test } from 'vitest'
import { day } from '../time.ts'
import { cutoffOf, keptUntil } from './retention.ts'

test.each([
  ['2015-06-01', 5, '2020-06-01'],
  ['2016-02-29', 1, '2017-02-28'], // a year without that day: the last of the month
  ['2016-02-29', 20, '2036-02-29'],
  ['2015-12-31', 10, '2025-12-31'],
])('closed on %s and kept for %i years: until %s', (closedOn, years, until) => expect(keptUntil(day(closedOn), years)).toBe(until))

test('a yearly list takes what was kept until the end of the year before', () => {
  expect(cutoffOf(day('2026-01-01'))).toBe('2025-12-31')
  expect(cutoffOf(day('2026-12-31'))).toBe('2025-12-31')
})
