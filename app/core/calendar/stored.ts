import type { Selectable } from 'kysely'
import { type Calendar, calendarFrom, printedCalendar, printedCalendarData, withClosures } from '../clocks/calendar.ts'
import type { Reader } from '../db.ts'
import type { OfficeClosureTable, OfficeYearTable, RuleChangeTable, YearDay } from './tables.ts'

export type StoredYear = Pick<Selectable<OfficeYearTable>, 'id' | 'year' | 'days' | 'source' | 'loaded_at' | 'replaced_at'>
export type StoredClosure = Selectable<OfficeClosureTable>
export type RuleChange = Selectable<RuleChangeTable>

/** Everything the county has ever changed: years replaced, closures cancelled and rule changes withdrawn too. */
export type Stored = { years: StoredYear[]; closures: StoredClosure[]; rules: RuleChange[] }

export const nothingStored: Stored = { years: [], closures: [], rules: [] }

export async function readStored(reader: Reader): Promise<Stored> {
  const [years, closures, rules] = [
    await reader.selectFrom('office_years').select(['id', 'year', 'days', 'source', 'loaded_at', 'replaced_at']).orderBy('id').execute(),
    await reader.selectFrom('office_closures').selectAll().orderBy('day').orderBy('id').execute(),
    await reader.selectFrom('rule_changes').selectAll().orderBy('id').execute(),
  ]
  return { years, closures, rules }
}

/**
 * The county's calendar: the printed one, the years loaded in place of its own, the closures of the whole county over
 * them. A closure of single townships is kept and shown, but moves no period of the county government, which stayed open
 * (the place of the receiving office decides). `at`: as it was known at that instant. The version says what is in it.
 */
export function calendarOf(stored: Stored, at?: Date): Calendar {
  const years = yearsInForce(stored, at)
  const base = years.length === 0 ? printedCalendar : calendarFrom({ ...printedCalendarData, version: versionOf(years), years: { ...printedCalendarData.years, ...Object.fromEntries(years.map(({ year, days }) => [year, days])) } })
  const closures = closuresInForce(stored, at).filter((closure) => closure.townships.length === 0)
  return withClosures(base, closures.map(({ day, name, half }) => ({ day, name, ...(half ? { half } : {}) })))
}

export function yearsInForce({ years }: Stored, at?: Date): StoredYear[] {
  return years.filter(({ loaded_at, replaced_at }) => holds(loaded_at, replaced_at, at)).toSorted((a, b) => a.year - b.year)
}

export function closuresInForce({ closures }: Stored, at?: Date): StoredClosure[] {
  return closures.filter(({ made_at, cancelled_at }) => holds(made_at, cancelled_at, at))
}

const holds = (from: Date, until: Date | null, at?: Date): boolean => (at === undefined ? until === null : from <= at && (until === null || at < until))

// 2017-2028.1 with the loaded years named by their content, so that one name never stands for two calendars.
function versionOf(years: readonly StoredYear[]): string {
  const all = [...Object.keys(printedCalendarData.years).map(Number), ...years.map(({ year }) => year)]
  const edition = printedCalendarData.version.split('.').at(-1)
  return `${Math.min(...all)}-${Math.max(...all)}.${edition}.${years.map(({ year, days }) => `${year}:${fingerprint(days)}`).join('.')}`
}

// FNV-1a: only to tell one edition from another in the version's name.
function fingerprint(days: readonly YearDay[]): string {
  let hash = 0x811c_9dc5
  for (const byte of new TextEncoder().encode(days.map(({ day, open, name }) => `${day} ${open} ${name}`).join('\n'))) hash = Math.imul(hash ^ byte, 0x0100_0193) >>> 0
  return hash.toString(16).padStart(8, '0')
}
