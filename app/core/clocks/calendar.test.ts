import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { addDays, day, dayFromNumber, dayNumber, weekday } from '../time.ts'
import { calendarFrom, officeCalendar, withClosures } from './calendar.ts'
import data from './office-calendar.json' with { type: 'json' }

// Days, closed days, open days, make-up Saturdays: the check sums published with the calendar's source.
test.each([
  [2017, 365, 116, 249, 3], [2018, 365, 115, 250, 2], [2019, 365, 115, 250, 3], [2020, 366, 115, 251, 3],
  [2021, 365, 116, 249, 2], [2022, 365, 115, 250, 1], [2023, 365, 116, 249, 6], [2024, 366, 115, 251, 1],
  [2025, 365, 118, 247, 1], [2026, 365, 120, 245, 0], [2027, 365, 121, 244, 0],
])('%i has %i days, %i closed, %i open, %i make-up Saturdays', (year, days, closed, open, makeUp) => {
  const all = Array.from({ length: days }, (_, i) => addDays(day(`${year}-01-01`), i))
  expect(all.at(-1)).toBe(`${year}-12-31`)
  expect(all.filter((d) => officeCalendar.isOpen(d) === false)).toHaveLength(closed)
  expect(all.filter((d) => officeCalendar.isOpen(d))).toHaveLength(open)
  expect(all.filter((d) => officeCalendar.isOpen(d) && weekday(d) === '六')).toHaveLength(makeUp)
})

const published = new URL('../../../../shared/domain/office-calendar/', import.meta.url)
test.skipIf(!existsSync(published))('the calendar holds the same days as its source files', () => {
  for (const [year, days] of Object.entries(data.years)) {
    const rows = JSON.parse(readFileSync(new URL(`${year}.json`, published), 'utf8')) as { date: string; isHoliday: boolean; note: string }[]
    expect(days).toEqual(rows.map(({ date, isHoliday, note }) => ({ day: date, open: !isHoliday, name: note })))
  }
})

test('a closed day says why', () => {
  expect(officeCalendar.reasonClosed(day('2024-02-09'))).toBe('農曆除夕')
  expect(officeCalendar.reasonClosed(day('2024-03-16'))).toBe('星期六')
  expect(officeCalendar.reasonClosed(day('2023-02-04'))).toBeNull() // make-up Saturday
  expect(officeCalendar.isOpen(day('2025-05-01'))).toBe(true) // 勞動節 2025: offices worked
  expect(officeCalendar.isOpen(day('2026-05-01'))).toBe(false)
})

test('office days are counted as a plain loop over the days counts them', () => {
  const { firstNumber, lastNumber } = officeCalendar
  const wrong: string[] = []
  for (let a = firstNumber; a <= lastNumber; a += 3) {
    let count = 0
    for (let b = a + 1; b <= Math.min(a + 60, lastNumber); b++) {
      if (officeCalendar.isOpen(dayFromNumber(b))) {
        count++
        if (officeCalendar.addOfficeDaysNumber(a, count) !== b) wrong.push(`${count} office days after ${dayFromNumber(a)}`)
      }
      if (officeCalendar.officeDaysBetweenNumbers(a, b) !== count) wrong.push(`${dayFromNumber(a)} to ${dayFromNumber(b)}`)
    }
  }
  expect(wrong).toEqual([])
})

test('the next open day is never closed and nothing open is skipped', () => {
  const wrong: string[] = []
  for (let n = officeCalendar.firstNumber; n <= officeCalendar.lastNumber - 1; n++) {
    const open = officeCalendar.nextOpenNumber(n)
    if (!officeCalendar.isOpenNumber(open)) wrong.push(dayFromNumber(n))
    for (let between = n; between < open; between++) if (officeCalendar.isOpenNumber(between)) wrong.push(dayFromNumber(n))
  }
  expect(wrong).toEqual([])
})

test('office days can be counted backwards', () => {
  expect(officeCalendar.addOfficeDays(day('2024-02-15'), -1)).toBe('2024-02-07')
  expect(officeCalendar.addOfficeDays(day('2024-02-12'), 0)).toBe('2024-02-12')
  expect(officeCalendar.officeDaysBetween(day('2024-02-15'), day('2024-02-07'))).toBe(-1)
})

test('years without a calendar are not guessed', () => {
  for (const far of [day('2016-12-31'), day('2028-01-01'), day('9999-12-31'), day('0001-01-01')]) {
    expect(officeCalendar.isOpen(far)).toBeNull()
    expect(officeCalendar.nextOpen(far)).toBeNull()
    expect(officeCalendar.reasonClosed(far)).toBeNull()
  }
  expect(officeCalendar.addOfficeDays(day('2027-12-31'), 1)).toBeNull()
  expect(officeCalendar.officeDaysBetween(day('2027-12-01'), day('2028-01-03'))).toBeNull()
  expect(officeCalendar.addOfficeDays(day('2016-12-31'), 1)).toBe('2017-01-03')
})

test('a county closure shuts one day, and the calendar gets another version', () => {
  const closed = withClosures(officeCalendar, [{ day: day('2026-09-02'), name: '颱風停止上班' }])
  expect(closed.isOpen(day('2026-09-02'))).toBe(false)
  expect(closed.reasonClosed(day('2026-09-02'))).toBe('颱風停止上班')
  expect(officeCalendar.isOpen(day('2026-09-02'))).toBe(true)
  expect(closed.version).not.toBe(officeCalendar.version)
  expect(closed.nextOpen(day('2026-09-02'))).toBe('2026-09-03')
  expect(withClosures(officeCalendar, []).version).toBe(officeCalendar.version)
})

test('a half day closed leaves the day open', () => {
  const closed = withClosures(officeCalendar, [{ day: day('2026-09-02'), name: '颱風停止上班', half: 'afternoon' }])
  expect(closed.isOpen(day('2026-09-02'))).toBe(true)
  expect(closed.halfClosures.get(dayNumber(day('2026-09-02')))?.half).toBe('afternoon')
})

test('a calendar with a missing year or a wrong day is refused', () => {
  expect(() => calendarFrom({ version: 'x', source: 'x', years: { 2017: [], 2019: [] } })).toThrow(/gaps/)
  expect(() => calendarFrom({ version: 'x', source: 'x', years: {} })).toThrow(/gaps/)
  expect(() => calendarFrom({ version: 'x', source: 'x', years: { 2017: [{ day: '2018-01-01', open: false, name: 'x' }] } })).toThrow(/no day of 2017/)
  const twice = { day: '2017-01-01', open: false, name: 'x' }
  expect(() => calendarFrom({ version: 'x', source: 'x', years: { 2017: [twice, twice] } })).toThrow(/twice/)
})
