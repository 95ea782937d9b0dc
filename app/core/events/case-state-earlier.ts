import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../db.ts'
import { sealedColumnsOf } from '../personal-data/declare.ts'

/** What was hashed of a case until seals told their form: these tables in this order, of every case, whatever its kind. One that is no longer there counts as empty. */
const tables = [
  ['cases', 'id'],
  ['case_dues', 'case_id'],
  ['petitions', 'id'],
  ['regulations', 'id'],
  ['regulation_meetings', 'id'],
  ['personal_data_requests', 'id'],
] as const

/** Whether a seal of 32 bytes fits the case as it is: salted, before that unsalted, before that without history; each also with every byte of sealed values, as before these had proofs of their own. */
export async function fitsEarlierForm(reader: Reader, caseId: number, sealed: Buffer): Promise<boolean> {
  const known = await sql<{ table: string; there: boolean }>`select t.name as table, to_regclass('windlion.' || t.name) is not null as there from unnest(${tables.map(([table]) => table)}::text[]) t(name)`.execute(reader)
  const gone = new Set(known.rows.filter(({ there }) => !there).map(({ table }) => table))
  const texts = (schema: string, wholeValues: boolean) => sql.join(tables.map(([table, column]) => (gone.has(table) ? sql`''` : textOf(`${schema}${table}`, column, wholeValues))))
  for (const wholeValues of [false, true]) {
    const found = await sql<{ salt: string | null; rows: string; history: string }>`
      select (select encode(salt, 'hex') from case_salts where case_id = w.id) as salt,
        concat_ws(E'\\n', ${texts('', wholeValues)}) as rows,
        concat_ws(E'\\n', ${texts('windlion_history.', wholeValues)}) as history
      from (select ${caseId}::bigint as id) w`.execute(reader)
    const { salt, rows, history } = found.rows[0]!
    if ([hashOf('case state 2', salt ?? '', rows, history), hashOf('rows and history', rows, history), hashOf(rows)].some((one) => one.equals(sealed))) return true
  }
  return false
}

function textOf(table: string, column: string, wholeValues: boolean): RawBuilder<unknown> {
  const { sealed, hashes } = wholeValues ? { sealed: [], hashes: [] } : sealedColumnsOf(table.replace('windlion_history.', ''))
  const proofs = sealed.map((name) => sql`${sql.lit(name)}, windlion.sealed_proof(t.${sql.ref(name)})`)
  const row = sql`jsonb_strip_nulls(to_jsonb(t)${hashes.length ? sql` - ${sql.lit(`{${hashes.join(',')}}`)}::text[]` : sql``}${proofs.length ? sql` || jsonb_build_object(${sql.join(proofs)})` : sql``})`
  const order = table.startsWith('windlion_history.') ? sql`t.id, t.sys_from, t.sys_to` : sql`t.id`
  return sql`coalesce((select jsonb_agg(${row} order by ${order})::text from ${sql.table(table)} t where t.${sql.ref(column)} = w.id), '')`
}

const hashOf = (...texts: string[]): Buffer => createHash('sha256').update(texts.join('\n'), 'utf8').digest()
