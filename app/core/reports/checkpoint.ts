import { sql } from 'kysely'
import type { Db } from '../db.ts'
import { checkpointOf, sealEvents } from '../events/seal.ts'

/** The head of the record as it stood at that instant: `size:root`; later events do not change it. Null where nothing had happened. */
export async function checkpointAt(db: Db, instant: Date): Promise<string | null> {
  await sealEvents(db)
  const found = await sql<{ seq: number }>`
    select s.seq from event_seals s join events e on e.id = s.event_id
    where e.recorded_at <= ${instant} order by s.seq desc limit 1`.execute(db)
  return found.rows[0] ? checkpointOf(db, found.rows[0].seq) : null
}
