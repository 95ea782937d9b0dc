import { type Day, clockTimeOf, dayOf, daysBetween, offsetMinutesOf, partsOf, rocYear, twoDigits } from './day.ts'

/** 110/9/27; before ROC 1: 民國前1/12/31. */
export function rocDay(day: Day): string {
  const { month, date } = partsOf(day)
  const year = rocYear(day)
  return `${year > 0 ? year : `民國前${1 - year}`}/${month}/${date}`
}

/** 民國110年9月27日; before ROC 1: 民國前1年12月31日. */
export function rocLongDay(day: Day): string {
  const { month, date } = partsOf(day)
  return `${eraYear(rocYear(day))}年${month}月${date}日`
}

/** 110年9月, from a Day or from 'YYYY-MM'. */
export function rocMonth(dayOrMonth: Day | string): string {
  const year = +dayOrMonth.slice(0, 4) - 1911
  return `${year > 0 ? year : eraYear(year)}年${+dayOrMonth.slice(5, 7)}月`
}

/** 110/9/27 14:05, Taipei. */
export function rocDateTime(instant: Date): string {
  const { hour, minute } = clockTimeOf(instant)
  return `${rocDay(dayOf(instant))} ${twoDigits(hour)}:${twoDigits(minute)}`
}

/** 2021-09-27T14:05:00+08:00, with .123 after the seconds when there are milliseconds. */
export function isoInstant(instant: Date): string {
  const { second, millisecond } = clockTimeOf(instant)
  const fraction = millisecond === 0 ? '' : `.${String(millisecond).padStart(3, '0')}`
  return `${isoLocalMinute(instant)}:${twoDigits(second)}${fraction}${offsetOf(instant)}`
}

/** 2026-02-17T00:30+08:00: how a due instant is printed. */
export const isoMinute = (instant: Date): string => isoLocalMinute(instant) + offsetOf(instant)

/**
 * How far off a due day is: 還有 3 個工作日, 今天到期, 逾期 2 個工作日.
 * `officeDaysBetween` counts the office days after the first day up to and including the second. Where it counts none
 * (a weekend lies between) or cannot tell (null: no office calendar for that year), plain days are said: 還有 1 天.
 */
export function relativeOfficeDays(
  today: Day,
  dueOn: Day,
  officeDaysBetween: (after: Day, upTo: Day) => number | null,
): string {
  if (today === dueOn) return '今天到期'
  const ahead = dueOn > today
  const officeDays = ahead ? officeDaysBetween(today, dueOn) : officeDaysBetween(dueOn, today)
  const length = officeDays ? `${officeDays} 個工作日` : `${Math.abs(daysBetween(today, dueOn))} 天`
  return `${ahead ? '還有' : '逾期'} ${length}`
}

const eraYear = (year: number): string => (year > 0 ? `民國${year}` : `民國前${1 - year}`)

function isoLocalMinute(instant: Date): string {
  const { hour, minute } = clockTimeOf(instant)
  return `${dayOf(instant)}T${twoDigits(hour)}:${twoDigits(minute)}`
}

function offsetOf(instant: Date): string {
  const minutes = offsetMinutesOf(instant)
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`
}
