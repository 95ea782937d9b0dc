import { clockTimeOf, type Day, dayOf, rocLongDay, twoDigits, weekday } from '../../../core/time.ts'

/** 民國110年4月7日（三）14:20 */
export function timeWords(at: Date): string {
  const day = dayOf(at)
  return `${rocLongDay(day)}（${weekday(day)}）${hourOf(at)}`
}

export const dayWords = (day: Day): string => `${rocLongDay(day)}（${weekday(day)}）`

/** 14:20, Taipei. */
export function hourOf(at: Date): string {
  const { hour, minute } = clockTimeOf(at)
  return `${twoDigits(hour)}:${twoDigits(minute)}`
}
