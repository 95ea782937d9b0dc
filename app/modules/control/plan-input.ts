import { z } from 'zod'
import { parseTwd } from '../../core/money.ts'
import { addDays, type Day, monthOf, parseDay, rocDay } from '../../core/time.ts'
import { endOfMonth } from './judge.ts'

export type PlannedMonth = { month: string; planned: number; plannedTwd: number }
export type PlannedMilestone = { title: string; plannedOn: Day; reachedOn: Day | null }

export const moneyField = (what: string) => z.string().trim().transform((text, check) => {
  const twd = parseTwd(text)
  if (twd === null) check.addIssue({ code: 'custom', message: `請填${what}，例如 12,000,000 或 1,200萬` })
  return twd as number
})
/** Percent with up to four decimals. */
export const percentField = z.string().trim().transform((text, check) => {
  const value = parsePercent(text)
  if (value === null) check.addIssue({ code: 'custom', message: '進度請填 0 到 100，最多四位小數，例如 45.5' })
  return value as number
})

export function parsePercent(text: string): number | null {
  const plain = text.normalize('NFKC').trim().replace(/%$/, '')
  return /^\d{1,3}(?:\.\d{1,4})?$/.test(plain) && Number(plain) <= 100 ? Number(plain) : null
}

/** 110/4, 110-04, 2021-04, 110年4月 → 2021-04; null for what is no month. */
export function parseMonth(text: string): string | null {
  const found = /^(\d{2,4})\s*(?:[/\-.]|年)\s*(\d{1,2})\s*月?$/.exec(text.normalize('NFKC').trim())
  const first = found && parseDay(`${found[1]}/${found[2]}/1`)
  return first ? monthOf(first) : null
}

/**
 * The plan's months from lines such as `110/4 12.5 3,000,000`: month, cumulative percent, cumulative spending (may be left out). An empty text is a
 * straight line from the first to the last day. Answers what is wrong in words instead.
 */
export function parsePlan(text: string, { startOn, finishOn, budgetTwd }: { startOn: Day; finishOn: Day; budgetTwd: number }): { months: PlannedMonth[] } | { problem: string } {
  const lines = text.split('\n').map((line) => line.normalize('NFKC').trim()).filter(Boolean)
  if (!lines.length) return { months: straightPlan(startOn, finishOn, budgetTwd) }
  const months: PlannedMonth[] = []
  for (const line of lines) {
    const [first, percent, ...money] = line.split(/[\s、;\t]+/)
    const month = parseMonth(first!)
    const planned = percent === undefined ? null : parsePercent(percent)
    const plannedTwd = money.length ? parseTwd(money.join('')) : 0
    if (!month) return { problem: `「${line}」讀不出月份，請寫成 110/4 12.5 3,000,000` }
    if (planned === null) return { problem: `「${line}」讀不出預定進度` }
    if (plannedTwd === null) return { problem: `「${line}」讀不出預定支用` }
    const last = months.at(-1)
    if (last && month <= last.month) return { problem: `「${line}」的月份要比前一行晚` }
    if (last && planned < last.planned) return { problem: `「${line}」的預定進度比前一個月少，進度是累計的` }
    if (last && plannedTwd < last.plannedTwd) return { problem: `「${line}」的預定支用比前一個月少，支用是累計的` }
    if (plannedTwd > budgetTwd) return { problem: `「${line}」的預定支用超過總經費` }
    months.push({ month, planned, plannedTwd })
  }
  const [from, to] = [monthOf(startOn), monthOf(finishOn)]
  const outside = months.find(({ month }) => month < from || month > to)
  if (outside) return { problem: `${outside.month} 不在計畫期間（${rocDay(startOn)} 至 ${rocDay(finishOn)}）` }
  const last = months.at(-1)!
  if (last.month !== to || last.planned !== 100) return { problem: `最後一行要是完成的月份（${to}）、預定進度 100` }
  return { months: filled(months, from, to) }
}

/** Every month between, as much done as days have gone. */
function straightPlan(startOn: Day, finishOn: Day, budgetTwd: number): PlannedMonth[] {
  const days = dayNumberOf(finishOn) - dayNumberOf(startOn) + 1
  return monthsBetween(monthOf(startOn), monthOf(finishOn)).map((month) => {
    const end = endOfMonth(month) < finishOn ? endOfMonth(month) : finishOn
    const part = (dayNumberOf(end) - dayNumberOf(startOn) + 1) / days
    return { month, planned: Math.round(part * 1_000_000) / 10_000, plannedTwd: Math.floor(budgetTwd * part) }
  })
}

const dayNumberOf = (day: Day): number => Date.parse(day) / 86_400_000

/** Months that the lines leave out have what the month before had. */
function filled(months: PlannedMonth[], from: string, to: string): PlannedMonth[] {
  let last: PlannedMonth = { month: from, planned: 0, plannedTwd: 0 }
  return monthsBetween(from, to).map((month) => (last = { ...(months.find((each) => each.month === month) ?? last), month }))
}

export function monthsBetween(from: string, to: string): string[] {
  const months: string[] = []
  for (let month = from; month <= to; month = monthOf(addDays(endOfMonth(month), 1))) months.push(month)
  return months
}

/** Milestones from lines such as `110/6/30 完成設計`, in the order of their days. */
export function parseMilestones(text: string): { milestones: { title: string; plannedOn: Day }[] } | { problem: string } {
  const milestones: { title: string; plannedOn: Day }[] = []
  for (const line of text.split('\n').map((each) => each.trim()).filter(Boolean)) {
    const [first, ...rest] = line.split(/[\s、]+/)
    const plannedOn = parseDay(first!.normalize('NFKC'))
    const title = rest.join(' ')
    if (!plannedOn) return { problem: `「${line}」讀不出日期，請寫成 110/6/30 完成設計` }
    if (!title || title.length > 100) return { problem: `「${line}」請寫查核點名稱，最多 100 個字` }
    milestones.push({ title, plannedOn })
  }
  return { milestones: milestones.toSorted((a, b) => (a.plannedOn < b.plannedOn ? -1 : a.plannedOn > b.plannedOn ? 1 : 0)) }
}
