import type { RawBuilder } from 'kysely'
import type { Day } from '../time.ts'

export type FigureKind = 'flow' | 'stock' | 'cohort' | 'rate' | 'mean' | 'median' | 'percentile' | 'date' | 'breakdown'
export type SplitBy = 'unit' | 'township' | 'month' | 'channel' | 'category' | 'kind'
export const splits: Record<SplitBy, string> = { unit: '單位', township: '鄉鎮', month: '月份', channel: '管道', category: '類別', kind: '種類' }

/** Three instants govern a figure: the period, the status day, and as of when it was known (null: now). */
export type FigureSpan = { from: Day; to: Day; statusOn: Day; asOf: Date | null }

/**
 * One case that a figure counts, with what it is split by. Blank parts are null and print 未填.
 * The set's SQL selects these columns, in any order, under these names.
 */
export type FigureCase = {
  case_id: number
  number: string
  title: string
  unit: string | null
  township: string | null
  /** YYYY-MM of the flow's own day */
  month: string | null
  channel: string | null
  category: string | null
  kind: string | null
  received_at: Date | null
  closed_at: Date | null
  due_on: Day | null
  outcome: string | null
  confidential: boolean
  /** what this case adds: 1 for a count, a measured value (working days, score), 1 or 0 for a share; null adds nothing */
  value: number | null
}

/**
 * A figure is a set of cases and a way to add them up: opening it lists that set, and the list's length
 * (or sum, or fraction) *is* the figure. All of value, split and list are taken from the one `cases` query.
 */
export type FigureDefinition = {
  id: string
  title: string
  /** one Chinese sentence */
  definition: string
  kind: FigureKind
  /** 件, %, 工作日, 分 … */
  unit: string
  /** the set, as SQL that selects FigureCase's columns; written once, run live or as of an instant */
  cases(span: FigureSpan): RawBuilder<FigureCase>
  /** share: fraction of the rows whose value is 1; the others leave out rows whose value is null */
  adds: 'count' | 'share' | 'mean' | 'median' | 'p90'
  splits: SplitBy[]
  /** may the public see the number, and split by what */
  public: boolean
}

export type FigureValue = {
  id: string
  value: number | null
  kind: FigureKind
  unit: string
  numerator?: number
  denominator?: number
  source: 'cases' | 'balance' | 'typed' | 'none'
}

