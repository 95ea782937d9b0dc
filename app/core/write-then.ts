import { sql } from 'kysely'
import type { ActContext } from './act.ts'
import { type Db, type Tx, write } from './db.ts'
import type { Person } from './identity/permissions.ts'
import { dayOf } from './time.ts'

/** A transaction that records as if at that instant: for the demonstration county, whose office never was. Acts run in it by `within`. */
export async function writeThen<T, By extends Person | null>(db: Db, at: Date, person: By, run: (tx: Tx, ctx: ActContext & { person: By }) => Promise<T>): Promise<T> {
  return write(db, async (tx) => {
    await sql`select set_config('windlion.recorded_at', ${at.toISOString()}, true)`.execute(tx)
    return run(tx, { person, onBehalfOf: null, now: at, today: dayOf(at) })
  })
}
