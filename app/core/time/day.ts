import { CalendarDate, fromDate } from '@internationalized/date'

declare const dayBrand: unique symbol

/** A calendar day in Asia/Taipei, 'YYYY-MM-DD', 0001-01-01 to 9999-12-31. Compares as text in order of time. */
export type Day = string & { readonly [dayBrand]: true }

/** Clock time within one day, Asia/Taipei. */
export type ClockTime = { hour: number; minute: number; second: number; millisecond: number }

export type DayParts = { year: number; month: number; date: number }

export const officeTimeZone = 'Asia/Taipei'

const millisecondsPerDay = 86_400_000
const taipeiOffset = 8 * 3_600_000
// Taiwan last set its clocks forward in 1979; from 1980 on it is UTC+8 all year. Earlier instants ask the zone's history.
const fixedOffsetFrom = Date.UTC(1980, 0, 1) - taipeiOffset
const fixedOffsetFromDay = Date.UTC(1980, 0, 1) / millisecondsPerDay
const firstDayNumber = -719_162 // 0001-01-01
const lastDayNumber = 2_932_896 // 9999-12-31

/** True for the text of an existing day, written 'YYYY-MM-DD' and nothing else. */
export function isDay(value: unknown): value is Day {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return false
  return exists(+value.slice(0, 4), +value.slice(5, 7), +value.slice(8))
}

/** The Day that the ISO text names. Throws RangeError for anything else: for text that people type use parseDay. */
export function day(text: string): Day {
  if (!isDay(text)) throw new RangeError(`not a day: ${JSON.stringify(text)}`)
  return text
}

/** The Day of these Gregorian parts (month 1–12), or null when no such day exists. */
export function dayFromParts(year: number, month: number, date: number): Day | null {
  return exists(year, month, date) ? printDay(year, month, date) : null
}

/** Gregorian parts; month 1–12. */
export function partsOf(theDay: Day): DayParts {
  return { year: +theDay.slice(0, 4), month: +theDay.slice(5, 7), date: +theDay.slice(8) }
}

export const yearOf = (theDay: Day): number => +theDay.slice(0, 4)

/** 'YYYY-MM'. */
export const monthOf = (theDay: Day): string => theDay.slice(0, 7)

/** ROC year: 1912 is 1, 1911 (民國前 1 年) is 0, 1910 is -1. */
export const rocYear = (theDay: Day): number => yearOf(theDay) - 1911

/** 一 to 日. */
export function weekday(theDay: Day): '日' | '一' | '二' | '三' | '四' | '五' | '六' {
  return (['日', '一', '二', '三', '四', '五', '六'] as const)[weekdayOfNumber(dayNumber(theDay))]!
}

/** The day in Taipei on which the instant falls. Throws RangeError for an invalid Date. */
export function dayOf(instant: Date): Day {
  const time = instant.getTime()
  if (Number.isNaN(time)) throw new RangeError('not an instant: invalid Date')
  if (time >= fixedOffsetFrom) return dayFromNumber(Math.floor((time + taipeiOffset) / millisecondsPerDay))
  const { year, month, day: date, era } = fromDate(instant, officeTimeZone)
  if (era !== 'AD') throw new RangeError('an instant before the year 1 has no day here')
  return printDay(year, month, date)
}

/** The clock time in Taipei at the instant. */
export function clockTimeOf(instant: Date): ClockTime {
  const time = instant.getTime()
  if (!(time >= fixedOffsetFrom)) {
    const { hour, minute, second, millisecond } = fromDate(instant, officeTimeZone)
    return { hour, minute, second, millisecond }
  }
  const ofDay = (time + taipeiOffset) % millisecondsPerDay
  return {
    hour: Math.floor(ofDay / 3_600_000),
    minute: Math.floor(ofDay / 60_000) % 60,
    second: Math.floor(ofDay / 1000) % 60,
    millisecond: ofDay % 1000,
  }
}

/** Minutes by which Taipei was ahead of UTC at the instant: 480 in all years since 1980. */
export function offsetMinutesOf(instant: Date): number {
  if (instant.getTime() >= fixedOffsetFrom) return 480
  return Math.round(fromDate(instant, officeTimeZone).offset / 60_000)
}

/** The first instant of the day. */
export function startOf(theDay: Day): Date {
  const number = dayNumber(theDay)
  if (number >= fixedOffsetFromDay) return new Date(number * millisecondsPerDay - taipeiOffset)
  const { year, month, date } = partsOf(theDay)
  return new CalendarDate(year, month, date).toDate(officeTimeZone)
}

/** The first instant of the next day: the bound that the day stays below. */
export function endOf(theDay: Day): Date {
  const number = dayNumber(theDay)
  if (number >= fixedOffsetFromDay) return new Date((number + 1) * millisecondsPerDay - taipeiOffset)
  return startOf(addDays(theDay, 1))
}

/** n days later, or earlier for a negative n. Throws RangeError beyond the years 1 to 9999. */
export function addDays(theDay: Day, n: number): Day {
  return dayFromNumber(dayNumber(theDay) + n)
}

/** Days from one to the other: 0 for the same day, negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from)
}

/** Last day of the month in which the day lies. */
export function lastDayOfMonth(theDay: Day): Day {
  const { year, month } = partsOf(theDay)
  return printDay(year, month, daysInMonth(year, month))
}

/** 28 to 31; month 1–12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

// Days as whole numbers, 1970-01-01 being 0: what clocks count with.

export function dayNumber(theDay: Day): number {
  return numberFromParts(+theDay.slice(0, 4), +theDay.slice(5, 7), +theDay.slice(8))
}

/** Whether the number is that of a day in the years 1 to 9999. */
export const isDayNumber = (number: number): boolean => Number.isInteger(number) && number >= firstDayNumber && number <= lastDayNumber

/** Throws RangeError beyond the years 1 to 9999. */
export function dayFromNumber(number: number): Day {
  if (!isDayNumber(number)) {
    throw new RangeError(`day number ${number} lies outside the years 1 to 9999`)
  }
  const { year, month, date } = partsFromNumber(number)
  return printDay(year, month, date)
}

/** 0 is Sunday. */
export const weekdayOfNumber = (number: number): number => (((number + 4) % 7) + 7) % 7

// The year is counted from 1 March, so that the leap day comes last; an era is 400 years, 146,097 days.
export function numberFromParts(year: number, month: number, date: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + date - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

export function partsFromNumber(number: number): DayParts {
  const shifted = number + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    date: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  }
}

function exists(year: number, month: number, date: number): boolean {
  return (
    Number.isInteger(year) && Number.isInteger(month) && Number.isInteger(date) &&
    year >= 1 && year <= 9999 && month >= 1 && month <= 12 && date >= 1 && date <= daysInMonth(year, month)
  )
}

const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

const printDay = (year: number, month: number, date: number): Day =>
  `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(date)}` as Day

export const twoDigits = (n: number): string => (n < 10 ? `0${n}` : `${n}`)
