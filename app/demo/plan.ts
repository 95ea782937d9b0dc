import { type Day, addDays, day, daysInMonth, partsOf } from '../core/time.ts'
import { isOpen } from './office-time.ts'
import type { Random } from './random.ts'

/** How many letters come in a month: through the three mailboxes, and through the other channels. */
type Month = { month: string; mailboxes: number; others: number }

/**
 * From 108-08 to 110-12: two months before the first half-year, so that it begins with cases carried in; four half-years; and
 * a quarter after the last. The half-year 110-04-01 to 110-09-30 has 407 letters through the mailboxes.
 */
export const months: Month[] = [
  ...half('2019-08', [52, 49], [27, 24]),
  ...half('2019-10', [58, 61, 55, 44, 63, 71], [29, 31, 28, 24, 30, 33]),
  ...half('2020-04', [66, 59, 62, 71, 68, 55], [34, 30, 29, 33, 31, 27]),
  ...half('2020-10', [67, 72, 74, 78, 58, 81], [32, 30, 33, 31, 24, 35]),
  ...half('2021-04', [61, 74, 82, 72, 63, 55], [29, 33, 36, 31, 28, 26]),
  ...half('2021-10', [64, 69, 66], [30, 31, 28]),
]

function half(first: string, mailboxes: number[], others: number[]): Month[] {
  return mailboxes.map((count, i) => {
    const year = Number(first.slice(0, 4)) + Math.floor((Number(first.slice(5)) - 1 + i) / 12)
    const month = ((Number(first.slice(5)) - 1 + i) % 12) + 1
    return { month: `${year}-${String(month).padStart(2, '0')}`, mailboxes: count, others: others[i]! }
  })
}

/** Days of receipt within the month; those who do not write by mail come when the office is open. */
export function daysOfReceipt(month: string, count: number, isMail: boolean, random: Random): Day[] {
  const first = day(`${month}-01`)
  const { year, month: number } = partsOf(first)
  const weights = Array.from({ length: daysInMonth(year, number) }, (_, i) => addDays(first, i)).map((each): [Day, number] => [each, isOpen(each) ? 10 : isMail ? 5 : 0])
  return Array.from({ length: count }, () => random.weighted(weights))
}
