import { sql } from 'kysely'
import type { Db, Reader } from '../db.ts'

export type Operation = { what: 'backup' | 'restore' | 'drill'; ok: boolean; details: Record<string, unknown>; at: Date }

export async function noteOperation(db: Db, what: Operation['what'], ok: boolean, details: Record<string, unknown>): Promise<void> {
  await sql`insert into operations (what, ok, details) values (${what}, ${ok}, ${JSON.stringify(details)}::jsonb)`.execute(db)
}

/** The last of each kind, for the operator's page. */
export async function lastOperations(reader: Reader): Promise<Operation[]> {
  const found = await sql<Operation>`select distinct on (what) what, ok, details, at from operations order by what, id desc`.execute(reader)
  return found.rows
}
