import { sql } from 'kysely'
import type { Tx } from '../db.ts'

/**
 * Takes the earlier versions of rows away, as lawful destruction needs; the everyday role can do so only here, and each time leaves a row in
 * `history_erasures`. Record an event of the case in the same transaction, or verify will name the case. Returns how many versions went.
 */
export async function eraseHistory(tx: Tx, table: string, column: string, id: number): Promise<number> {
  const erased = await sql<{ count: number }>`select windlion.erase_history(${table}, ${column}, ${id}::bigint) as count`.execute(tx)
  return erased.rows[0]!.count
}
