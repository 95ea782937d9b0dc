import { sql } from 'kysely'
import { type Db, read, type Reader } from '../db.ts'
import { figureSplits, figureValues } from './compute.ts'
import type { FigurePart, FigureSpan, FigureValue, SplitBy } from './figure.ts'
import { getFigure } from './registry.ts'

type Kept = { snapshot: string; value: unknown }

/** How many results a database keeps in memory: some hundred periods, a few kilobytes each. */
const keptMax = 300
const keptOf = new WeakMap<object, Map<string, Kept>>()

/** Many figures by id, from one snapshot; what was computed before and has not changed since is not computed again. */
export function figureSet(db: Db, ids: readonly string[], span: FigureSpan): Promise<Record<string, FigureValue>> {
  return cachedRead(db, `set ${spanKey(span)} ${ids.join()}`, (reader) => figureValues(reader, ids.map(getFigure), span), span.asOf)
}

/** Many figures by id with their parts: id → split → parts. */
export function figureSplitSet(db: Db, ids: readonly string[], span: FigureSpan, bys: readonly SplitBy[]): Promise<Record<string, Partial<Record<SplitBy, FigurePart[]>>>> {
  return cachedRead(db, `splits ${spanKey(span)} ${bys.join()} ${ids.join()}`, (reader) => figureSplits(reader, ids.map(getFigure), span, bys), span.asOf)
}

const spanKey = (span: FigureSpan): string => `${span.from} ${span.to} ${span.statusOn}`

/**
 * A read whose result is kept in memory until something happens. Every act writes an event in its own transaction, so a
 * result holds as long as there is no event that its snapshot did not see, whether its transaction began before or after.
 * The result is shared: do not change it.
 */
export async function cachedRead<T>(db: Db, key: string, run: (reader: Reader) => Promise<T>, asOf: Date | null = null): Promise<T> {
  const kept = keptOf.get(db) ?? new Map<string, Kept>()
  keptOf.set(db, kept)
  const name = `${asOf?.getTime() ?? 'now'} ${key}`
  const earlier = kept.get(name)
  if (earlier && (await holds(db, earlier.snapshot))) {
    keep(kept, name, earlier)
    return earlier.value as T
  }
  const fresh = await read(db, async (reader) => ({ snapshot: await snapshotOf(reader), value: await run(reader) }), asOf)
  keep(kept, name, fresh)
  return fresh.value
}

async function holds(db: Db, snapshot: string): Promise<boolean> {
  const found = await sql<{ holds: boolean }>`select not exists (select from windlion.events
    where xid >= pg_snapshot_xmin(${snapshot}::pg_snapshot) and not pg_visible_in_snapshot(xid, ${snapshot}::pg_snapshot)) as holds`.execute(db)
  return found.rows[0]!.holds
}

async function snapshotOf(reader: Reader): Promise<string> {
  const found = await sql<{ snapshot: string }>`select pg_current_snapshot()::text as snapshot`.execute(reader)
  return found.rows[0]!.snapshot
}

/** The one used longest ago goes first. */
function keep(kept: Map<string, Kept>, name: string, result: Kept): void {
  kept.delete(name)
  kept.set(name, result)
  if (kept.size > keptMax) kept.delete(kept.keys().next().value!)
}
