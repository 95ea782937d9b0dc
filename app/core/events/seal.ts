import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Db, Reader, Tx } from '../db.ts'
import { caseStateHashes, saltCases } from './case-state.ts'
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
  const leaves = events.map((event, i) => {
    const state = event.case_id !== null && lastOf.get(event.case_id) === event.id ? states.get(event.case_id)!.whole : null
    const seal: Seal = { seq: size + i + 1, sealedAt, salt: randomBytes(16), state, chain: null }
    return { ...seal, eventId: event.id, leaf: leafHash(entryOf(seal, event.text)) }
  })
  const nodes = leaves.flatMap(({ leaf }) => edge.add(leaf))
  await sql`with nodes as (insert into event_tree (upto, level, hash)
      select * from unnest(${nodes.map((node) => node.upto)}::bigint[], ${nodes.map((node) => node.level)}::int[], ${nodes.map((node) => node.hash)}::bytea[]))
    insert into event_seals (seq, event_id, sealed_at, salt, leaf, state_hash)
      select seq, event, 'epoch'::timestamptz + ${sealedAt} * interval '1 microsecond', salt, leaf, state from unnest(${leaves.map((leaf) => leaf.seq)}::bigint[], ${leaves.map((leaf) => leaf.eventId)}::bigint[],
        ${leaves.map((leaf) => leaf.salt)}::bytea[], ${leaves.map((leaf) => leaf.leaf)}::bytea[], ${leaves.map((leaf) => leaf.state)}::bytea[]) l(seq, event, salt, leaf, state)`.execute(tx)
}

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
