import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { Db, Reader } from '../db.ts'

/** What is hashed of an event: every column, in one fixed text form that PostgreSQL 15 to 18 print alike. */
const canonical: RawBuilder<string> = sql`jsonb_build_array(e.id, e.kind, round(extract(epoch from e.happened_at) * 1000000)::bigint,
  round(extract(epoch from e.recorded_at) * 1000000)::bigint, e.case_id, e.person_id, e.on_behalf_of, e.from_stage, e.to_stage, e.payload)::text`

const sealLock = 7_301_003
const batchSize = 5_000

type Head = { seq: number; hash: Buffer }
const start: Head = { seq: 0, hash: Buffer.alloc(32) }

/**
 * Seals every event whose transaction has ended: appends hash(n) = sha256(hash(n−1) ‖ event n). Order is that of
 * (transaction, id) among transactions older than any still running, so that no event can slip in behind.
 * Returns the head of the chain.
 */
export async function sealEvents(db: Db): Promise<Head> {
  for (;;) {
    const { head, more } = await db.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(${sql.lit(sealLock)})`.execute(tx)
      const last = await headOf(tx)
      const open = await sql<{ id: number; text: string }>`
        with last as (select l.xid, l.id from event_seals s join events l on l.id = s.event_id order by s.seq desc limit 1)
        select e.id, ${canonical} as text from events e
        where (e.xid, e.id) > (coalesce((select xid from last), '0'), coalesce((select id from last), 0))
          and e.xid < pg_snapshot_xmin(pg_current_snapshot())
        order by e.xid, e.id limit ${sql.lit(batchSize)}`.execute(tx)
      const seals = chain(last, open.rows)
      if (seals.length) {
        await sql`insert into event_seals (seq, event_id, hash)
          select * from unnest(${seals.map((seal) => seal.seq)}::bigint[], ${seals.map((seal) => seal.eventId)}::bigint[], ${seals.map((seal) => seal.hash)}::bytea[])`.execute(tx)
      }
      return { head: seals.at(-1) ?? last, more: open.rows.length === batchSize }
    })
    if (!more) return { seq: head.seq, hash: head.hash }
  }
}

function chain(from: Head, events: { id: number; text: string }[]) {
  let { seq, hash } = from
  return events.map((event) => {
    seq += 1
    hash = createHash('sha256').update(hash).update(event.text, 'utf8').digest()
    return { seq, eventId: event.id, hash }
  })
}

async function headOf(reader: Reader): Promise<Head> {
  const found = await sql<{ seq: number; hash: Buffer }>`select seq, hash from event_seals order by seq desc limit 1`.execute(reader)
  return found.rows[0] ?? start
}

/** `seq:hash`, a name for everything recorded so far. */
export async function checkpoint(db: Db): Promise<string> {
  const head = await sealEvents(db)
  return `${head.seq}:${head.hash.toString('hex')}`
}

/** Recomputes the chain. Each difference is one zh-TW sentence that names the event. */
export async function verifySeals(db: Db): Promise<{ count: number; differences: string[] }> {
  await sealEvents(db)
  const differences: string[] = []
  let last = start
  for (;;) {
    const rows = await sql<{ seq: number; event_id: number; hash: Buffer; id: number | null; text: string | null }>`
      select s.seq, s.event_id, s.hash, e.id, ${canonical} as text
      from event_seals s left join events e on e.id = s.event_id where s.seq > ${last.seq} order by s.seq limit ${sql.lit(batchSize)}`.execute(db)
    if (!rows.rows.length) break
    for (const row of rows.rows) {
      if (row.seq !== last.seq + 1) differences.push(`封存序號 ${last.seq + 1} 至 ${row.seq - 1} 不見了`)
      if (row.id === null) differences.push(`事件 ${row.event_id}（封存序號 ${row.seq}）被刪除`)
      else {
        const expected = createHash('sha256').update(last.hash).update(row.text!, 'utf8').digest()
        if (!expected.equals(row.hash)) differences.push(`事件 ${row.event_id}（封存序號 ${row.seq}）被竄改`)
      }
      last = { seq: row.seq, hash: row.hash } // go on from what was sealed, so that one change is named once
    }
  }
  const unsealed = await sql<{ id: number }>`select e.id from events e where not exists (select from event_seals s where s.event_id = e.id)
    and e.xid < pg_snapshot_xmin(pg_current_snapshot()) order by e.id limit 20`.execute(db)
  for (const row of unsealed.rows) differences.push(`事件 ${row.id} 沒有封存：它不是由系統寫入的`)
  return { count: last.seq, differences }
}
