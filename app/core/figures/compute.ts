import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../db.ts'
import type { FigureCase, FigureDefinition, FigureSpan, FigureValue, SplitBy } from './figure.ts'

/** How a set adds up. Rates and means are rounded to four decimals; an empty set has no rate: null, never 0. */
const sums: Record<FigureDefinition['adds'], RawBuilder<number | null>> = {
  count: sql`count(value)::float8`,
  share: sql`round(count(*) filter (where value = 1)::numeric / nullif(count(*), 0), 4)::float8`,
  mean: sql`round(avg(value)::numeric, 4)::float8`,
  // the middle value; of an even number, the mean of the two middle ones
  median: sql`percentile_cont(0.5) within group (order by value)`,
  // the smallest value that nine tenths of all do not exceed
  p90: sql`percentile_disc(0.9) within group (order by value)`,
}

type Sum = { value: number | null; numerator: number; denominator: number }

const parts = (figure: FigureDefinition) => sql`${sums[figure.adds]} as value,
  ${figure.adds === 'share' ? sql`count(*) filter (where value = 1)` : sql`coalesce(sum(value), 0)`}::float8 as numerator,
  ${figure.adds === 'share' ? sql`count(*)` : sql`count(value)`}::float8 as denominator`

/** The figure itself. `reader` decides whether now or as of an instant: use `read(db, …, span.asOf)`. */
export async function figureValue(reader: Reader, figure: FigureDefinition, span: FigureSpan): Promise<FigureValue> {
  const found = await sql<Sum>`select ${parts(figure)} from (${figure.cases(span)}) as counted`.execute(reader)
  return valueFrom(figure, found.rows[0]!)
}

function valueFrom(figure: FigureDefinition, sum: Sum): FigureValue {
  const fraction = figure.adds === 'share' || figure.adds === 'mean'
  return {
    id: figure.id,
    value: sum.value,
    kind: figure.kind,
    unit: figure.unit,
    ...(fraction ? { numerator: sum.numerator, denominator: sum.denominator } : {}),
    source: 'cases',
  }
}

export type FigurePart = FigureValue & { key: string | null; label: string }

/** The figure's parts, in the order of their labels (months in time); what is blank is 未填, last. Counts add up to the whole. */
export async function figureSplit(reader: Reader, figure: FigureDefinition, span: FigureSpan, by: SplitBy): Promise<FigurePart[]> {
  const found = await sql<Sum & { key: string | null }>`
    select ${sql.ref(by)} as key, ${parts(figure)} from (${figure.cases(span)}) as counted
    group by 1 order by 1 nulls last`.execute(reader)
  return found.rows.map((row) => ({ ...valueFrom(figure, row), key: row.key, label: row.key ?? '未填' }))
}

export type CaseListOptions = {
  limit?: number
  /** cases after this one, in the list's order */
  after?: { receivedAt: Date; caseId: number }
  /** only one part of the whole */
  only?: { by: SplitBy; key: string | null }
}

/**
 * The cases counted, oldest receipt first. Rows that add nothing (value null) are left out, except of a share,
 * whose denominator they are.
 */
export async function figureCases(reader: Reader, figure: FigureDefinition, span: FigureSpan, options: CaseListOptions = {}): Promise<FigureCase[]> {
  const conditions: RawBuilder<unknown>[] = [figure.adds === 'share' ? sql`true` : sql`value is not null`]
  if (options.only) conditions.push(sql`${sql.ref(options.only.by)} is not distinct from ${options.only.key}`)
  if (options.after) conditions.push(sql`(received_at, case_id) > (${options.after.receivedAt}, ${options.after.caseId})`)
  const found = await sql<FigureCase>`
    select * from (${figure.cases(span)}) as counted where ${sql.join(conditions, sql` and `)}
    order by received_at, case_id ${options.limit ? sql`limit ${options.limit}` : sql``}`.execute(reader)
  return found.rows
}
