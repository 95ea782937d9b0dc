import { sql } from 'kysely'
import type { Reader } from '../db.ts'
import { personalFiles } from './declare.ts'
import { personalHashes } from './hash.ts'

/**
 * Whether one of these names is that of a party in a case of the county's, by keyed hash over every table that a module declares to
 * hold parties. The answer is yes or no and nothing else: which case, which kind, which name stays untold. Confidential
 * cases are left out, since even a yes would tell of them (行政程序法 §170 II). Blank names are no party's.
 */
export async function isParty(reader: Reader, names: readonly (string | null | undefined)[]): Promise<boolean> {
  const hashes = names.flatMap((name) => personalHashes('name', name))
  const tables = personalFiles().flatMap((file) => Object.entries(file.tables)).flatMap(([table, { parties, case: of }]) => (parties && of ? parties.hashes.map((column) => ({ table, column, of, open: parties.while === 'open' })) : []))
  if (!hashes.length || !tables.length) return false
  const each = tables.map(({ table, column, of, open }) => sql`exists (select from ${sql.table(table)} t join cases c on c.id = t.${sql.ref(of)}
    where t.${sql.ref(column)} = any(${hashes}::bytea[]) and c.stage <> 'lapsed' and not c.confidential ${open ? sql`and c.closed_at is null` : sql``})`)
  return (await sql<{ found: boolean }>`select ${sql.join(each, sql` or `)} as found`.execute(reader)).rows[0]!.found
}
