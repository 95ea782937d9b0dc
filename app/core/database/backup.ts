import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { sql } from 'kysely'
import { type Db, read, type Reader, type Tx } from '../db.ts'
import { WrongUse } from '../errors.ts'
import { checkpointOf, sealEvents } from '../events/seal.ts'
import { treeSize } from '../events/tree.ts'
import { type WaitingJob, waitingJobs } from '../jobs/waiting.ts'
import { copyDocuments, copyKeys, dropOtherDocuments, fileHash, makeEmpty } from './backup-files.ts'

const schemas = ['windlion', 'windlion_history']
/** The migrations that made the tables must be the same on both sides. */
const left = new Set(['windlion.migrations', 'windlion.sessions'])
const batch = 2_000

export type BackupNote = {
  madeAt: string
  /** `size:root` of the record */
  checkpoint: string
  migrations: string[]
  rows: Record<string, number>
  /** SHA-256 of each table's file */
  files: Record<string, string>
  documents: number
  /** what was still to be done */
  jobs: WaitingJob[]
}

/**
 * Writes tables (one gzipped file of JSON lines each, of one snapshot) and documents into an empty folder, and the keys into another. A
 * running service keeps serving. Sessions and finished jobs are left out. The note comes last: a folder without it is no backup.
 */
export async function backUp(db: Db, dataFolder: string, folder: string, keys: string): Promise<BackupNote> {
  for (const each of [folder, keys]) await makeEmpty(each)
  const documents = join(folder, 'documents')
  await copyDocuments(join(dataFolder, 'documents'), documents) // most of them, so that few can be forgotten between the snapshot and their copy
  await sealEvents(db)
  const note: BackupNote = { madeAt: '', checkpoint: '', migrations: await migrationNames(db), rows: {}, files: {}, documents: 0, jobs: [] }
  await mkdir(join(folder, 'tables'))
  const hashes = await read(db, async (reader) => {
    note.madeAt = (await sql<{ at: Date }>`select now() as at`.execute(reader)).rows[0]!.at.toISOString()
    note.checkpoint = await checkpointOf(reader, await treeSize(reader))
    for (const table of await tableNames(reader)) {
      const path = join(folder, 'tables', `${table}.jsonl.gz`)
      note.rows[table] = await dumpTable(reader, table, path)
      note.files[table] = await fileHash(path)
    }
    note.jobs = await waitingJobs(reader)
    return new Set((await sql<{ hash: string }>`select encode(sha256, 'hex') as hash from documents`.execute(reader)).rows.map(({ hash }) => hash))
  })
  await copyDocuments(join(dataFolder, 'documents'), documents, hashes)
  await dropOtherDocuments(documents, hashes)
  note.documents = hashes.size
  await copyKeys(dataFolder, keys)
  await writeFile(join(folder, 'backup.json'), JSON.stringify(note, null, 2) + '\n', { flush: true })
  return note
}

async function dumpTable(reader: Reader, table: string, path: string): Promise<number> {
  let count = 0
  await sql`declare dump no scroll cursor for select to_jsonb(t)::text as row from ${sql.table(table)} t`.execute(reader)
  async function* lines() {
    for (;;) {
      const some = await sql<{ row: string }>`fetch ${sql.lit(batch)} from dump`.execute(reader)
      if (!some.rows.length) return
      count += some.rows.length
      yield some.rows.map((one) => one.row).join('\n') + '\n'
    }
  }
  await pipeline(lines, createGzip({ level: 6 }), createWriteStream(path, { mode: 0o600 }))
  await sql`close dump`.execute(reader)
  return count
}

export async function readBackupNote(folder: string): Promise<BackupNote> {
  const text = await readFile(join(folder, 'backup.json'), 'utf8').catch(() => {
    throw new WrongUse(`${folder} 裡沒有 backup.json：這不是備份資料夾，或備份沒有做完`)
  })
  return JSON.parse(text) as BackupNote
}

/** Every table's file is there and as it was written. */
export async function checkBackup(folder: string, note: BackupNote): Promise<void> {
  for (const [table, hash] of Object.entries(note.files ?? {})) {
    const path = join(folder, 'tables', `${table}.jsonl.gz`)
    if ((await fileHash(path).catch(() => '')) !== hash) throw new WrongUse(`備份不完整：${path} 不見了，或和備份時不同`)
  }
}

/**
 * All tables in one transaction, into a database of the same migrations that has no cases; as the owner of the tables. Foreign keys are put
 * back at the end, so that a backup with a hole in it does not pass.
 */
export async function restoreTables(db: Db, folder: string, note: BackupNote): Promise<void> {
  const here = await migrationNames(db)
  const unknown = note.migrations.filter((name) => !here.includes(name))
  if (unknown.length) throw new WrongUse(`備份來自較新的版本（${unknown.join('、')}）：請先更新程式再還原`)
  const taken = await sql<{ n: number }>`select (select count(*) from cases) + (select count(*) from events) + (select count(*) from units) as n`.execute(db)
  if (taken.rows[0]!.n) throw new WrongUse('資料庫裡已有資料：還原不覆蓋，請還原到空的資料庫')
  await db.transaction().execute(async (tx) => {
    const keys = await dropForeignKeys(tx)
    for (const table of await tableNames(tx)) if (table in note.rows) {
      await emptyTable(tx, table)
      await loadTable(tx, table, join(folder, 'tables', `${table}.jsonl.gz`), note.rows[table]!)
    }
    // what modules check when a transaction commits; a table with such checks waiting cannot be altered
    await sql`set constraints all immediate`.execute(tx)
    await sql`alter table events disable trigger events_append_only`.execute(tx)
    await sql`update events e set xid = ${newTransaction}`.execute(tx)
    await sql`alter table events enable trigger events_append_only`.execute(tx)
    for (const key of keys) await sql`alter table ${sql.raw(key.table)} add constraint ${sql.ref(key.name)} ${sql.raw(key.definition)}`.execute(tx)
    await resetSequences(tx)
  })
}

/** Migrations and the start fill some tables by themselves: the backup's rows take their place, those that the office had deleted too. */
async function emptyTable(tx: Tx, table: string): Promise<void> {
  const found = await sql`select from ${sql.table(table)} limit 1`.execute(tx)
  if (found.rows.length) await sql`truncate ${sql.table(table)}`.execute(tx)
}

/** Transaction ids of the old cluster mean nothing here: what was sealed lies before the last one sealed, what was not comes after. */
const newTransaction = sql`case when not exists (select from event_seals s where s.event_id = e.id) then pg_current_xact_id()
  when e.id = (select event_id from event_seals order by seq desc limit 1) then '1'::xid8 else '0'::xid8 end`

async function loadTable(tx: Tx, table: string, path: string, expected: number): Promise<void> {
  let count = 0
  let lines: string[] = []
  const flush = async () => {
    if (!lines.length) return
    await sql`insert into ${sql.table(table)} overriding system value select * from jsonb_populate_recordset(null::${sql.table(table)}, ${`[${lines.join(',')}]`}::jsonb)`.execute(tx)
    count += lines.length
    lines = []
  }
  for await (const line of createInterface({ input: createReadStream(path).pipe(createGunzip()), crlfDelay: Infinity })) {
    lines.push(line)
    if (lines.length >= batch) await flush()
  }
  await flush()
  if (count !== expected) throw new WrongUse(`備份不完整：${table} 應有 ${expected} 列，檔案裡有 ${count} 列`)
}

async function tableNames(reader: Reader): Promise<string[]> {
  const rows = await sql<{ name: string }>`select schemaname || '.' || tablename as name from pg_tables where schemaname = any(${schemas}) order by 1`.execute(reader)
  return rows.rows.map((row) => row.name).filter((name) => !left.has(name))
}

async function migrationNames(db: Reader): Promise<string[]> {
  const rows = await sql<{ name: string }>`select name from windlion.migrations order by name`.execute(db)
  return rows.rows.map((row) => row.name)
}

async function dropForeignKeys(tx: Tx) {
  const keys = await sql<{ table: string; name: string; definition: string }>`
    select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition from pg_constraint
    where contype = 'f' and connamespace = 'windlion'::regnamespace`.execute(tx)
  for (const key of keys.rows) await sql`alter table ${sql.raw(key.table)} drop constraint ${sql.ref(key.name)}`.execute(tx)
  return keys.rows
}

async function resetSequences(tx: Tx): Promise<void> {
  const columns = await sql<{ table: string; column: string }>`
    select attrelid::regclass::text as table, attname as column from pg_attribute
    where attidentity <> '' and attrelid::regclass::text in (select tablename from pg_tables where schemaname = 'windlion')`.execute(tx)
  for (const { table, column } of columns.rows)
    await sql`select setval(pg_get_serial_sequence(${`windlion.${table}`}, ${column}), coalesce((select max(${sql.ref(column)}) from ${sql.table(table)}), 0) + 1, false)`.execute(tx)
}
