import type { RawBuilder } from 'kysely'
import type { Person } from '../identity/permissions.ts'
import type { Day } from '../time.ts'

export type FigureKind = 'flow' | 'stock' | 'cohort' | 'rate' | 'mean' | 'median' | 'percentile' | 'date' | 'breakdown'
export type SplitBy = 'unit' | 'township' | 'month' | 'channel' | 'category' | 'kind'
export const splits: Record<SplitBy, string> = { unit: '單位', township: '鄉鎮', month: '月份', channel: '管道', category: '類別', kind: '種類' }

/** How a part is called whose cases leave it blank. */
export const blank = '未填'

/** Three instants govern a figure: the period, the status day, and as of when it was known (null: now). */
export type FigureSpan = { from: Day; to: Day; statusOn: Day; asOf: Date | null }

/** One case that a figure counts, with what it is split by, as it stood on the status day. Blank parts are null. */
export type FigureCase = {
  case_id: number
  number: string
  title: string
  /** the bureau of the lead unit */
  unit: string | null
  township: string | null
  /** YYYY-MM of the flow's own day, Taipei */
  month: string
  channel: string | null
  category: string | null
  kind: string
  received_at: Date
  closed_at: Date | null
  due_on: Day | null
  outcome: string | null
  confidential: boolean
  /** what this case adds: 1 for a count, a measured value (working days, score), 1 or 0 for a share */
  value: number
}

/**
 * Cases that figures are taken from, as SQL. Figures of one set share its scan, so each condition that narrows much
 * (period, open on the status day) belongs into the set, and each that tells figures apart into the figure.
 */
export type CaseSet = {
  /** unique */
  name: string
  /**
   * Selects FigureCase's columns but `value`, `unit_code` (what units are ordered by), and what the figures need
   * besides; written once, run live or as of an instant, so it may join only versioned tables.
   */
  cases(span: FigureSpan): RawBuilder<unknown>
  /** where a case opens */
  casePath(number: string): string
  /** condition over the live row `c` of cases: this person may see it */
  visibleTo(person: Person): RawBuilder<boolean>
  /** parts in the office's own order; those not named follow */
  order?: Partial<Record<SplitBy, readonly string[]>>
}

/**
 * A figure is a set of cases and a way to add them up: opening it lists that set, and the list's length (or sum, or
 * fraction) *is* the figure. Value, parts and list are taken from the same rows.
 */
export type FigureDefinition = {
  id: string
  title: string
  /** one Chinese sentence */
  definition: string
  kind: FigureKind
  /** 件, 工作日, 分 …; empty for a rate */
  unit: string
  set: CaseSet
  /** which cases of the set it counts, over the set's columns; all when left out */
  where?: RawBuilder<boolean>
  /** what a case adds, over the set's columns; 1 when left out. A case whose value is null is not counted. */
  value?: RawBuilder<number | null>
  /** share: how many of the values are 1 */
  adds: 'count' | 'share' | 'mean' | 'median' | 'p90'
  splits: SplitBy[]
  /** may everyone see the number and its parts */
  public: boolean
  /** parts of fewer cases are not told to the public, e.g. 3 where single answers could be guessed */
  publicMin?: number
}

export type FigureValue = {
  id: string
  /** null: an empty set has no rate, mean or median */
  value: number | null
  kind: FigureKind
  unit: string
  /** of a share or mean: the sum of the values, and of how many cases */
  numerator?: number
  denominator?: number
  source: 'cases' | 'balance' | 'typed' | 'none'
}

/** A part of a figure; `key` is null where the cases leave it blank. */
export type FigurePart = FigureValue & { key: string | null; label: string }

/** Whether the parts add up to the whole. */
export const addsUp = (figure: FigureDefinition): boolean => figure.adds === 'count'
