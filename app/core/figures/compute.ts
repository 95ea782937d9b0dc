import { type RawBuilder, sql } from 'kysely'
import { planned, type Reader } from '../db.ts'
import type { Person } from '../identity/permissions.ts'
import { balanceLines, type FigureCase, type FigureDefinition, type FigurePart, type FigureSpan, type FigureValue, partLabel, partNames, type SplitBy, unbalanced } from './figure.ts'

/** Whether a case stands in a line of its balance; a set that cannot say, does not. */
const line = (column: string): RawBuilder<boolean> => sql`coalesce(${sql.ref(column)}, false)`
const [carriedIn, entered, ended, carriedOut] = ['carried_in', 'entered', 'ended', 'carried_out'].map(line) as [RawBuilder<boolean>, RawBuilder<boolean>, RawBuilder<boolean>, RawBuilder<boolean>]
const lineConditions: Record<(typeof balanceLines)[number]['key'] | 'unbalanced', RawBuilder<boolean>> = {
  'carried-in': carriedIn, entered, ended, 'carried-out': carriedOut,
  unbalanced: sql`${carriedIn}::int + ${entered}::int - ${ended}::int <> ${carriedOut}::int`,
}

// Rates and means are rounded to four decimals; of nothing there is no rate: null, never 0.
const sums: Record<FigureDefinition['adds'], (value: RawBuilder<unknown>, counted: RawBuilder<unknown>, over: RawBuilder<unknown>) => RawBuilder<unknown>> = {
  count: (_, counted) => sql`count(*) filter (where ${counted})::float8`,
  share: (value, counted) => sql`round(count(*) filter (where ${counted} and ${value} = 1)::numeric / nullif(count(*) filter (where ${counted}), 0), 4)::float8`,
  mean: (value, counted) => sql`round((avg(${value}) filter (where ${counted}))::numeric, 4)::float8`,
  // the middle value; of an even number, the mean of the two middle ones
  median: (value, counted) => sql`percentile_cont(0.5) within group (order by ${value}::float8) filter (where ${counted})`,
  // the smallest value that nine tenths of all do not exceed
  p90: (value, counted) => sql`percentile_disc(0.9) within group (order by ${value}::float8) filter (where ${counted})`,
  sum: total,
  ratio: (value, counted, over) => sql`round(sum((${value})::numeric) filter (where ${counted}) / nullif(sum((${over})::numeric) filter (where ${counted}), 0), 4)::float8`,
  date: (value, counted) => sql`max(${value}::date - date '1970-01-01') filter (where ${counted})::float8`,
  breakdown: total,
  balance: (_, counted) => sql`count(*) filter (where ${counted} and ${carriedOut})::float8`,
}

// added as numeric, so that no dollar is lost: whole numbers are exact up to nine thousand billion
function total(value: RawBuilder<unknown>, counted: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`coalesce(sum((${value})::numeric) filter (where ${counted}), 0)::float8`
}

const valueOf = (figure: FigureDefinition): RawBuilder<unknown> => figure.value ?? sql`1`
const overOf = (figure: FigureDefinition): RawBuilder<unknown> => figure.over ?? sql`null::numeric`
const isCounted = (figure: FigureDefinition): RawBuilder<unknown> =>
  sql`(${figure.where ?? sql`true`}${figure.value ? sql` and ${figure.value} is not null` : sql``}${figure.adds === 'ratio' ? sql` and ${overOf(figure)} is not null` : sql``}${figure.adds === 'balance' ? sql` and (${carriedIn} or ${entered} or ${ended} or ${carriedOut})` : sql``})`
const hasOwnParts = (figure: FigureDefinition): boolean => figure.adds === 'breakdown' || figure.adds === 'balance'

type Measure = { figure: FigureDefinition; by: SplitBy | null; parts: FigurePart[] }

/** The figure itself. `reader` decides whether now or as of an instant: use `read(db, …, span.asOf)`. */
export async function figureValue(reader: Reader, figure: FigureDefinition, span: FigureSpan): Promise<FigureValue> {
  return (await figureValues(reader, [figure], span))[figure.id]!
}

/** Many figures by id, one statement for each set of cases that they are taken from. */
export async function figureValues(reader: Reader, figures: readonly FigureDefinition[], span: FigureSpan): Promise<Record<string, FigureValue>> {
  const measures = await measure(reader, figures, span, [null])
  const wholes = measures.filter(({ by }) => by === null)
  return Object.fromEntries(wholes.map(({ figure, parts: [whole] }) => {
    const own = measures.find((one) => one.figure === figure && one.by === 'part')
    return [figure.id, { ...(withoutName(whole) ?? emptyValue(figure)), ...(own ? { parts: own.parts } : {}) }]
  }))
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

/** Figures of one set share its scan; one with parts of its own has its own, for the whole and its parts. */
async function measure(reader: Reader, figures: readonly FigureDefinition[], span: FigureSpan, bys: readonly (SplitBy | null)[]): Promise<Measure[]> {
  const measures: Measure[] = []
  const shared = figures.filter((figure) => !hasOwnParts(figure))
  const groups = [...[...new Set(shared.map(({ set }) => set))].map((set) => shared.filter((figure) => figure.set === set)), ...figures.filter(hasOwnParts).map((figure) => [figure])]
  for (const own of groups) {
    const asked = hasOwnParts(own[0]!) ? [...new Set([...bys, 'part' as const])] : bys.filter((by) => by !== 'part')
    if (!asked.length) continue
    const rows = await measureSet(reader, own, span, asked)
    for (const [at, figure] of own.entries()) {
      for (const by of asked) measures.push({ figure, by, parts: partsOf(figure, by, rows.filter((row) => row.split === (by ?? '')), at) })
    }
  }
  return measures
}

type MeasuredRow = { split: string; key: string | null; position: string | null } & Partial<Record<`v${number}` | `n${number}` | `o${number}` | `d${number}`, number | null>>

/**
 * One scan of the set. `offset 0` keeps PostgreSQL from writing the set's expressions anew at each place that uses them;
 * each row is then named once for every split asked for.
 */
async function measureSet(reader: Reader, figures: readonly FigureDefinition[], span: FigureSpan, bys: readonly (SplitBy | null)[]): Promise<MeasuredRow[]> {
  const columns = figures.map((figure, at) => {
    const [value, counted] = [valueOf(figure), isCounted(figure)]
    const numerator = figure.adds === 'share' ? sql`count(*) filter (where ${counted} and ${value} = 1)` : figure.adds === 'mean' ? sql`sum(${value}) filter (where ${counted})` : figure.adds === 'ratio' ? total(value, counted) : sql`null`
    const over = figure.adds === 'ratio' ? total(overOf(figure), counted) : sql`null`
    return sql`${sums[figure.adds](value, counted, overOf(figure))} as ${sql.ref(`v${at}`)}, ${numerator}::float8 as ${sql.ref(`n${at}`)}, ${over}::float8 as ${sql.ref(`o${at}`)}, count(*) filter (where ${counted})::float8 as ${sql.ref(`d${at}`)}`
  })
  const { set } = figures[0]!
  const plain = bys.filter((by) => by !== 'part').map((by) => sql`(${sql.lit(by ?? '')}, ${by ? sql.ref(`counted.${by}`) : sql`null`}::text, ${by === 'unit' ? sql.ref('counted.unit_code') : sql`null`}::text)`)
  const names = [...(plain.length ? [sql`values ${sql.join(plain)}`] : []), ...(bys.includes('part') ? [ownParts(figures[0]!)] : [])]
  const found = await sql<MeasuredRow>`${planned} select part.split, part.key, min(part.position) as position, ${sql.join(columns)}
    from (${set.cases(span)} offset 0) as counted cross join lateral (${sql.join(names, sql` union all `)}) as part(split, key, position)
    group by part.split, part.key`.execute(reader)
  return found.rows
}

/** The parts in which a case of a breakdown or balance stands: one, or each of its lines. */
function ownParts(figure: FigureDefinition): RawBuilder<unknown> {
  if (figure.adds === 'breakdown') return sql`select 'part', (${figure.part ?? sql`null`})::text, null::text`
  const lines = Object.entries(lineConditions).map(([key, applies]) => sql`(${sql.lit(key)}, ${applies})`)
  return sql`select 'part', line.key, null::text from (values ${sql.join(lines)}) as line(key, applies) where line.applies`
}

function partsOf(figure: FigureDefinition, by: SplitBy | null, rows: MeasuredRow[], at: number): FigurePart[] {
  const named = by === 'part' ? partNames(figure).map(({ key }) => key) : null
  const known = named ?? (by ? (figure.set.order?.[by] ?? []) : [])
  const rank = (key: string | null): number => (key === null ? known.length + 1 : known.includes(key) ? known.indexOf(key) : known.length)
  const counted = rows.filter((row) => by === null || row[`d${at}`]! > 0)
  // a part that the figure names is told even when there is none, but nobody misses what does not balance
  const none = (named ?? []).filter((key) => key !== unbalanced.key && !counted.some((row) => row.key === key)).map((key): MeasuredRow => ({ split: 'part', key, position: null }))
  return [...counted, ...none]
    .toSorted((a, b) => rank(a.key) - rank(b.key) || compare(a.position, b.position) || compare(a.key, b.key))
    .map((row) => {
      const cases = row[`d${at}`] ?? 0
      // of a balance's line its cases, of any other part of it those carried out
      const value = by === 'part' && figure.adds === 'balance' ? cases : (row[`v${at}`] ?? emptyValue(figure).value)
      return { ...valueFrom(figure, value, { cases, numerator: row[`n${at}`] ?? 0, over: row[`o${at}`] ?? 0 }), key: row.key, label: partLabel(figure, by ?? 'part', row.key) }
    })
}

const compare = (a: string | null, b: string | null): number => (a ?? '').localeCompare(b ?? '', 'zh-Hant-TW')

function valueFrom(figure: FigureDefinition, value: number | null, { cases, numerator, over }: { cases: number; numerator: number; over: number }): FigureValue {
  const fraction = figure.adds === 'share' || figure.adds === 'mean' ? { numerator, denominator: cases } : figure.adds === 'ratio' ? { numerator, denominator: over } : {}
  if (figure.adds === 'sum' && value !== null && !Number.isSafeInteger(value)) throw new RangeError(`the sum of ${figure.id} is no exact whole number: ${value}`)
  return { id: figure.id, value, kind: figure.kind, unit: figure.unit, cases, ...fraction, source: 'cases' }
}

const emptyValue = (figure: FigureDefinition): FigureValue => valueFrom(figure, ['count', 'sum', 'breakdown', 'balance'].includes(figure.adds) ? 0 : null, { cases: 0, numerator: 0, over: 0 })

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
    select case_id, number, title, unit, township, month, channel, category, kind, received_at, closed_at, due_on, outcome, confidential, ${listedValue(figure)}::float8 as value${figure.adds === 'ratio' ? sql`, (${overOf(figure)})::float8 as over` : sql``}
    from (${figure.set.cases(span)}) as counted
    where ${chosen(figure, options)} ${after ? sql`and (received_at, case_id) > (${after.receivedAt}, ${after.caseId})` : sql``}
    order by received_at, case_id ${limit ? sql`limit ${limit}` : sql``}`.execute(reader)
  return found.rows
}

/** What a case adds, as a number. */
function listedValue(figure: FigureDefinition): RawBuilder<unknown> {
  if (figure.adds === 'date') return sql`(${valueOf(figure)}::date - date '1970-01-01')`
  return figure.adds === 'balance' ? sql`${carriedOut}::int` : sql`(${valueOf(figure)})`
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
  if (only) conditions.push(isPart(figure, only))
  if (seenBy) conditions.push(isSeen(figure, seenBy))
  return sql.join(conditions, sql` and `)
}

function isPart(figure: FigureDefinition, { by, key }: { by: SplitBy; key: string | null }): RawBuilder<unknown> {
  if (by === 'part' && figure.adds === 'balance') return lineConditions[key as keyof typeof lineConditions] ?? sql`false`
  return sql`${by === 'part' ? sql`(${figure.part ?? sql`null`})::text` : sql.ref(by)} is not distinct from ${key}`
}

/** What one may see is decided by the case as it is now, also in a list as of an earlier instant. */
function isSeen(figure: FigureDefinition, person: Person): RawBuilder<unknown> {
  return sql`exists (select from windlion.cases c where c.id = counted.case_id and ${figure.set.visibleTo(person)})`
}
