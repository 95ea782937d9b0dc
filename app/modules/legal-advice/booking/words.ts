import { clockTimeOf, type Day, dayOf, rocLongDay, twoDigits, weekday } from '../../../core/time.ts'
import type { Language } from '../../../core/web/language.ts'

/** 民國110年4月7日（三）14:20; Wednesday 7 April 2021, 14:20. Taipei. */
export function timeWords(at: Date, language: Language = 'zh'): string {
  return `${dayWords(dayOf(at), language)}${language === 'en' ? ', ' : ''}${hourOf(at)}`
}

const english = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })

export function dayWords(day: Day, language: Language = 'zh'): string {
  return language === 'en' ? english.format(new Date(`${day}T00:00:00Z`)).replace(',', '') : `${rocLongDay(day)}（${weekday(day)}）`
}

/** 14:20, Taipei. */
export function hourOf(at: Date): string {
  const { hour, minute } = clockTimeOf(at)
  return `${twoDigits(hour)}:${twoDigits(minute)}`
}
