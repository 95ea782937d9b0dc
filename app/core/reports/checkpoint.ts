import { sql } from 'kysely'
import type { Db } from '../db.ts'
import { sealEvents } from '../events/seal.ts'

/** The head of the event log as it stood at that instant: `seq:hash`; later events do not change it. Null where nothing had happened. */
export async function checkpointAt(db: Db, instant: Date): Promise<string | null> {
  await sealEvents(db)
  const found = await sql<{ seq: number; hash: string }>`
    select s.seq, encode(s.hash, 'hex') as hash from event_seals s join events e on e.id = s.event_id
    where e.recorded_at <= ${instant} order by s.seq desc limit 1`.execute(db)
  const head = found.rows[0]
  return head ? `${head.seq}:${head.hash}` : null
}
