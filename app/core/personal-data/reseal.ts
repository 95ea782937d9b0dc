import { sql } from 'kysely'
import { type Db, type Tx, write } from '../db.ts'
import { resealDocuments } from '../documents/reseal.ts'
import { eventRow } from '../events/record.ts'
import { defineJob } from '../jobs/jobs.ts'
import { dayOf } from '../time.ts'
import { personalColumns, personalFiles } from './declare.ts'
import { personalHash, type HashedKind } from './hash.ts'
import { currentRing, reloadKeys } from './keys.ts'
import { isOfBefore, sealAgain, unseal } from './seal.ts'

/** Seals what still lies under an older key, in small batches; asked for by a rotation, and nightly for what came late. */
export const resealing = defineJob({
  name: 'personal-data.reseal',
  as: 'system',
  title: '個人資料改用新金鑰',
  every: '40 2 * * *',
  run: async (db) => void (await resealAll(db)),
})

/** Pages of a table that one transaction looks through; some hundred rows. */
const pagesAtOnce = 32

/** How many values and documents were sealed again. Whoever reads or writes meanwhile is not held up: a row in use is left to the next round. */
export async function resealAll(db: Db): Promise<number> {
  reloadKeys()
  const version = currentRing().current
  let values = 0
  for (const column of sealedColumns()) {
    for (const schema of ['windlion', 'windlion_history']) values += await resealTable(db, { ...column, schema, version })
  }
  values += await resealDocuments(db, version)
  if (values) {
    await write(db, (tx, now) => tx.insertInto('events').values(eventRow({ person: null, onBehalfOf: null, now, today: dayOf(now) }, 'personal-data.resealed', { payload: { version, values } })).execute())
  }
  return values
}

type Column = { schema: string; table: string; column: string; case: string | null; hash: string | null; kind: string; version: number }

function sealedColumns() {
  return personalColumns().flatMap(({ table, column, field, case: caseColumn }) => (field.how === 'sealed' ? [{ table, column, case: caseColumn, hash: field.hash ?? null, kind: field.kind }] : []))
}

async function resealTable(db: Db, column: Column): Promise<number> {
  const name = `${column.schema}.${column.table}`
  const found = await sql<{ pages: number | null }>`select pg_relation_size(to_regclass(${name})) / current_setting('block_size')::int as pages`.execute(db)
  const pages = found.rows[0]?.pages
  if (!pages) return 0 // no such table, or nothing in it
  let values = 0
  for (let from = 0; from < pages; from += pagesAtOnce) values += await write(db, (tx, now) => resealPages(tx, now, column, from))
  return values
}

/** The rows of some pages. The database takes a new value only with the proof of the old one (function `reseal`). */
async function resealPages(tx: Tx, now: Date, { schema, table, column, case: caseColumn, hash, kind, version }: Column, from: number): Promise<number> {
  const rows = await sql<{ place: string; value: Buffer; case_id: number | null }>`
    select ctid::text as place, ${sql.ref(column)} as value, ${caseColumn ? sql.ref(caseColumn) : sql`null::bigint`} as case_id
    from ${sql.table(`${schema}.${table}`)}
    where ctid >= ${`(${from},0)`}::tid and ctid < ${`(${from + pagesAtOnce},0)`}::tid
      and (windlion.sealed_version(${sql.ref(column)}) <> ${version} or get_byte(${sql.ref(column)}, 0) <> 226)`.execute(tx)
  if (!rows.rows.length) return 0
  const again = rows.rows.map((row) => ({ ...row, next: sealAgain(row.value), hash: hash ? personalHash(kind as HashedKind, unseal(row.value)) : null }))
  const changed = await sql<{ n: number }>`select windlion.reseal(${schema}, ${table}, ${column}, ${hash}, ${again.map((row) => row.place)}::text[]::tid[],
    ${again.map((row) => row.value)}::bytea[], ${again.map((row) => row.next)}::bytea[], ${hash ? sql`${again.map((row) => row.hash)}::bytea[]` : sql`null::bytea[]`}) as n`.execute(tx)
  // The form of before has no proof: its case is proved anew. All others stay proved as they are.
  const cases = [...new Set(again.filter((row) => isOfBefore(row.value)).flatMap((row) => row.case_id ?? []))]
  if (cases.length) {
    const ctx = { person: null, onBehalfOf: null, now, today: dayOf(now) }
    await tx.insertInto('events').values(cases.map((caseId) => eventRow(ctx, 'personal-data.form-renewed', { caseId, payload: { version } }))).execute()
  }
  return changed.rows[0]!.n
}

/** Tables whose hashes cannot be made again keep their key: told to the operator. */
export function hashesWithoutSource(): { table: string; column: string }[] {
  const columns = personalColumns().flatMap(({ table, column, field }) => (field.how === 'hash' && !field.of ? [{ table, column }] : []))
  const versions = personalFiles().flatMap((file) => Object.entries(file.tables).flatMap(([table, { keyVersion }]) => (keyVersion ? [{ table, column: keyVersion }] : [])))
  return [...columns, ...versions]
}
