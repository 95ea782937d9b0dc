import type { RawBuilder } from 'kysely'
import type { Person } from '../identity/permissions.ts'
import { type Day, dayFromNumber } from '../time.ts'

export type FigureKind = 'flow' | 'stock' | 'cohort' | 'rate' | 'mean' | 'median' | 'percentile' | 'date' | 'breakdown' | 'balance'
/** `part`: the parts of which a breakdown or balance consists. */
export type SplitBy = 'part' | 'unit' | 'township' | 'month' | 'channel' | 'category' | 'kind'
export const splits: Record<SplitBy, string> = { part: '項目', unit: '單位', township: '鄉鎮', month: '月份', channel: '管道', category: '類別', kind: '種類' }

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
  /** what this case adds: 1 for a count, a measured value (working days, score, NT$), 1 or 0 for a share; of a date its number (`dayFromNumber`) */
  value: number
  /** of a ratio: what this case adds to the sum below the line */
  over?: number
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
  /** what a case adds, over the set's columns; 1 when left out. A case whose value is null is not counted. Of a date the day. */
  value?: RawBuilder<number | Day | null>
  /** ratio: what a case adds to the sum below the line, over the set's columns; a case where it is null is not counted */
  over?: RawBuilder<number | null>
  adds: Adds
  /** breakdown: the part that a case belongs to, over the set's columns; null is 未填 */
  part?: RawBuilder<string | null>
  /** breakdown: its parts in order; one without cases is told as 0, one not named here follows. balance: other words for its lines. */
  parts?: readonly PartName[]
  /** as `part` first, for a breakdown or balance */
  splits: SplitBy[]
  /** may everyone see the number and its parts */
  public: boolean
  /** parts of fewer cases are not told to the public, e.g. 3 where single answers could be guessed */
  publicMin?: number
}

export type PartName = { key: string; label: string }

/**
 * How a figure's cases add up.
 * share: how many of the values are 1. median, p90: of the values. sum: whole NT$, exact; of nothing 0. date: the latest of the days.
 * ratio: the sum of the values over the sum of `over`, both whole NT$ and exact, such as money spent of money planned.
 * breakdown: cases (or the sum of their values) by `part`; the parts and their total come from one statement.
 * balance: carried in + new − ended = carried out. The set says of each case in which of the four lines it stands, by the boolean columns
 * `carried_in`, `entered`, `ended`, `carried_out`; a case that does not balance stands in a fifth line that is there only then.
 */
export type Adds = 'count' | 'share' | 'mean' | 'median' | 'p90' | 'sum' | 'ratio' | 'date' | 'breakdown' | 'balance'

/** The lines of a balance; the figure's own number is the last one. */
export const balanceLines = [
  { key: 'carried-in', label: '期初未結' }, { key: 'entered', label: '新收' }, { key: 'ended', label: '終結' }, { key: 'carried-out', label: '期末未結' },
] as const satisfies readonly PartName[]
export const unbalanced: PartName = { key: 'unbalanced', label: '不平衡的案件' }

export type FigureValue = {
  id: string
  /** null: an empty set has no rate, mean, median or date. Of a date its number, of a breakdown its total, of a balance what is carried out: `toldValue` gives what is printed. */
  value: number | null
  kind: FigureKind
  unit: string
  /** of how many cases */
  cases: number
  /** of a share or mean: the sum of the values, and of how many cases; of a ratio the two sums, NT$ */
  numerator?: number
  denominator?: number
  /** of a breakdown or balance */
  parts?: FigurePart[]
  source: 'cases' | 'balance' | 'typed' | 'none'
}

/** A part of a figure; `key` is null where the cases leave it blank. */
export type FigurePart = Omit<FigureValue, 'parts'> & { key: string | null; label: string }

/** Value as reports and programs get it: a date as ISO day, a breakdown or balance as its parts, else the number. */
export function toldValue({ value, kind, parts }: Pick<FigureValue, 'value' | 'kind' | 'parts'>): number | Day | { key: string; label: string; value: number | null }[] | null {
  if (kind === 'date') return value === null ? null : dayFromNumber(value)
  return parts ? parts.map((part) => ({ key: part.key ?? '', label: part.label, value: part.value })) : value
}

/** Whether a balance holds: no line tells of cases that do not balance. */
export const holds = ({ parts }: Pick<FigureValue, 'parts'>): boolean => !parts?.some(({ key }) => key === unbalanced.key)

/** Names of the parts of a breakdown or balance, in order. */
export function partNames({ adds, parts = [] }: Pick<FigureDefinition, 'adds' | 'parts'>): readonly PartName[] {
  if (adds !== 'balance') return parts
  return [...balanceLines.map((line) => parts.find(({ key }) => key === line.key) ?? line), unbalanced]
}

/** How a part is called on the screen. */
export const partLabel = (figure: Pick<FigureDefinition, 'adds' | 'parts'>, by: SplitBy, key: string | null): string =>
  key === null ? blank : ((by === 'part' && partNames(figure).find((part) => part.key === key)?.label) || key)

/** Whether the parts of a split add up to the whole; the lines of a balance do not, they are checked against each other. */
export const addsUp = (figure: FigureDefinition, by: SplitBy): boolean =>
  ['count', 'sum', 'breakdown'].includes(figure.adds) || (figure.adds === 'balance' && by !== 'part')
