import { officeCalendar } from '../../../core/clocks/index.ts'
import { addDays, type Day, dayNumber, isDay, parseDay, weekdayOfNumber } from '../../../core/time.ts'

/** When it is due, as the office speaks of it; `none`: its clock stands still or has no day yet. */
export const whens = { overdue: '逾期', today: '今天', week: '本週', later: '之後', none: '停止計算或未定' } as const
export type When = keyof typeof whens

/** Which clocks the board shows, as its address says it. */
export type BoardFilter = {
  when: When | null
  /** one day alone, from the month's picture */
  on: Day | null
  unitId: number | null
  /** that unit and those below it */
  unitIds?: number[]
  officer: 'me' | number | null
  rule: string | null
  kind: string | null
  q: string
  /** the month in the picture, 'YYYY-MM'; null: this month */
  month: string | null
}

export function readFilter(query: Record<string, string | undefined>): BoardFilter {
  const id = (text: string | undefined) => (text && /^\d{1,15}$/.test(text) ? Number(text) : null)
  return {
    when: query.when && Object.hasOwn(whens, query.when) ? (query.when as When) : null,
    on: parseDay(query.on ?? ''),
    unitId: id(query.unit),
    officer: query.officer === 'me' ? 'me' : id(query.officer),
    rule: query.rule?.slice(0, 100) || null,
    kind: query.kind?.slice(0, 100) || null,
    q: (query.q ?? '').trim().slice(0, 100),
    month: query.month && isDay(`${query.month}-01`) ? query.month : null,
  }
}

/** The filter as the parameters of an address; what is not set is left out. */
export function filterQuery({ when, on, unitId, officer, rule, kind, q, month }: BoardFilter): Record<string, string> {
  const query = { when, on, unit: unitId, officer, rule, kind, q, month }
  return Object.fromEntries(Object.entries(query).flatMap(([name, value]) => (value === null || value === '' ? [] : [[name, String(value)]])))
}

/** The Sunday with which this week ends. */
export function endOfWeek(today: Day): Day {
  return addDays(today, (7 - weekdayOfNumber(dayNumber(today))) % 7)
}

/** Working days left within which the office calls something soon due. */
export const soonDays = 3

export function soonUntil(today: Day): Day {
  return officeCalendar.addOfficeDays(today, soonDays) ?? addDays(today, soonDays)
}

export function whenOf(dueOn: Day | null, today: Day): When {
  if (!dueOn) return 'none'
  if (dueOn < today) return 'overdue'
  if (dueOn === today) return 'today'
  return dueOn <= endOfWeek(today) ? 'week' : 'later'
}
