import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../db.ts'
import { documentsUnderKeys } from '../documents/reseal.ts'
import { personalColumns, personalFiles } from './declare.ts'

/** How many stored values and documents need which key version: of sealed ones its cipher key, of hashes its hash key. */
export type KeyUse = { version: number; sealed: number; hashed: number }

/** Counts every declared column, also in the history of versioned tables, and every document. Reads whole tables: for the operator, not for a page. */
export async function keyUses(reader: Reader): Promise<KeyUse[]> {
  const uses = new Map<number, KeyUse>()
  const add = (version: number, what: Part['what'], n: number) => {
    const use = uses.get(version) ?? { version, sealed: 0, hashed: 0 }
    use[what] += n
    uses.set(version, use)
  }
  for (const part of await columnsThatExist(reader)) {
    for (const { version, n } of (await sql<{ version: number; n: number }>`select ${part.version} as version, count(*) as n from ${sql.table(part.table)} where ${part.present} group by 1`.execute(reader)).rows) add(version, part.what, n)
  }
  for (const [version, n] of await documentsUnderKeys(reader)) add(version, 'sealed', n)
  return [...uses.values()].sort((a, b) => a.version - b.version)
}

type Part = { table: string; what: 'sealed' | 'hashed'; version: RawBuilder<number>; present: RawBuilder<boolean> }

async function columnsThatExist(reader: Reader): Promise<Part[]> {
  const parts: Part[] = []
  const add = (table: string, column: string, what: Part['what'], version: RawBuilder<number>) => {
    for (const full of [`windlion.${table}`, `windlion_history.${table}`]) parts.push({ table: full, what, version, present: sql<boolean>`${sql.ref(column)} is not null` })
  }
  for (const { table, column, field } of personalColumns()) {
    if (field.how === 'sealed') add(table, column, 'sealed', sql<number>`windlion.sealed_version(${sql.ref(column)})`)
    if (field.how === 'hash') add(table, column, 'hashed', sql<number>`windlion.hash_version(${sql.ref(column)})`)
  }
  for (const file of personalFiles()) {
    for (const [table, { keyVersion }] of Object.entries(file.tables)) if (keyVersion) add(table, keyVersion, 'hashed', sql<number>`${sql.ref(keyVersion)}`)
  }
  const known = await sql<{ name: string }>`select table_schema || '.' || table_name as name from information_schema.tables where table_schema in ('windlion', 'windlion_history')`.execute(reader)
  const names = new Set(known.rows.map((row) => row.name))
  return parts.filter((part) => names.has(part.table))
}
