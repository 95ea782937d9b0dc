import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { Reader, Tx } from '../db.ts'
import { sealedColumnsOf } from '../personal-data/declare.ts'

/** Tables whose rows make up a case's state, with the column that names the case. Modules add their detail tables. */
const tables: { table: string; column: string }[] = [
  { table: 'cases', column: 'id' },
  { table: 'case_dues', column: 'case_id' },
]

/** Called once at start. A column added later must be nullable: nulls are left out, so that old hashes still fit. */
export function addCaseState(table: string, column: string): void {
  if (!tables.some((one) => one.table === table)) tables.push({ table, column })
}

/** Gives each case its salt before it is first sealed; again after it was destroyed, when the old salt went. */
export async function saltCases(tx: Tx, caseIds: number[]): Promise<void> {
  if (caseIds.length) await sql`insert into case_salts (case_id) select unnest(${caseIds}::bigint[]) on conflict do nothing`.execute(tx)
}

/** `whole` covers the rows as they are and every earlier version of them, with the case's salt; `earlier` are the forms that seals had before that. */
export type CaseState = { whole: Buffer; earlier: Buffer[] }

/**
 * Hashes of each case's state rows, by case id. The session's time zone is fixed, so the text is too. `asBefore`: with every
 * byte of sealed values and keyed hashes, as seals did before these had proofs of their own.
 */
export async function caseStateHashes(reader: Reader, caseIds: number[], asBefore = false): Promise<Map<number, CaseState>> {
  if (!caseIds.length) return new Map()
  const found = await sql<{ id: number; salt: string | null; rows: string; history: string }>`
    select w.id, (select encode(salt, 'hex') from case_salts where case_id = w.id) as salt,
      concat_ws(E'\\n', ${sql.join(tables.map(({ table, column }) => textOf(table, column, asBefore)))}) as rows,
      concat_ws(E'\\n', ${sql.join(tables.map(({ table, column }) => textOf(`windlion_history.${table}`, column, asBefore)))}) as history
    from unnest(${caseIds}::bigint[]) w(id)`.execute(reader)
  return new Map(found.rows.map(({ id, salt, rows, history }) => [id, { whole: hashOf('case state 2', salt ?? '', rows, history), earlier: [hashOf('rows and history', rows, history), hashOf(rows)] }]))
}

/**
 * A history row has its span of belief too (sys_from, sys_to), so moving or removing one shows. Of a sealed value its proof
 * counts, which another key leaves as it is; a keyed hash follows from its value and does not count.
 */
function textOf(table: string, column: string, asBefore: boolean): RawBuilder<unknown> {
  const { sealed, hashes } = asBefore ? { sealed: [], hashes: [] } : sealedColumnsOf(table.replace('windlion_history.', ''))
  const proofs = sealed.map((name) => sql`${sql.lit(name)}, windlion.sealed_proof(t.${sql.ref(name)})`)
  const row = sql`jsonb_strip_nulls(to_jsonb(t)${hashes.length ? sql` - ${sql.lit(`{${hashes.join(',')}}`)}::text[]` : sql``}${proofs.length ? sql` || jsonb_build_object(${sql.join(proofs)})` : sql``})`
  const order = table.startsWith('windlion_history.') ? sql`t.id, t.sys_from, t.sys_to` : sql`t.id`
  return sql`coalesce((select jsonb_agg(${row} order by ${order})::text from ${sql.table(table)} t where t.${sql.ref(column)} = w.id), '')`
}

const hashOf = (...texts: string[]): Buffer => createHash('sha256').update(texts.join('\n'), 'utf8').digest()
