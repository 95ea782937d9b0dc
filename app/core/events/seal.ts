import { randomBytes } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { Db, Reader, Tx } from '../db.ts'
import { caseStateHashes, saltCases, stateBytes } from './case-state.ts'
import { entryOf, eventText, type Seal } from './entry.ts'
import { leafHash } from './merkle.ts'
import { edgeOf, rootAt, treeSize } from './tree.ts'

const sealLock = 7_301_003
const batchSize = 5_000

/**
 * Seals every event whose transaction has ended: it becomes the next leaf of the tree. The last event of a case in a batch carries the hash of
 * the case's rows and of their history. Order is that of (transaction, id) among transactions older than any still running, so that no event
 * can slip in behind. Returns how many are sealed. Throws BrokenTree when somebody took nodes away.
 */
export async function sealEvents(db: Db): Promise<number> {
  for (;;) {
    const { size, more } = await db.transaction().execute(sealBatch)
    if (!more) return size
  }
}

type OpenEvent = { id: number; case_id: number | null; text: string }

async function sealBatch(tx: Tx): Promise<{ size: number; more: boolean }> {
  // A connection keeps its plans: one made while a table was small would read all of it for every case, and more each day that nothing analyses it.
  await sql`select set_config('enable_seqscan', 'off', true), pg_advisory_xact_lock(${sql.lit(sealLock)})`.execute(tx)
  const open = await sql<OpenEvent>`
    with last as (select xid, id from events where id = (select event_id from event_seals order by seq desc limit 1))
    select e.id, e.case_id, ${eventText} as text from events e
    where (e.xid, e.id) > (coalesce((select xid from last), '0'), coalesce((select id from last), 0))
      and e.xid < pg_snapshot_xmin(pg_current_snapshot())
    order by e.xid, e.id limit ${sql.lit(batchSize)}`.execute(tx)
  const size = await treeSize(tx)
  if (!open.rows.length) return { size, more: false }
  await append(tx, size, open.rows)
  return { size: size + open.rows.length, more: open.rows.length === batchSize }
}

async function append(tx: Tx, size: number, events: OpenEvent[]): Promise<void> {
  const cases = [...new Set(events.flatMap((event) => event.case_id ?? []))]
  await saltCases(tx, cases)
  const states = await caseStateHashes(tx, cases)
  const lastOf = new Map(events.map((event) => [event.case_id, event.id]))
  const edge = await edgeOf(tx, size)
  const sealedAt = await clockOf(tx)
  const salts = randomBytes(saltBytes * events.length)
  const leaves = events.map((event, i) => {
    const state = event.case_id !== null && lastOf.get(event.case_id) === event.id ? (states.get(event.case_id) ?? null) : null
    const seal: Seal = { seq: size + i + 1, sealedAt, salt: salts.subarray(i * saltBytes, (i + 1) * saltBytes), state, chain: null }
    return { state, leaf: leafHash(entryOf(seal, event.text)) }
  })
  const nodes = leaves.flatMap(({ leaf }) => edge.add(leaf))
  const stated = leaves.flatMap(({ state }) => state ?? [])
  let at = 0
  const stateOf = leaves.map(({ state }) => (state ? (at += 1) : null))
  await sql`with nodes as (insert into event_tree (upto, level, hash)
      select upto, level, ${cut(nodes.map((node) => node.hash), 32, sql`i::int`)} from unnest(${list(nodes.map((node) => node.upto))}::bigint[], ${list(nodes.map((node) => node.level))}::int[]) with ordinality n(upto, level, i))
    insert into event_seals (seq, event_id, sealed_at, salt, leaf, state_hash)
      select ${size}::bigint + i, event, 'epoch'::timestamptz + ${sealedAt} * interval '1 microsecond', ${cut([salts], saltBytes, sql`i::int`)}, ${cut(leaves.map(({ leaf }) => leaf), 32, sql`i::int`)}, ${cut(stated, stateBytes, sql`state`)}
      from unnest(${list(events.map((event) => event.id))}::bigint[], ${list(stateOf)}::int[]) with ordinality l(event, state, i)`.execute(tx)
}

const saltBytes = 16

/** Many hashes go as one value and are cut there, the i-th from 1: an array of them costs Node more than all hashing. */
const cut = (parts: Buffer[], size: number, i: RawBuilder<unknown>): RawBuilder<unknown> => sql`substr(${Buffer.concat(parts)}::bytea, (${i} - 1) * ${sql.lit(size)} + 1, ${sql.lit(size)})`

const list = (values: (number | null)[]): string => `{${values.map((value) => value ?? 'null').join(',')}}`

/** The database's clock, in microseconds since 1970. */
async function clockOf(tx: Tx): Promise<number> {
  const found = await sql<{ now: number }>`select round(extract(epoch from clock_timestamp()) * 1000000)::bigint as now`.execute(tx)
  return found.rows[0]!.now
}

/** `size:root`, the root as hexadecimal digits: a name for everything recorded so far. */
export async function checkpoint(db: Db): Promise<string> {
  return checkpointOf(db, await sealEvents(db))
}

/** The same for the first `size` events; later ones do not change it. */
export async function checkpointOf(db: Reader, size: number): Promise<string> {
  return `${size}:${(await rootAt(db, size)).toString('hex')}`
}
