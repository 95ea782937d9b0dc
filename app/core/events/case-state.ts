import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../db.ts'

/** Tables whose rows make up a case's state, with the column that names the case. Modules add their detail tables. */
const tables: { table: string; column: string }[] = [
  { table: 'cases', column: 'id' },
  { table: 'case_dues', column: 'case_id' },
]

/** Called once at start. A column added later must be nullable: nulls are left out, so that old hashes still fit. */
export function addCaseState(table: string, column: string): void {
  if (!tables.some((one) => one.table === table)) tables.push({ table, column })
}

/** Hash of all state rows of each case, by case id. The session's time zone is fixed, so the text is too. */
export async function caseStateHashes(reader: Reader, caseIds: number[]): Promise<Map<number, Buffer>> {
  if (!caseIds.length) return new Map()
  const parts: RawBuilder<unknown>[] = tables.map(
    ({ table, column }) => sql`coalesce((select jsonb_agg(jsonb_strip_nulls(to_jsonb(t)) order by t.id)::text from ${sql.table(table)} t where t.${sql.ref(column)} = w.id), '')`,
  )
  const rows = await sql<{ id: number; state: string }>`
    select w.id, concat_ws(E'\\n', ${sql.join(parts)}) as state from unnest(${caseIds}::bigint[]) w(id)`.execute(reader)
  return new Map(rows.rows.map((row) => [row.id, createHash('sha256').update(row.state, 'utf8').digest()]))
}
