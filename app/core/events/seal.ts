import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { Db, Reader } from '../db.ts'
import { type CaseState, caseStateHashes } from './case-state.ts'

/** What is hashed of an event: every column, in one fixed text form that PostgreSQL 15 to 18 print alike. */
const canonical: RawBuilder<string> = sql`jsonb_build_array(e.id, e.kind, round(extract(epoch from e.happened_at) * 1000000)::bigint,
  round(extract(epoch from e.recorded_at) * 1000000)::bigint, e.case_id, e.person_id, e.on_behalf_of, e.from_stage, e.to_stage, e.payload)::text`

const sealLock = 7_301_003
const batchSize = 5_000

type Head = { seq: number; hash: Buffer }
const start: Head = { seq: 0, hash: Buffer.alloc(32) }

/**
 * Seals every event whose transaction has ended: appends hash(n) = sha256(hash(n−1) ‖ event n ‖ state), where state
 * is the hash of the case's rows and of their history at sealing, carried by its last event of the batch. Order is that of (transaction, id)
 * among transactions older than any still running, so that no event can slip in behind.
 * Returns the head of the chain.
 */
export async function sealEvents(db: Db): Promise<Head> {
  for (;;) {
    const { head, more } = await db.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(${sql.lit(sealLock)})`.execute(tx)
      const last = await headOf(tx)
      const open = await sql<OpenEvent>`
        with last as (select l.xid, l.id from event_seals s join events l on l.id = s.event_id order by s.seq desc limit 1)
        select e.id, e.case_id, ${canonical} as text from events e
        where (e.xid, e.id) > (coalesce((select xid from last), '0'), coalesce((select id from last), 0))
          and e.xid < pg_snapshot_xmin(pg_current_snapshot())
        order by e.xid, e.id limit ${sql.lit(batchSize)}`.execute(tx)
      const seals = chain(last, open.rows, await caseStateHashes(tx, [...new Set(open.rows.flatMap((event) => event.case_id ?? []))]))
      if (seals.length) {
        await sql`insert into event_seals (seq, event_id, hash, state_hash)
          select * from unnest(${seals.map((seal) => seal.seq)}::bigint[], ${seals.map((seal) => seal.eventId)}::bigint[],
            ${seals.map((seal) => seal.hash)}::bytea[], ${seals.map((seal) => seal.state)}::bytea[])`.execute(tx)
      }
      return { head: seals.at(-1) ?? last, more: open.rows.length === batchSize }
    })
    if (!more) return { seq: head.seq, hash: head.hash }
  }
}

type OpenEvent = { id: number; case_id: number | null; text: string }

function chain(from: Head, events: OpenEvent[], states: Map<number, CaseState>) {
  let { seq, hash } = from
  const lastOf = new Map(events.map((event) => [event.case_id, event.id]))
  return events.map((event) => {
    const state = event.case_id !== null && lastOf.get(event.case_id) === event.id ? (states.get(event.case_id)?.whole ?? null) : null
    seq += 1
    hash = link(hash, event.text, state)
    return { seq, eventId: event.id, hash, state }
  })
}

function link(previous: Buffer, event: string, state: Buffer | null): Buffer {
  const next = createHash('sha256').update(previous).update(event, 'utf8')
  if (state) next.update(state)
  return next.digest()
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
    const rows = await sql<{ seq: number; event_id: number; hash: Buffer; state_hash: Buffer | null; id: number | null; text: string | null }>`
      select s.seq, s.event_id, s.hash, s.state_hash, e.id, ${canonical} as text
      from event_seals s left join events e on e.id = s.event_id where s.seq > ${last.seq} order by s.seq limit ${sql.lit(batchSize)}`.execute(db)
    if (!rows.rows.length) break
    for (const row of rows.rows) {
      if (row.seq !== last.seq + 1) differences.push(`封存序號 ${last.seq + 1} 至 ${row.seq - 1} 不見了`)
      if (row.id === null) differences.push(`事件 ${row.event_id}（封存序號 ${row.seq}）被刪除`)
      else {
        if (!link(last.hash, row.text!, row.state_hash).equals(row.hash)) differences.push(`事件 ${row.event_id}（封存序號 ${row.seq}）被竄改`)
      }
      last = { seq: row.seq, hash: row.hash } // go on from what was sealed, so that one change is named once
    }
  }
  const unsealed = await sql<{ id: number }>`select e.id from events e where not exists (select from event_seals s where s.event_id = e.id)
    and e.xid < pg_snapshot_xmin(pg_current_snapshot()) order by e.id limit 20`.execute(db)
  for (const row of unsealed.rows) differences.push(`事件 ${row.id} 沒有封存：它不是由系統寫入的`)
  return { count: last.seq, differences }
}

/** A seal made before seals covered history fits the rows alone. */
const fits = (sealed: Buffer, { whole, rows }: CaseState): boolean => sealed.equals(whole) || sealed.equals(rows)

/** Cases whose rows, or earlier versions of them, are no longer what they were when their last event was sealed. Each is one zh-TW sentence. */
export async function verifyCaseStates(db: Db): Promise<{ count: number; differences: string[] }> {
  await sealEvents(db)
  const differences: string[] = []
  let count = 0
  for (let after = 0; ; ) {
    // one snapshot for seals and rows; a case with an act under way or not yet sealed is left for the next time
    const done = await db.transaction().setIsolationLevel('repeatable read').execute(async (tx) => {
      const cases = await sql<{ id: number; name: string; state_hash: Buffer | null; open: boolean }>`
        select c.id, coalesce(c.number, c.follow_no) as name, s.state_hash,
          exists (select from events e where e.case_id = c.id and not exists (select from event_seals es where es.event_id = e.id)) as open
        from cases c left join lateral (select es.state_hash from events e join event_seals es on es.event_id = e.id
          where e.case_id = c.id and es.state_hash is not null order by es.seq desc limit 1) s on true
        where c.id > ${after} order by c.id limit 2000`.execute(tx)
      const hashes = await caseStateHashes(tx, cases.rows.map((row) => row.id))
      for (const row of cases.rows) {
        if (row.open) continue
        if (!row.state_hash) differences.push(`案件 ${row.name} 沒有封存紀錄：它不是由系統寫入的`)
        else if (!fits(row.state_hash, hashes.get(row.id)!)) differences.push(`案件 ${row.name} 的資料或過去的版本被改過，和最後一次紀錄不符`)
      }
      count += cases.rows.length
      after = cases.rows.at(-1)?.id ?? after
      return cases.rows.length === 0
    })
    if (done) return { count, differences }
  }
}
