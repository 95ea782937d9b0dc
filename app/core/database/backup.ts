import { createReadStream, createWriteStream } from 'node:fs'
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { sql } from 'kysely'
import { type Db, read, type Reader, type Tx } from '../db.ts'
import { WrongUse } from '../errors.ts'
import { checkpoint } from '../events/seal.ts'

const schemas = ['windlion', 'windlion_history']
/** The migrations that made the tables must be the same on both sides. */
const left = new Set(['windlion.migrations', 'windlion.sessions'])
/** What a start fills by itself: the backup's rows take its place. */
const filledAtStart = ['windlion.office_days', 'windlion.office_day_versions', 'windlion_history.office_days']
const batch = 2_000

export type BackupNote = { madeAt: string; checkpoint: string; migrations: string[]; rows: Record<string, number> }

/**
 * Writes tables (one gzipped file of JSON lines each, of one snapshot), documents and keys into an empty folder.
 * A running service keeps serving. Sessions and waiting jobs are left out.
 */
export async function backUp(db: Db, dataFolder: string, folder: string): Promise<BackupNote> {
  await mkdir(folder, { recursive: true })
  if ((await readdir(folder)).length) throw new WrongUse(`${folder} 不是空的資料夾：請換一個，備份不覆蓋既有的檔案`)
  const head = await checkpoint(db)
  const rows: Record<string, number> = {}
  await mkdir(join(folder, 'tables'))
  await read(db, async (reader) => {
    for (const table of await tableNames(reader)) rows[table] = await dumpTable(reader, table, join(folder, 'tables', `${table}.jsonl.gz`))
  })
  for (const part of ['documents', 'keys']) await cp(join(dataFolder, part), join(folder, part), { recursive: true, errorOnExist: false }).catch(ifAbsent)
  const note = { madeAt: new Date().toISOString(), checkpoint: head, migrations: await migrationNames(db), rows }
  await writeFile(join(folder, 'backup.json'), JSON.stringify(note, null, 2) + '\n')
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

/** Documents and keys of the backup, before the database is opened with them. Refuses to overwrite. */
export async function restoreFiles(dataFolder: string, folder: string): Promise<void> {
  const there = await readdir(dataFolder).catch(() => [] as string[])
  const taken = there.filter((name) => ['documents', 'keys'].includes(name))
  if (taken.length) throw new WrongUse(`${dataFolder} 已有資料（${taken.join('、')}）：還原不覆蓋，請以 WINDLION_DATA 指定新的資料夾`)
  for (const part of ['documents', 'keys']) await cp(join(folder, part), join(dataFolder, part), { recursive: true }).catch(ifAbsent)
}

/** Takes back what `restoreFiles` laid down, when the tables could not be restored. */
export async function removeRestoredFiles(dataFolder: string): Promise<void> {
  for (const part of ['documents', 'keys']) await rm(join(dataFolder, part), { recursive: true, force: true })
}

/**
 * All tables in one transaction, into a database of the same migrations that has no cases. Foreign keys are put
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
    for (const table of filledAtStart) await sql`truncate ${sql.table(table)}`.execute(tx)
    for (const table of await tableNames(tx)) if (table in note.rows) await loadTable(tx, table, join(folder, 'tables', `${table}.jsonl.gz`), note.rows[table]!)
    // transaction ids of the old cluster mean nothing here; what was sealed stays sealed, what comes is later
    await sql`alter table events disable trigger events_append_only`.execute(tx)
    await sql`update events set xid = pg_current_xact_id()`.execute(tx)
    await sql`alter table events enable trigger events_append_only`.execute(tx)
    for (const key of keys) await sql`alter table ${sql.raw(key.table)} add constraint ${sql.ref(key.name)} ${sql.raw(key.definition)}`.execute(tx)
    await resetSequences(tx)
  })
}

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

function ifAbsent(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
