import { addDays, type Day, dayFromParts, lastDayOfMonth, partsOf, rocMonth } from '../time.ts'
import type { FigureSpan } from './figure.ts'

/** First and last day. */
export type Period = { from: Day; to: Day }

/** The half-year that the council hears about in which the day lies: April to September, October to March. */
export function halfYearOf(day: Day): Period {
  const { year, month } = partsOf(day)
  if (month >= 4 && month <= 9) return monthsFrom(year, 4, 6)
  return monthsFrom(month >= 10 ? year : year - 1, 10, 6)
}

/** As many half-years as asked, up to and including this one, oldest first. */
export function halfYearsUpTo(last: Period, count: number): Period[] {
  return Array.from({ length: count }, (_, back) => shiftMonths(last, -6 * (count - 1 - back)))
}

/**
 * 資料截止日 of a half-year: a report is compiled a month after its period. While that month runs, the day before today; during
 * the period itself, too, but never before its first day.
 */
export function statusDayOf(period: Period, today: Day): Day {
  const compiled = lastDayOfMonth(addDays(period.to, 1))
  const yesterday = addDays(today, -1)
  if (compiled <= yesterday) return compiled
  return yesterday > period.from ? yesterday : period.from
}

/** The spans before this one, one period length apart, oldest first, this one last; only itself when it is not whole months. */
export function spansUpTo(span: FigureSpan, count: number): FigureSpan[] {
  const months = monthsOf(span)
  if (!months) return [span]
  return Array.from({ length: count }, (_, index) => {
    const back = -months * (count - 1 - index)
    return { ...span, ...shiftMonths(span, back), statusOn: shiftDay(span.statusOn, back) }
  })
}

/** 110年4月至9月, 109年10月至110年3月, 110年4月; else 110年4月1日至110年4月9日. */
export function periodName({ from, to }: Period): string {
  if (!monthsOf({ from, to })) return `${rocMonth(from)}${partsOf(from).date}日至${rocMonth(to)}${partsOf(to).date}日`
  if (from.slice(0, 7) === to.slice(0, 7)) return rocMonth(from)
  return `${rocMonth(from)}至${from.slice(0, 4) === to.slice(0, 4) ? `${partsOf(to).month}月` : rocMonth(to)}`
}

/** Whole months between first and last day, or null. */
function monthsOf({ from, to }: Period): number | null {
  const [a, b] = [partsOf(from), partsOf(to)]
  if (a.date !== 1 || to !== lastDayOfMonth(to)) return null
  return (b.year - a.year) * 12 + b.month - a.month + 1
}

function monthsFrom(year: number, month: number, count: number): Period {
  const from = dayFromParts(year, month, 1)!
  return { from, to: lastDayOfMonth(shiftDay(from, count - 1)) }
}

const shiftMonths = ({ from, to }: Period, months: number): Period => ({ from: shiftDay(from, months), to: shiftDay(to, months) })

/** The same day of another month; a month's last day stays the last. */
function shiftDay(day: Day, months: number): Day {
  const { year, month, date } = partsOf(day)
  const count = year * 12 + month - 1 + months
  const first = dayFromParts(Math.floor(count / 12), (count % 12) + 1, 1)!
  const last = lastDayOfMonth(first)
  const wanted = addDays(first, date - 1)
  return day === lastDayOfMonth(day) || wanted > last ? last : wanted
}
