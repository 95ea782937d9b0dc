import { officeCalendar } from '../core/clocks/index.ts'
import { type Day, addDays, clockTimeOf, dayOf, startOf } from '../core/time.ts'
import type { Random } from './random.ts'

const minute = 60_000

/** The instant on that day, Taipei. */
export const at = (day: Day, hour: number, minutes = 0): Date => new Date(startOf(day).getTime() + (hour * 60 + minutes) * minute)

/** A time when people sit in the office: 8:00 to 17:30. */
export const officeTime = (day: Day, random: Random, fromHour = 8): Date => at(day, 0, random.int(fromHour * 60 + 5, 17 * 60 + 25))

/** The n-th office day after the day; n = 0 is the day itself if the office is open, else the next open one. */
export function officeDay(day: Day, n: number): Day {
  const found = n === 0 ? officeCalendar.nextOpen(day) : officeCalendar.addOfficeDays(day, n)
  if (!found) throw new Error(`the office calendar does not reach ${n} days after ${day}`)
  return found
}

export const isOpen = (day: Day): boolean => officeCalendar.isOpen(day) === true

/** Soon after an instant, but in office hours: the same day if there is time left, else in the next morning. */
export function soonAfter(instant: Date, minutesMost: number, random: Random): Date {
  const day = dayOf(instant)
  const { hour } = clockTimeOf(instant)
  const soon = new Date(instant.getTime() + random.int(5, minutesMost) * minute)
  if (isOpen(day) && hour >= 8 && dayOf(soon) === day && clockTimeOf(soon).hour < 18) return soon
  const next = hour < 8 && isOpen(day) ? day : officeDay(addDays(day, 1), 0)
  return at(next, 8, random.int(10, 150))
}

/** When a resident writes: seldom at night, mostly around noon and in the evening. */
export function homeTime(day: Day, random: Random): Date {
  const hour = random.weighted([[0, 2], [1, 1], [6, 1], [7, 3], [8, 5], [9, 8], [10, 8], [11, 7], [12, 8], [13, 6], [14, 6], [15, 6], [16, 6], [17, 5], [18, 5], [19, 6], [20, 8], [21, 9], [22, 7], [23, 4]])
  return at(day, hour, random.int(0, 59))
}

export const isKnown = (day: Day): boolean => officeCalendar.knows(day)
