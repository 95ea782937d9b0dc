import { sql } from 'kysely'
import { type Db, type Tx, write } from '../db.ts'
import { forgetDocuments } from '../documents/forget.ts'
import { record } from '../events/record.ts'
import { defineJob } from '../jobs/jobs.ts'
import { dayOf } from '../time.ts'
import { personalFiles, type PersonalTable } from './declare.ts'
import { eraseListed, eraseRecord, forgetSalt } from './erase.ts'
import { isCaseHeld, isRecordHeld } from './legal-holds.ts'
import './tables.ts'

/** Carries out approved lists, a case at a time; what was broken off goes on. */
export const destroying = defineJob<{ list: number }>({
  name: 'personal-data.destroy',
  as: 'system',
  title: '銷毀已核准的個人資料',
  run: async (db, { list }) => void (await destroyList(db, list)),
})

/** How many cases and records were destroyed. A case or record with a legal hold is left, and a record that became a case meanwhile; the list is done when none is left but those. */
export async function destroyList(db: Db, list: number): Promise<number> {
  const waiting = await db.selectFrom('destruction_items').select(['name', 'case_id']).where('list_id', '=', list).where('destroyed_at', 'is', null).where('excluded_why', 'is', null).orderBy('name').execute()
  let destroyed = 0
  for (const { name, case_id: caseId } of waiting) destroyed += await write(db, (tx, now) => (caseId === null ? destroyRecord(tx, now, list, name) : destroyCase(tx, now, list, caseId)))
  await write(db, async (tx, now) => {
    const done = await tx.updateTable('destruction_lists').set({ state: 'done', done_at: now }).where('id', '=', list).where('state', '=', 'approved').returning('id').executeTakeFirst()
    if (done) await record(tx, system(now), 'destruction.done', { payload: { list, cases: destroyed } })
  })
  return destroyed
}

const system = (now: Date) => ({ person: null, onBehalfOf: null, now, today: dayOf(now) })

async function destroyCase(tx: Tx, now: Date, list: number, caseId: number): Promise<number> {
  const item = await sql<{ open: boolean }>`select i.destroyed_at is null and l.state = 'approved' and not ${isCaseHeld(sql`i.case_id`)} as open
    from destruction_items i join destruction_lists l on l.id = i.list_id where i.list_id = ${list} and i.case_id = ${caseId} for update of i`.execute(tx)
  if (!item.rows[0]?.open) return 0
  await erasePersonalData(tx, caseId)
  await tx.updateTable('destruction_items').set({ destroyed_at: now }).where('list_id', '=', list).where('case_id', '=', caseId).execute()
  // the case is proved as it is now; what its rows said before cannot be guessed from the record, which holds hashes of salted proofs only
  await record(tx, system(now), 'case.destroyed', { caseId, payload: { list } })
  return 1
}

/** The row, its history and its files; what stays is the line of the list, which says neither who nor what. One that is held stays. */
async function destroyRecord(tx: Tx, now: Date, list: number, name: string): Promise<number> {
  const item = await sql<{ table: string; id: number }>`select i.record_table as table, i.record_id as id from destruction_items i join destruction_lists l on l.id = i.list_id
    where i.list_id = ${list} and i.name = ${name} and i.destroyed_at is null and l.state = 'approved' for update of i`.execute(tx)
  if (!item.rows[0]) return 0
  const { table, id } = item.rows[0]
  const of = personalFiles().flatMap((file) => Object.entries(file.tables)).find(([one]) => one === table)![1]
  const found = await sql<{ document: number | null }>`select ${of.documents ? sql.ref(of.documents) : sql`null::bigint`} as document from ${sql.table(table)} where id = ${id} and ${sql.ref(of.case!)} is null for update`.execute(tx)
  if (!found.rows[0]) return 0
  // asked once the row is locked, as whoever places a hold locks it
  const held = await sql<{ held: boolean }>`select ${isRecordHeld(sql`${table}`, sql`${id}`)} as held`.execute(tx)
  if (held.rows[0]!.held) return 0
  await eraseRecord(tx, table, id)
  await forgetDocuments(tx, found.rows[0].document === null ? [] : [found.rows[0].document])
  await tx.updateTable('destruction_items').set({ destroyed_at: now }).where('list_id', '=', list).where('name', '=', name).execute()
  await record(tx, system(now), 'record.destroyed', { payload: { list, table, record: id } })
  return 1
}

/**
 * Erases everything declared personal of one case, in tables and their history: sealed values, hashes and places become null,
 * texts a sentence that says so, rows that are nothing but content go, files too where nothing else refers to them. Ids, days, unit
 * and outcome stay. The database lets it be done only for a case of an approved list.
 */
async function erasePersonalData(tx: Tx, caseId: number): Promise<void> {
  const documents: number[] = []
  for (const [table, of] of tablesOfCases()) {
    if (of.documents) documents.push(...(await sql<{ id: number }>`select ${sql.ref(of.documents)} as id from ${sql.table(table)} where ${sql.ref(of.case!)} = ${caseId}`.execute(tx)).rows.map((row) => row.id))
    const { texts, blanks, presets } = await columnsToErase(tx, table, of)
    if (!of.rowsGo && ![...texts, ...blanks, ...presets].length) continue
    await eraseListed(tx, caseId, { table, caseColumn: of.case!, texts, blanks, presets, rows: of.rowsGo ?? false })
  }
  await forgetSalt(tx, caseId)
  await forgetDocuments(tx, documents)
}

/** Rows that go come first: others may refer to what they refer to. */
function tablesOfCases(): [string, PersonalTable][] {
  const tables = personalFiles().flatMap((file) => Object.entries(file.tables)).filter(([, of]) => of.case && !of.stays)
  return tables.sort(([, a], [, b]) => Number(b.rowsGo ?? false) - Number(a.rowsGo ?? false))
}

/** Texts get a sentence; what may be null becomes null; the rest gets the column's default. */
async function columnsToErase(tx: Tx, table: string, { fields }: PersonalTable): Promise<{ texts: string[]; blanks: string[]; presets: string[] }> {
  const columns = await sql<{ name: string; type: string; nullable: boolean; preset: string | null }>`
    select column_name as name, data_type as type, is_nullable = 'YES' as nullable, column_default as preset from information_schema.columns where table_schema = 'windlion' and table_name = ${table}`.execute(tx)
  const known = new Map(columns.rows.map((column) => [column.name, column]))
  const result = { texts: [] as string[], blanks: [] as string[], presets: [] as string[] }
  for (const name of Object.keys(fields)) {
    const column = known.get(name)
    if (!column) continue
    if (column.type === 'text') result.texts.push(name)
    else if (column.nullable) result.blanks.push(name)
    else if (column.preset) result.presets.push(name)
    else throw new Error(`${table}.${name} can be neither null nor its default: it cannot be destroyed`)
  }
  return result
}
