import { sql } from 'kysely'
import type { Db } from '../../app/core/db.ts'
import { personalColumns } from '../../app/core/personal-data/declare.ts'
import { unseal } from '../../app/core/personal-data/index.ts'

/** Kinds of sealed columns that tell who somebody is. */
const identifying = new Set(['name', 'email', 'phone', 'address', 'id-number'])

/** What identifies people of a database: of residents all that lies sealed in a declared column, of colleagues names and mail. */
export async function personalStrings(db: Db): Promise<Set<string>> {
  const found: (string | null)[] = []
  for (const { table, column, field } of personalColumns()) {
    if (field.how !== 'sealed' || !identifying.has(field.kind)) continue
    const { rows } = await sql<{ value: Buffer }>`select ${sql.ref(column)} as value from ${sql.table(table)} where ${sql.ref(column)} is not null`.execute(db)
    found.push(...rows.map(({ value }) => unseal(value)))
  }
  const people = await db.selectFrom('people').select(['name', 'email']).execute()
  return new Set([...found, ...people.flatMap((row) => [row.name, row.email])].filter((text): text is string => !!text && text.length > 2))
}

/** `schema.table.column` of every column of the database, sealed bytes and search words included, in which one of them stands in the clear. */
export async function columnsWithTraces(db: Db, strings: Set<string>, onlyTable = '%'): Promise<string[]> {
  const columns = await sql<{ schema: string; table: string; column: string; type: string }>`
    select table_schema as schema, table_name as table, column_name as column, data_type as type from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_schema like 'windlion%' and table_schema <> 'windlion_asof' and table_type = 'BASE TABLE' and table_name like ${onlyTable} and data_type in ('text', 'character varying', 'jsonb', 'json', 'bytea', 'ARRAY', 'xml') order by 1, 2, 3`.execute(db)
  const found: string[] = []
  for (const { schema, table, column, type } of columns.rows) {
    const name = `${schema}.${table}`
    const value = type === 'bytea' ? sql.ref(column) : sql`${sql.ref(column)}::text`
    const values = await sql<{ value: string | Buffer }>`select ${value} as value from ${sql.table(name)} where ${sql.ref(column)} is not null`.execute(db)
    const all = values.rows.map((row) => row.value.toString()).join('\n')
    if ([...strings].some((one) => all.includes(one))) found.push(`${name}.${column}`)
  }
  return found
}
