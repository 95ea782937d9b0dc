import { sql } from 'kysely'
import type { Tx } from '../db.ts'

// The only place from which what people wrote goes out of the tables for good. The everyday role can touch no history: its functions work as
// the tables' owner and check by themselves. Record an event of the case in the same transaction, or verify will name the case.

/** What never became a case of the office, or a row that is gone already: its earlier versions go. Throws for any other. Leaves a trace in `history_erasures`. Returns how many versions went. */
export async function eraseHistory(tx: Tx, table: string, column: string, id: number): Promise<number> {
  const erased = await sql<{ count: number }>`select windlion.erase_history(${table}, ${column}, ${id}::bigint) as count`.execute(tx)
  return erased.rows[0]!.count
}

/**
 * The same for a filing that was never received (stage `lapsed`, without a number), in the tables that make up its state, once its rows are blank.
 * The salt goes too: without it the seals of before can be tried against no guess of what was written.
 */
export async function eraseLapsedCase(tx: Tx, caseId: number, tables: readonly string[]): Promise<void> {
  for (const table of ['cases', ...tables]) await eraseHistory(tx, table, 'id', caseId)
  await eraseHistory(tx, 'case_dues', 'case_id', caseId)
  await forgetSalt(tx, caseId)
}

/** Columns of one table that an approved list destroys: texts become a sentence, blanks null, presets the default; `rows`: whole rows go. */
export type Erasure = { table: string; caseColumn: string; texts: string[]; blanks: string[]; presets: string[]; rows: boolean }

/** In place, in the table and its history. Throws unless the case is on an approved list and not held. */
export async function eraseListed(tx: Tx, caseId: number, { table, caseColumn, texts, blanks, presets, rows }: Erasure): Promise<void> {
  await sql`select windlion.erase_personal(${table}, ${caseColumn}, ${caseId}, ${texts}::text[], ${blanks}::text[], ${presets}::text[], ${rows})`.execute(tx)
}

/** A record that belongs to no case, and every version of it. Throws unless it is on an approved list. */
export async function eraseRecord(tx: Tx, table: string, id: number): Promise<void> {
  await sql`select windlion.erase_record(${table}, ${id}::bigint)`.execute(tx)
}

/** After the rows: the case's next event gives it another. */
export async function forgetSalt(tx: Tx, caseId: number): Promise<void> {
  await sql`delete from case_salts where case_id = ${caseId}`.execute(tx)
}
