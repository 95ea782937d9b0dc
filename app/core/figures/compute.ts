import { type RawBuilder, sql } from 'kysely'
import { planned, type Reader } from '../db.ts'
import type { Person } from '../identity/permissions.ts'
import { blank, type CaseSet, type FigureCase, type FigureDefinition, type FigurePart, type FigureSpan, type FigureValue, type SplitBy } from './figure.ts'

// Rates and means are rounded to four decimals; of nothing there is no rate: null, never 0.
const sums: Record<FigureDefinition['adds'], (value: RawBuilder<unknown>, counted: RawBuilder<unknown>) => RawBuilder<unknown>> = {
  count: (_, counted) => sql`count(*) filter (where ${counted})::float8`,
  share: (value, counted) => sql`round(count(*) filter (where ${counted} and ${value} = 1)::numeric / nullif(count(*) filter (where ${counted}), 0), 4)::float8`,
  mean: (value, counted) => sql`round((avg(${value}) filter (where ${counted}))::numeric, 4)::float8`,
  // the middle value; of an even number, the mean of the two middle ones
  median: (value, counted) => sql`percentile_cont(0.5) within group (order by ${value}::float8) filter (where ${counted})`,
  // the smallest value that nine tenths of all do not exceed
  p90: (value, counted) => sql`percentile_disc(0.9) within group (order by ${value}::float8) filter (where ${counted})`,
}

const valueOf = (figure: FigureDefinition): RawBuilder<unknown> => figure.value ?? sql`1`
const isCounted = (figure: FigureDefinition): RawBuilder<unknown> =>
  sql`(${figure.where ?? sql`true`}${figure.value ? sql` and ${figure.value} is not null` : sql``})`

type Measure = { figure: FigureDefinition; by: SplitBy | null; parts: FigurePart[] }

/** The figure itself. `reader` decides whether now or as of an instant: use `read(db, …, span.asOf)`. */
export async function figureValue(reader: Reader, figure: FigureDefinition, span: FigureSpan): Promise<FigureValue> {
  return (await figureValues(reader, [figure], span))[figure.id]!
}

/** Many figures by id, one statement for each set of cases that they are taken from. */
export async function figureValues(reader: Reader, figures: readonly FigureDefinition[], span: FigureSpan): Promise<Record<string, FigureValue>> {
  const measures = await measure(reader, figures, span, [null])
  return Object.fromEntries(measures.map(({ figure, parts: [whole] }) => [figure.id, withoutName(whole) ?? emptyValue(figure)]))
}

/** The figure's parts in the order of the office (months in time); what is blank is 未填, last. Counts add up to the whole. */
export async function figureSplit(reader: Reader, figure: FigureDefinition, span: FigureSpan, by: SplitBy): Promise<FigurePart[]> {
  return (await measure(reader, [figure], span, [by]))[0]!.parts
}

/** Many figures with all these splits, one statement for each set of cases: id → split → parts. */
export async function figureSplits(reader: Reader, figures: readonly FigureDefinition[], span: FigureSpan, bys: readonly SplitBy[]): Promise<Record<string, Partial<Record<SplitBy, FigurePart[]>>>> {
  const found: Record<string, Partial<Record<SplitBy, FigurePart[]>>> = {}
  for (const { figure, by, parts } of await measure(reader, figures, span, bys)) {
    if (by && figure.splits.includes(by)) (found[figure.id] ??= {})[by] = parts
  }
  return found
}

async function measure(reader: Reader, figures: readonly FigureDefinition[], span: FigureSpan, bys: readonly (SplitBy | null)[]): Promise<Measure[]> {
  const measures: Measure[] = []
  for (const set of new Set(figures.map((figure) => figure.set))) {
    const own = figures.filter((figure) => figure.set === set)
    const rows = await measureSet(reader, set, own, span, bys)
    for (const [at, figure] of own.entries()) {
      for (const by of bys) measures.push({ figure, by, parts: partsOf(figure, by, rows.filter((row) => row.split === (by ?? '')), at) })
    }
  }
  return measures
}

type MeasuredRow = { split: string; key: string | null; position: string | null } & Record<`v${number}` | `n${number}` | `d${number}`, number | null>

/**
 * One scan of the set. `offset 0` keeps PostgreSQL from writing the set's expressions anew at each place that uses them;
 * each row is then named once for every split asked for.
 */
async function measureSet(reader: Reader, set: CaseSet, figures: readonly FigureDefinition[], span: FigureSpan, bys: readonly (SplitBy | null)[]): Promise<MeasuredRow[]> {
  const columns = figures.map((figure, at) => {
    const [value, counted] = [valueOf(figure), isCounted(figure)]
    const numerator = figure.adds === 'share' ? sql`count(*) filter (where ${counted} and ${value} = 1)` : sql`sum(${value}) filter (where ${counted})`
    return sql`${sums[figure.adds](value, counted)} as ${sql.ref(`v${at}`)}, ${numerator}::float8 as ${sql.ref(`n${at}`)}, count(*) filter (where ${counted})::float8 as ${sql.ref(`d${at}`)}`
  })
  const names = bys.map((by) => sql`(${sql.lit(by ?? '')}, ${by ? sql.ref(`counted.${by}`) : sql`null`}::text, ${by === 'unit' ? sql.ref('counted.unit_code') : sql`null`}::text)`)
  const found = await sql<MeasuredRow>`${planned} select part.split, part.key, min(part.position) as position, ${sql.join(columns)}
    from (${set.cases(span)} offset 0) as counted cross join lateral (values ${sql.join(names)}) as part(split, key, position)
    group by part.split, part.key`.execute(reader)
  return found.rows
}

function partsOf(figure: FigureDefinition, by: SplitBy | null, rows: MeasuredRow[], at: number): FigurePart[] {
  const known = by ? (figure.set.order?.[by] ?? []) : []
  const rank = (key: string | null): number => (key === null ? known.length + 1 : known.includes(key) ? known.indexOf(key) : known.length)
  return rows
    .filter((row) => by === null || row[`d${at}`]! > 0)
    .toSorted((a, b) => rank(a.key) - rank(b.key) || compare(a.position, b.position) || compare(a.key, b.key))
    .map((row) => ({ ...valueFrom(figure, row[`v${at}`] ?? null, row[`n${at}`] ?? 0, row[`d${at}`] ?? 0), key: row.key, label: row.key ?? blank }))
}

const compare = (a: string | null, b: string | null): number => (a ?? '').localeCompare(b ?? '', 'zh-Hant-TW')

function valueFrom(figure: FigureDefinition, value: number | null, numerator: number, denominator: number): FigureValue {
  const isFraction = figure.adds === 'share' || figure.adds === 'mean'
  return { id: figure.id, value, kind: figure.kind, unit: figure.unit, ...(isFraction ? { numerator, denominator } : {}), source: 'cases' }
}

const emptyValue = (figure: FigureDefinition): FigureValue => valueFrom(figure, figure.adds === 'count' ? 0 : null, 0, 0)

function withoutName(part: FigurePart | undefined): FigureValue | null {
  if (!part) return null
  const { key: _key, label: _label, ...value } = part
  return value
}

export type CaseChoice = {
  /** only one part of the whole */
  only?: { by: SplitBy; key: string | null } | undefined
  /** only what this person may see */
  seenBy?: Person | undefined
}

export type CaseListOptions = CaseChoice & {
  limit?: number
  /** cases after this one, in the list's order */
  after?: { receivedAt: Date; caseId: number } | undefined
}

/** The cases counted, oldest receipt first. */
export async function figureCases(reader: Reader, figure: FigureDefinition, span: FigureSpan, options: CaseListOptions = {}): Promise<FigureCase[]> {
  const { after, limit } = options
  const found = await sql<FigureCase>`${planned}
    select case_id, number, title, unit, township, month, channel, category, kind, received_at, closed_at, due_on, outcome, confidential, (${valueOf(figure)})::float8 as value
    from (${figure.set.cases(span)}) as counted
    where ${chosen(figure, options)} ${after ? sql`and (received_at, case_id) > (${after.receivedAt}, ${after.caseId})` : sql``}
    order by received_at, case_id ${limit ? sql`limit ${limit}` : sql``}`.execute(reader)
  return found.rows
}

/** How many cases stand behind the figure or part, and how many of them this person may see. */
export async function countFigureCases(reader: Reader, figure: FigureDefinition, span: FigureSpan, { only, seenBy }: CaseChoice): Promise<{ all: number; seen: number }> {
  const found = await sql<{ all: number; seen: number }>`${planned}
    select count(*)::float8 as all, count(*) filter (where ${seenBy ? isSeen(figure, seenBy) : sql`true`})::float8 as seen
    from (${figure.set.cases(span)}) as counted where ${chosen(figure, { only })}`.execute(reader)
  return found.rows[0]!
}

function chosen(figure: FigureDefinition, { only, seenBy }: CaseChoice): RawBuilder<unknown> {
  const conditions = [isCounted(figure)]
  if (only) conditions.push(sql`${sql.ref(only.by)} is not distinct from ${only.key}`)
  if (seenBy) conditions.push(isSeen(figure, seenBy))
  return sql.join(conditions, sql` and `)
}

/** What one may see is decided by the case as it is now, also in a list as of an earlier instant. */
function isSeen(figure: FigureDefinition, person: Person): RawBuilder<unknown> {
  return sql`exists (select from windlion.cases c where c.id = counted.case_id and ${figure.set.visibleTo(person)})`
}
