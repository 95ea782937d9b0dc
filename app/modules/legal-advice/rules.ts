import type { Calendar } from '../../core/clocks/calendar.ts'
import { refusal, type Refusal } from '../../core/errors.ts'
import { addDays, type Day, dayNumber, startOf, weekdayOfNumber } from '../../core/time.ts'
import type { Stage } from './schema.ts'
import type { ServiceRules } from './service-rules.ts'

const hour = 3_600_000
/** How far ahead a series may reach. */
export const seriesDaysMax = 400

/** The times of one desk: each lasts whole within the hours. `startsAt`, `endsAt`: HH:MM, Taipei. */
export function slotTimes(on: Day, startsAt: string, endsAt: string, minutes: number): Date[] {
  const [from, to] = [minutesOf(startsAt), minutesOf(endsAt)]
  const count = Math.max(0, Math.floor((to - from) / minutes))
  return Array.from({ length: count }, (_, i) => new Date(startOf(on).getTime() + (from + i * minutes) * 60_000))
}

export const minutesOf = (time: string): number => {
  const [hours, minutes] = time.split(':')
  return Number(hours) * 60 + Number(minutes)
}

export type SeriesDay = { day: Day; /** the office is closed, or the calendar does not reach so far */ skipped: 'closed' | 'unknown' | null }

/** Every so many weeks on one weekday (1 Monday … 7 Sunday), both ends included. Days on which the office is closed are left out. */
export function seriesDays(from: Day, until: Day, weekday: number, everyWeeks: number, calendar: Calendar): SeriesDay[] {
  const first = addDays(from, (((weekday % 7) - weekdayOfNumber(dayNumber(from))) + 7) % 7)
  const days: SeriesDay[] = []
  for (let day = first; day <= until; day = addDays(day, 7 * everyWeeks)) {
    const open = calendar.isOpen(day)
    days.push({ day, skipped: open === null ? 'unknown' : open ? null : 'closed' })
  }
  return days
}

/** By when a hold must be confirmed; never later than the time closes. `slotAt` null: a place on the waiting list. */
export function holdUntil(now: Date, slotAt: Date | null, rules: ServiceRules): Date {
  const until = now.getTime() + rules.holdHours * hour
  return new Date(slotAt ? Math.min(until, closesAt(slotAt, rules).getTime()) : until)
}

/** Until when an offer stands; null where it is too late to offer the time to anybody. */
export function offerUntil(now: Date, slotAt: Date, rules: ServiceRules): Date | null {
  const { offerHours, shortOfferHours } = rules
  const left = closesAt(slotAt, rules).getTime() - now.getTime()
  if (left < shortOfferHours * hour) return null
  return new Date(now.getTime() + (left >= offerHours * hour ? offerHours : shortOfferHours) * hour)
}

/** From when on a time is no longer booked on the web. */
export const closesAt = (slotAt: Date, { closesHours }: ServiceRules): Date => new Date(slotAt.getTime() - closesHours * hour)

/** What begins no later than this instant is closed. */
export const closedUntil = (now: Date, { closesHours }: ServiceRules): Date => new Date(now.getTime() + closesHours * hour)

/** The instant of a day from which on those are reminded who have a time on the next. */
export const remindsFrom = (on: Day, { remindHour }: ServiceRules): Date => new Date(startOf(on).getTime() + (remindHour + 0.5) * hour)

export function refuseTime(now: Date, slotAt: Date, rules: ServiceRules): Refusal | null {
  if (now < closesAt(slotAt, rules)) return null
  return refusal('advice.closed', now < slotAt ? '這個時間快開始了，請直接到現場候位' : '這個時間已經過了，請選別的時間', { field: 'slot' })
}

/** A booked time can be given back until it begins; who waits or was offered one, at any time. */
export function refuseCancel(stage: Stage, slotAt: Date | null, now: Date): Refusal | null {
  if (stage === 'closed') return refusal('advice.over', '這次預約已經結束了')
  if (stage === 'arrived' || stage === 'called') return refusal('advice.there', '您已經報到了，請告訴櫃檯')
  if (stage === 'booked' && slotAt && now >= slotAt) return refusal('advice.begun', '約定的時間已經到了，請打電話告訴我們')
  return null
}

export type Turn = { ticket: number; /** null: walked in */ slotAt: Date | null; deskId: number | null; specialityId: number | null }

/**
 * Who is called next at a desk, of those who have checked in: whoever booked a time here that has come, the earliest first; then who
 * walked in, by number; then who is early for a later time. A walk-in whose matter the desk's lawyer does not do is left to others.
 */
export function nextTurn(waiting: readonly Turn[], desk: { id: number; specialities: readonly number[] }, now: Date): Turn | null {
  const mine = waiting.filter((turn) => turn.deskId === desk.id || (turn.deskId === null && (turn.specialityId === null || desk.specialities.includes(turn.specialityId))))
  const rank = (turn: Turn): number => (turn.slotAt === null ? 1 : turn.slotAt <= now ? 0 : 2)
  return mine.toSorted((a, b) => rank(a) - rank(b) || (a.slotAt?.getTime() ?? 0) - (b.slotAt?.getTime() ?? 0) || a.ticket - b.ticket)[0] ?? null
}
