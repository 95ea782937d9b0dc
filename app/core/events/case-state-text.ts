import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../db.ts'
import { sealedColumnsOf } from '../personal-data/declare.ts'
import type { StateTable } from './case-state.ts'

type Column = { name: string; type: string }
/** `table` with its schema: the table itself, or its history. */
type TableText = StateTable & { schema: string; columns: Column[] }

/** Each table and its history with their columns by name, as they are now: a process that went on while another added one sees it. */
export async function findStateTables(reader: Reader, tables: readonly StateTable[]): Promise<TableText[]> {
  const found = await sql<{ schema: string; table: string; columns: Column[] }>`
    select n.nspname as schema, c.relname as table, (select jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, null)) order by a.attname collate "C")
      from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('windlion', 'windlion_history') and c.relname = any(${tables.map((one) => one.table)}::text[]) and c.relkind = 'r'`.execute(reader)
  return ['windlion', 'windlion_history'].flatMap((schema) =>
    tables.flatMap((one) => {
      const table = found.rows.find((row) => row.schema === schema && row.table === one.table)
      return table ? [{ ...one, schema, columns: columnsOf(one.table, table.columns) }] : []
    }),
  )
}

/** A keyed hash follows from its value and does not count: another key makes another. */
function columnsOf(table: string, columns: Column[]): Column[] {
  const { sealed, hashes } = sealedColumnsOf(table)
  return columns.filter(({ name }) => !hashes.includes(name)).map(({ name, type }) => ({ name, type: sealed.includes(name) ? 'sealed' : type }))
}

/**
 * The text of a case's rows in one table (`w.id` is the case): a line with the table's name, then for each row an empty line and one
 * line a value. Null, and nothing at all, where there is no row. What has no value has no line, so a column that came later changes
 * nothing. Beside `jsonb` it takes half the time.
 */
export function stateText({ schema, table, column, columns }: TableText): RawBuilder<unknown> {
  const past = schema === 'windlion_history'
  const order = past ? sql`t.id, t.sys_from, t.sys_to` : sql`t.id`
  const row = sql`concat_ws(E'\\n', '', ${sql.join(columns.map(line))})`
  return sql`(select ${sql.lit(`${past ? 'past ' : ''}${table}\n`)} || string_agg(${row}, E'\\n' order by ${order}) from ${sql.table(`${schema}.${table}`)} t where t.${sql.ref(column)} = w.id)`
}

/** Types whose text holds no line end; anything else is told with its length in bytes, so that no text can pass for other lines. */
const plainTypes = new Set(['bigint', 'integer', 'smallint', 'numeric', 'boolean', 'date', 'timestamp with time zone', 'uuid'])

/** Of a sealed value its proof counts, which another key leaves as it is: `windlion.sealed_proof`, written out since PostgreSQL calls a strict function row by row. */
function line({ name, type }: Column): RawBuilder<unknown> {
  const value = sql`t.${sql.ref(name)}`
  const label = (text: string) => sql.lit(`${name} ${text}`)
  if (type === 'sealed') return sql`${label('')} || encode(case when get_byte(${value}, 0) = 226 then substr(${value}, 32, 32) else ${value} end, 'hex')`
  if (type === 'bytea') return sql`${label('')} || encode(${value}, 'hex')`
  if (plainTypes.has(type)) return sql`${label('')} || ${value}`
  return sql`${label('')} || octet_length(${value}::text) || ' ' || ${value}::text`
}
