import { expect, test } from 'vitest'
import { day, isoInstant } from '../time.ts'
import { figurePath, readPart, readSpanQuery } from './paths.ts'
import { halfYearOf, halfYearsUpTo, periodName, spansUpTo, statusDayOf } from './periods.ts'

test('the council hears of April to September and of October to March', () => {
  expect(halfYearOf(day('2021-04-01'))).toEqual({ from: '2021-04-01', to: '2021-09-30' })
  expect(halfYearOf(day('2021-09-30'))).toEqual({ from: '2021-04-01', to: '2021-09-30' })
  expect(halfYearOf(day('2021-10-01'))).toEqual({ from: '2021-10-01', to: '2022-03-31' })
  expect(halfYearOf(day('2022-02-28'))).toEqual({ from: '2021-10-01', to: '2022-03-31' })
  expect(halfYearsUpTo(halfYearOf(day('2021-05-05')), 3).map(periodName)).toEqual(['109年4月至9月', '109年10月至110年3月', '110年4月至9月'])
})

test('a period is called by its months, or by its days', () => {
  expect(periodName({ from: day('2021-04-01'), to: day('2021-04-30') })).toBe('110年4月')
  expect(periodName({ from: day('2021-04-01'), to: day('2021-04-09') })).toBe('110年4月1日至110年4月9日')
})

test('a half-year is judged a month after its end, and before that on the day before', () => {
  const halfYear = halfYearOf(day('2021-04-01'))
  expect(statusDayOf(halfYear, day('2026-11-24'))).toBe('2021-10-31')
  expect(statusDayOf(halfYear, day('2021-11-01'))).toBe('2021-10-31')
  expect(statusDayOf(halfYear, day('2021-10-20'))).toBe('2021-10-19')
  expect(statusDayOf(halfYear, day('2021-04-01'))).toBe('2021-04-01')
})

test('earlier periods of the same length keep month ends', () => {
  const span = { from: day('2021-04-01'), to: day('2021-09-30'), statusOn: day('2021-10-31'), asOf: null }
  expect(spansUpTo(span, 3).map(({ from, to, statusOn }) => [from, to, statusOn])).toEqual([
    ['2020-04-01', '2020-09-30', '2020-10-31'], ['2020-10-01', '2021-03-31', '2021-04-30'], ['2021-04-01', '2021-09-30', '2021-10-31'],
  ])
  const odd = { ...span, to: day('2021-09-29') }
  expect(spansUpTo(odd, 8)).toEqual([odd])
})

const usual = { from: day('2021-04-01'), to: day('2021-09-30'), statusOn: day('2021-10-31'), asOf: null }

test('what an address says of the three instants is read, in ROC or ISO days', () => {
  expect(readSpanQuery({}, usual).span).toEqual(usual)
  expect(readSpanQuery({ from: '110/1/1', to: '2021-03-31' }, usual).span).toEqual({ from: '2021-01-01', to: '2021-03-31', statusOn: '2021-03-31', asOf: null })
  const asOf = readSpanQuery({ asOf: '110-10-31' }, usual)
  expect(isoInstant(asOf.span.asOf!)).toBe('2021-10-31T23:59:59.999+08:00')
  expect(asOf.typed.asOf).toBe('110/10/31')
  const back = new URL(figurePath('petitions.open', asOf.span), 'http://x').searchParams
  expect(readSpanQuery(Object.fromEntries(back), usual).span).toEqual(asOf.span)
})

test('what cannot be read is said and kept, and nothing is counted for a period turned round', () => {
  const read = readSpanQuery({ from: '110-02-30', to: '109/1/1', asOf: '昨天' }, usual)
  expect(Object.keys(read.errors)).toEqual(['from', 'asOf', 'to'])
  expect(read.typed).toMatchObject({ from: '110-02-30', asOf: '昨天' })
  expect(read.span).toEqual(usual)
})

test('a part is named by its split, 未填 meaning blank', () => {
  expect(readPart({ by: 'unit', part: '工務處' }, ['unit'])).toEqual({ by: 'unit', only: { by: 'unit', key: '工務處' } })
  expect(readPart({ by: 'unit', part: '未填' }, ['unit'])).toEqual({ by: 'unit', only: { by: 'unit', key: null } })
  expect(readPart({ by: 'constructor', part: 'x' }, ['unit'])).toEqual({ by: null, only: undefined })
  expect(readPart({ by: 'month' }, ['unit'])).toEqual({ by: null, only: undefined })
})
