import { daysInMonth, numberFromParts, partsFromNumber } from '../time.ts'

// The arithmetic of periods in day numbers, before any rolling. 民法 §120–123, 行政程序法 §48.

/** 民法 §120 II: the first day is not counted. */
export const daysEnd = (trigger: number, days: number): number => trigger + days

/**
 * 民法 §121 II: the period starts on the day after the trigger and ends on the day before the one that corresponds to
 * its start; where the last month has no such day, on that month's last day; a start on the 1st ends with a whole month.
 */
export function monthsEnd(trigger: number, months: number): number {
  const start = partsFromNumber(trigger + 1)
  const isFirst = start.date === 1
  const monthIndex = start.year * 12 + start.month - 1 + months - (isFirst ? 1 : 0)
  const year = Math.floor(monthIndex / 12)
  const month = monthIndex - year * 12 + 1
  const last = daysInMonth(year, month)
  return numberFromParts(year, month, isFirst || start.date > last ? last : start.date - 1)
}

/** The day before the one that corresponds n months earlier: 會計年度開始二個月前 is 10/31. */
export function clearMonthsBefore(event: number, months: number): number {
  const { year, month, date } = partsFromNumber(event)
  const index = year * 12 + month - 1 - months
  const [earlierYear, earlierMonth] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1]
  return numberFromParts(earlierYear, earlierMonth, Math.min(date, daysInMonth(earlierYear, earlierMonth))) - 1
}

export const yearsEnd = (trigger: number, years: number): number => monthsEnd(trigger, years * 12)

/** The first day on or after this one that is one of these days of the year, MM-DD. */
export function nextFixedDate(from: number, dates: readonly string[]): number {
  const { year } = partsFromNumber(from)
  const all = [year, year + 1].flatMap((y) => dates.map((date) => numberFromParts(y, +date.slice(0, 2), +date.slice(3))))
  return Math.min(...all.filter((number) => number >= from))
}

/** The latest day so that n full days lie between it and the event. */
export const clearDaysBefore = (event: number, days: number): number => event - (days + 1)

/** Hours start at once and run through nights and holidays. */
export const hoursEnd = (instant: Date, hours: number): Date => new Date(instant.getTime() + hours * 3_600_000)
