import { sql } from 'kysely'
import type { Db } from '../db.ts'
import { addProof, type Proof } from '../verify.ts'
import { personalColumns } from './declare.ts'
import { provesItself } from './seal.ts'

const atOnce = 5_000
const namedMax = 20

/** Every sealed value opens, and the proof beside it is that of its text: what the record of a case counts on. */
addProof(async (db: Db): Promise<Proof> => {
  const proof: Proof = { what: '個人資料封緘', count: 0, differences: [] }
  for (const { table, column, field } of personalColumns()) if (field.how === 'sealed') await proveColumn(db, table, column, proof)
  return proof
})

async function proveColumn(db: Db, table: string, column: string, proof: Proof): Promise<void> {
  const exists = await sql<{ key: string | null }>`select a.attname as key from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
    where i.indisprimary and i.indrelid = to_regclass(${`windlion.${table}`})`.execute(db)
  const key = exists.rows[0]?.key
  if (!key) return
  for (let after: unknown = null; ; ) {
    const rows = await sql<{ key: unknown; name: string; value: Buffer }>`select ${sql.ref(key)} as key, ${sql.ref(key)}::text as name, ${sql.ref(column)} as value from ${sql.table(table)}
      where ${sql.ref(column)} is not null ${after === null ? sql`` : sql`and ${sql.ref(key)} > ${after}`} order by ${sql.ref(key)} limit ${sql.lit(atOnce)}`.execute(db)
    for (const row of rows.rows) {
      proof.count += 1
      if (!opens(row.value) && proof.differences.length < namedMax) proof.differences.push(`${table}.${column} 第 ${row.name} 筆打不開，或內容和封緘不符`)
    }
    if (rows.rows.length < atOnce) return
    after = rows.rows.at(-1)!.key
  }
}

function opens(value: Buffer): boolean {
  try {
    return provesItself(value)
  } catch {
    return false
  }
}
