import { sql } from 'kysely'
import type { Tx } from '../db.ts'

const contentLock = 7_301_004

/** Storing and forgetting the same content exclude each other; many may store it at once. Held until the transaction ends. */
export async function lockContent(tx: Tx, sha256: string, how: 'shared' | 'alone'): Promise<void> {
  const key = Buffer.from(sha256, 'hex').readInt32BE(0)
  await (how === 'alone'
    ? sql`select pg_advisory_xact_lock(${contentLock}::int, ${key}::int)`.execute(tx)
    : sql`select pg_advisory_xact_lock_shared(${contentLock}::int, ${key}::int)`.execute(tx))
}
