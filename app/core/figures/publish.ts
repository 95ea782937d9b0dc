import { sql } from 'kysely'
import { type Db, fenceWrites, type Tx, write } from '../db.ts'
import { record } from '../events/record.ts'
import type { Person } from '../identity/permissions.ts'
import { dayOf } from '../time.ts'
import { figureSet, figureSplitSet } from './cache.ts'
import { toldParts, toldWhole } from './few.ts'
import type { FigureDefinition, FigureSpan, SplitBy } from './figure.ts'
import { halfYearOf, halfYearsUpTo, type Period, statusDayOf } from './periods.ts'
import { allFigures } from './registry.ts'
import './tables.ts'

const publicSplits: SplitBy[] = ['part', 'unit', 'township', 'month', 'channel', 'category']

/** How far back the public sees: ten years. */
const halfYearsMax = 20

/**
 * Computes every public figure of a half-year with its parts, as known at an instant after all writes under way, and writes
 * them down for the public. Values that did not change keep their row; those that did keep the one they replace.
 */
export async function publishHalfYear(db: Db, period: Period, by: { now: Date; person: Person | null }): Promise<void> {
  const figures = allFigures().filter((figure) => figure.public)
  const asOf = await fenceWrites(db)
  const span: FigureSpan = { ...period, statusOn: statusDayOf(period, dayOf(by.now)), asOf }
  const rows = await toldRows(db, figures, span)
  await write(db, async (tx, recordedAt) => {
    const id = await saveHead(tx, span, by.person)
    await saveValues(tx, id, rows)
    const ctx = { person: by.person, onBehalfOf: null, now: recordedAt, today: dayOf(recordedAt) }
    await record(tx, ctx, 'figures.published', { payload: { publication: id, from: span.from, to: span.to, statusOn: span.statusOn, asOf: asOf.toISOString(), values: rows.length } })
  })
}

/** Every half-year from the first receipt until now, at most ten years of them. Returns how many. */
export async function publishAll(db: Db, now: Date, person: Person | null = null): Promise<number> {
  const periods = await halfYearsWithCases(db, now)
  for (const period of periods) await publishHalfYear(db, period, { now, person })
  return periods.length
}

/** How long a new office without cases is left alone before it is looked at again. */
const triedAgainAfterMs = 60_000
const tried = new WeakMap<object, { at: number; publishing: Promise<number> }>()

/** For a new office that nothing was published of yet: does now what else the next morning would do. Two at once do it once. */
export async function publishFirst(db: Db, now: Date): Promise<number> {
  const last = tried.get(db)
  if (last && performance.now() - last.at < triedAgainAfterMs) return last.publishing
  const publishing = publishAll(db, now)
  tried.set(db, { at: performance.now(), publishing })
  publishing.catch(() => tried.delete(db))
  return publishing
}

/** The half-years in which cases were received, oldest first; none before the first case. */
export async function halfYearsWithCases(db: Db, now: Date): Promise<Period[]> {
  // one look into the index for each kind of case
  const found = await sql<{ first: Date | null; last: Date | null }>`
    with recursive kinds as (
      (select kind from cases order by kind limit 1)
      union all select (select kind from cases where kind > kinds.kind order by kind limit 1) from kinds where kinds.kind is not null)
    select min(bounds.first) as first, max(bounds.last) as last from kinds, lateral (select
      (select min(received_at) from cases where kind = kinds.kind) as first, (select max(received_at) from cases where kind = kinds.kind) as last) bounds`.execute(db)
  const { first, last } = found.rows[0]!
  if (!first || !last) return []
  const until = halfYearOf(dayOf(last < now ? last : now))
  return halfYearsUpTo(until, halfYearsMax).filter((period) => period.to >= dayOf(first))
}

type ToldRow = { figure: string; split: string; key: string; position: number; value: number | null; numerator: number | null; denominator: number | null; few: boolean }

async function toldRows(db: Db, figures: FigureDefinition[], span: FigureSpan): Promise<ToldRow[]> {
  const ids = figures.map((figure) => figure.id)
  const wholes = await figureSet(db, ids, span)
  const parts = await figureSplitSet(db, ids, span, publicSplits)
  return figures.flatMap((figure) => {
    const { key: _, label: __, ...whole } = toldWhole(figure, wholes[figure.id]!)
    const splits = Object.entries(parts[figure.id] ?? {}).flatMap(([split, those]) =>
      toldParts(figure, those).map(({ key: _key, label, ...told }, position) => ({ figure: figure.id, split, key: label, position, ...told })),
    )
    return [{ figure: figure.id, split: '', key: '', position: 0, ...whole }, ...splits]
  })
}

async function saveHead(tx: Tx, span: FigureSpan, person: Person | null): Promise<number> {
  const values = { status_on: span.statusOn, as_of: span.asOf!, published_by: person?.id ?? null }
  const { id } = await tx
    .insertInto('figure_publications')
    .values({ from_day: span.from, to_day: span.to, ...values })
    .onConflict((conflict) => conflict.columns(['from_day', 'to_day']).doUpdateSet({ ...values, published_at: sql`recorded_now()` }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

async function saveValues(tx: Tx, publicationId: number, rows: ToldRow[]): Promise<void> {
  const given = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(figure text, split text, key text, position int, value float8, numerator float8, denominator float8, few boolean)`
  await sql`delete from figure_publication_values v where publication_id = ${publicationId}
    and not exists (select from ${given} where given.figure = v.figure and given.split = v.split and given.key = v.key)`.execute(tx)
  await sql`insert into figure_publication_values as v (publication_id, figure, split, key, position, value, numerator, denominator, few)
    select ${publicationId}, figure, split, key, position, value, numerator, denominator, few from ${given}
    on conflict (publication_id, figure, split, key) do update
      set position = excluded.position, value = excluded.value, numerator = excluded.numerator, denominator = excluded.denominator, few = excluded.few
      where (v.position, v.value, v.numerator, v.denominator, v.few) is distinct from (excluded.position, excluded.value, excluded.numerator, excluded.denominator, excluded.few)`.execute(tx)
}
