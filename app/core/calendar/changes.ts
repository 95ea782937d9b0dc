import { z } from 'zod'
import { type Calendar, printedCalendarData } from '../clocks/calendar.ts'
import { refusal, type Refusal } from '../errors.ts'
import { isDay, rocDay, type Day } from '../time.ts'
import { calendarOf, closuresInForce, type Stored, yearsInForce } from './stored.ts'
import type { YearDay } from './tables.ts'

const aDay = z.string({ error: '請填日期' }).refine(isDay, '日期不正確').transform((text) => text as Day)
const reason = z.string().trim().max(500, '說明最多 500 個字').default('')

/** 停止上班. No township: the whole county. */
const Close = z.object({
  what: z.literal('close'),
  day: aDay,
  half: z.enum(['morning', 'afternoon']).nullable().default(null),
  townships: z.array(z.string().trim().min(1).max(10)).max(30).default([]).transform((names) => [...new Set(names)].toSorted()),
  name: z.string({ error: '請填事由' }).trim().min(1, '請填事由，例如 颱風停止上班').max(40, '事由最多 40 個字'),
  reason,
})
const Reopen = z.object({ what: z.literal('reopen'), closureId: z.number().int(), reason })
const Load = z.object({
  what: z.literal('load'),
  years: z.array(z.object({ year: z.number().int(), days: z.array(z.object({ day: aDay, open: z.boolean(), name: z.string() })) })).min(1),
  source: z.string(),
})

export const CalendarChange = z.discriminatedUnion('what', [Close, Reopen, Load])
export type CalendarChange = z.infer<typeof CalendarChange>

/** Why this change cannot be made to the calendar as it stands; null when it can. */
export function refuseChange(stored: Stored, change: CalendarChange): Refusal | null {
  switch (change.what) {
    case 'close': return refuseClosure(stored, change)
    case 'reopen': return stored.closures.some(({ id, cancelled_at }) => id === change.closureId && cancelled_at === null) ? null : refusal('calendar.not-closed', '這一天的停止上班已經取消，或沒有登記過')
    case 'load': return refuseLoad(stored, change.years)
  }
}

function refuseClosure(stored: Stored, { day, half, townships }: CalendarChange & { what: 'close' }): Refusal | null {
  const calendar = calendarOf(stored)
  const no = (code: string, message: string) => refusal(code, message, { field: 'day' })
  if (!calendar.knows(day)) return no('calendar.unknown-year', `還沒有 ${+day.slice(0, 4) - 1911} 年的辦公日曆，請先載入該年`)
  if (!calendar.isOpen(day)) return no('calendar.closed-already', `${rocDay(day)} 本來就不上班（${calendar.reasonClosed(day)}），不必登記`)
  const same = closuresInForce(stored).filter((each) => each.day === day && each.townships.join() === townships.join())
  if (same.some((each) => each.half === half)) return no('calendar.closed-twice', `${rocDay(day)} 已經登記過${half === 'morning' ? '上午' : half === 'afternoon' ? '下午' : ''}停止上班`)
  if (half && same.some((each) => each.half !== null)) return no('calendar.both-halves', `${rocDay(day)} 已登記另外半天：整天停止上班，請登記為整天`)
  return null
}

function refuseLoad(stored: Stored, years: readonly { year: number; days: readonly YearDay[] }[]): Refusal | null {
  const known = new Set([...Object.keys(printedCalendarData.years).map(Number), ...yearsInForce(stored).map(({ year }) => year)])
  const no = (code: string, message: string) => refusal(code, message, { field: 'file' })
  for (const { year } of years.toSorted((a, b) => a.year - b.year)) {
    if (year > Math.max(...known) + 1) return no('calendar.gap', `請先載入 ${Math.max(...known) + 1 - 1911} 年：辦公日曆不能跳過一年`)
    if (year < Math.min(...known) - 1) return no('calendar.gap', `請先載入 ${Math.min(...known) - 1 - 1911} 年：辦公日曆不能跳過一年`)
    known.add(year)
  }
  if (years.every(({ year, days }) => sameDays(daysInForce(stored, year), days))) return no('calendar.same', `檔案和現有的 ${years.map(({ year }) => year - 1911).join('、')} 年辦公日曆完全相同，不必載入`)
  return null
}

/** A load without the years that are already as the file has them. */
export function narrowed(stored: Stored, change: CalendarChange): CalendarChange {
  return change.what === 'load' ? { ...change, years: change.years.filter(({ year, days }) => !sameDays(daysInForce(stored, year), days)) } : change
}

/** The days that make up a year now; null for a year that the calendar does not know. */
export function daysInForce(stored: Stored, year: number): readonly YearDay[] | null {
  return yearsInForce(stored).find((each) => each.year === year)?.days ?? (printedCalendarData.years[year] as readonly YearDay[] | undefined) ?? null
}

function sameDays(a: readonly YearDay[] | null, b: readonly YearDay[]): boolean {
  const text = (days: readonly YearDay[]) => days.map(({ day, open, name }) => `${day} ${open} ${name}`).toSorted().join('\n')
  return a !== null && text(a) === text(b)
}

/** The calendar as it will be. */
export function calendarAfter(stored: Stored, change: CalendarChange): Calendar {
  const at = new Date(0)
  switch (change.what) {
    case 'close': {
      const { day, name, half, townships } = change
      const closure = { id: 0, day, name, half, townships, reason: null, made_at: at, made_by: null, cancelled_at: null, cancelled_by: null, cancelled_why: null }
      return calendarOf({ ...stored, closures: [...stored.closures, closure] })
    }
    case 'reopen': return calendarOf({ ...stored, closures: stored.closures.filter(({ id }) => id !== change.closureId) })
    case 'load': {
      const kept = stored.years.filter(({ year }) => !change.years.some((each) => each.year === year))
      return calendarOf({ ...stored, years: [...kept, ...change.years.map(({ year, days }) => ({ id: 0, year, days, source: change.source, loaded_at: at, replaced_at: null }))] })
    }
  }
}

/** What changes, as a reason in a sentence: 115/10/6 颱風停止上班. */
export function changeWords(stored: Stored, change: CalendarChange): string {
  switch (change.what) {
    case 'close': return closureWords(change)
    case 'reopen': {
      const closure = stored.closures.find(({ id }) => id === change.closureId)
      return closure ? `取消「${closureWords(closure)}」` : '取消停止上班'
    }
    case 'load': return `載入 ${change.years.map(({ year }) => year - 1911).join('、')} 年辦公日曆`
  }
}

const halves = { morning: '上午', afternoon: '下午' } as const

/** 115/10/6 下午 烏坵鄉 颱風停止上班 */
export function closureWords({ day, half, townships, name }: { day: Day; half: keyof typeof halves | null; townships: readonly string[]; name: string }): string {
  return [rocDay(day), half && halves[half], townships.join('、'), name].filter(Boolean).join(' ')
}
