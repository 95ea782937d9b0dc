import type { Reader } from '../db.ts'
import { findSetting } from '../identity/settings.ts'
import { type Day, dayFromParts, lastDayOfMonth, partsOf, day } from '../time.ts'

/**
 * How long one kind of case, or of records that became none, is kept after it was closed, rules.md §5. `years` null: no period is known by law, and nothing is
 * destroyed until the county enters the one that was approved for it (保存年限區分表). V-M, S, U: how sure the source is.
 */
export type RetentionClass = {
  id: string
  kind: string
  title: string
  years: number | 'permanent' | null
  citation: string
  status: 'V-M' | 'S' | 'U'
  /** not cases of this kind, but what became no case */
  records?: ListedRecords
}

/** Rows of a declared table that belong to no case, each with an `id`: destroyed whole. Columns by name; `prefix` and six digits of the id name one on a list. */
export type ListedRecords = { table: string; received: string; ended: string; outcome: string; prefix: string }

/** What the county entered, with where it stands and who entered it when. */
export type CountyRetention = { years: number | 'permanent'; basis: string; by: number; on: Day }

let classes: readonly RetentionClass[] = []

/** Called once at start with what the modules declare. */
export function useRetention(of: readonly RetentionClass[]): void {
  classes = of
}

export const retentionClasses = (): readonly RetentionClass[] => classes

export type Retention = RetentionClass & { county: CountyRetention | null; /** the period in force; null: nothing goes */ effective: number | null; basis: string }

export const retentionSetting = (id: string) => `retention.${id}`

export async function findRetention(reader: Reader): Promise<Retention[]> {
  return Promise.all(classes.map(async (one) => {
    const county = (await findSetting<CountyRetention>(reader, retentionSetting(one.id))) ?? null
    const years = county?.years ?? one.years
    return { ...one, county, effective: typeof years === 'number' ? years : null, basis: county?.basis ?? one.citation }
  }))
}

/**
 * The last day on which a case is kept: the same day so many years after it was closed (the last of the month where there is
 * no such day). That the period runs from closing is 待法制單位確認; lists take whole years that are over, so nothing goes early.
 */
export function keptUntil(closedOn: Day, years: number): Day {
  const { year, month, date } = partsOf(closedOn)
  return dayFromParts(year + years, month, date) ?? lastDayOfMonth(day(`${year + years}-${String(month).padStart(2, '0')}-01`))
}

/** The last day of the year before: a yearly list takes what was kept until then. */
export const cutoffOf = (today: Day): Day => day(`${partsOf(today).year - 1}-12-31`)
