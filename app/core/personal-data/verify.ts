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

/** Each opening stands in the record, and each that stands there is kept: neither can be taken away alone. */
addProof(async (db: Db): Promise<Proof> => {
  const { rows } = await sql<{ read: number | null; event: number | null }>`
    select r.id as read, e.id as event from personal_data_reads r
      full join (select id, case_id, person_id, (payload->>'read')::bigint as read from events where kind like '%.personal-data-opened') e on e.read = r.id and e.case_id = r.case_id and e.person_id = r.person_id
    where r.id is null or e.id is null order by 1, 2 limit ${sql.lit(namedMax)}`.execute(db)
  const { n } = await db.selectFrom('personal_data_reads').select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
  return { what: '個人資料開啟紀錄', count: n, differences: rows.map(({ read, event }) => (read === null ? `事件 ${event} 記了開啟個人資料，開啟紀錄裡沒有` : `開啟紀錄第 ${read} 筆沒有對應的事件：不是由系統寫入的`)) }
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
