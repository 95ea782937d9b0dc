import { sql } from 'kysely'
import type { Tx } from '../db.ts'
import { findStateTables, stateText } from './case-state-text.ts'

/** A table whose rows make up the state of cases, with the column that names the case; of all kinds of case, or of some. */
export type StateTable = { table: string; column: string; kinds?: readonly string[] }

const tables: StateTable[] = [
  { table: 'cases', column: 'id' },
  { table: 'case_dues', column: 'case_id' },
]

/** Called at start; by each module that shares a table, for its own kinds. A column added later must be nullable, since nulls are left out; a table may be added at any time. */
export function addCaseState(table: string, column: string, kinds?: readonly string[]): void {
  const known = tables.find((one) => one.table === table)
  if (!known) tables.push({ table, column, ...(kinds ? { kinds } : {}) })
  else if (!kinds) delete known.kinds
  else if (known.kinds) known.kinds = [...new Set([...known.kinds, ...kinds])]
}

export const stateTables = (): readonly StateTable[] => tables

/** Gives each case its salt before it is first sealed; again after it was destroyed, when the old salt went. */
export async function saltCases(tx: Tx, caseIds: number[]): Promise<void> {
  if (caseIds.length) await sql`insert into case_salts (case_id) select unnest(${caseIds}::bigint[]) on conflict do nothing`.execute(tx)
}

/** First byte of a state's hash: how it was made. Seals of before have none (case-state-earlier.ts). */
export const stateForm = 3
/** That byte and a SHA-256. */
export const stateBytes = 33

/**
 * By case id: the form and a SHA-256 over the case's rows as they are and every earlier version of them, with the case's salt.
 * In a transaction, whose date style and time zone are fixed for it.
 */
export async function caseStateHashes(tx: Tx, caseIds: number[]): Promise<Map<number, Buffer>> {
  if (!caseIds.length) return new Map()
  await sql`select set_config('datestyle', 'ISO, YMD', true), set_config('timezone', 'Asia/Taipei', true)`.execute(tx)
  const kinds = await sql<{ kind: string; ids: number[] }>`select kind, array_agg(id) as ids from cases where id = any(${caseIds}::bigint[]) group by kind`.execute(tx)
  const columns = await findStateTables(tx, tables)
  const hashes = new Map<number, Buffer>()
  for (const { kind, ids } of kinds.rows) {
    const own = columns.filter((one) => one.kinds?.includes(kind) ?? true)
    const found = await sql<{ id: number; hash: Buffer }>`
      select w.id, sha256(convert_to(concat_ws(E'\\n', 'case state 3', (select encode(salt, 'hex') from case_salts where case_id = w.id), ${sql.join(own.map(stateText))}), 'UTF8')) as hash
      from unnest(${ids}::bigint[]) w(id)`.execute(tx)
    for (const { id, hash } of found.rows) hashes.set(id, Buffer.concat([Buffer.from([stateForm]), hash]))
  }
  return hashes
}
