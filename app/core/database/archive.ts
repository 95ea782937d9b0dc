import { chownSync, existsSync, mkdirSync, realpathSync, statSync } from 'node:fs'
import { chmod, chown, copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { WrongUse } from '../errors.ts'
import { copyDocuments } from './backup-files.ts'
import { CannotRun, type EmbeddedDatabase, openDatabase } from './embedded.ts'
import { canEnter, type Owner } from './embedded/place.ts'

/**
 * What a return to any instant needs, in one folder: `wal` (the server's logs, each copied as soon as it is full, at the latest after a minute
 * with writes), `base` (whole copies of the cluster, from which the logs are replayed) and `documents`. Keys are kept elsewhere.
 */
export const partsOf = (folder: string) => ({ wal: join(folder, 'wal'), base: join(folder, 'base'), documents: join(folder, 'documents') })

export type Base = { name: string; startedAt: string; endedAt: string; major: number }
export const baseNote = 'windlion-base.json'

/** Made anew by a server that starts, or of no use to another one. */
const leftOut = /^(postmaster\.(pid|opts)|recovery\.signal|standby\.signal|backup_label|tablespace_map|pg_internal\.init)$/
const emptied = new Set(['pg_wal', 'pg_notify', 'pg_serial', 'pg_snapshots', 'pg_stat_tmp', 'pg_subtrans', 'pg_dynshmem', 'pg_replslot'])

/**
 * Lets the embedded database of a data folder keep its logs in `folder`, and copies the cluster there. Gives null where the server has to be
 * started again first (a service is running that was started without). What the service does meanwhile is in the logs.
 */
export async function keepArchive(dataFolder: string, folder: string): Promise<Base | null> {
  if (!/^\/[^'"%\\\n]+$/.test(folder)) throw new WrongUse(`${folder} 不能當封存資料夾：請給絕對路徑，名稱裡不要有引號、百分號或反斜線`)
  let database = await openDatabase({ dataDir: dataFolder })
  try {
    makeParts(folder, database)
    if (!(await setArchiving(database, folder))) {
      if (!database.started) return null
      await database.close() // nobody else uses it: started again, it archives
      database = await openDatabase({ dataDir: dataFolder })
    }
    const base = await copyCluster(database, folder)
    await copyDocuments(join(dataFolder, 'documents'), partsOf(folder).documents)
    return base
  } finally {
    await database.close()
  }
}

function makeParts(folder: string, database: EmbeddedDatabase): void {
  mkdirSync(folder, { recursive: true })
  const { wal, base, documents } = partsOf(folder)
  for (const part of [wal, base, documents]) mkdirSync(part, { recursive: true, mode: 0o700 })
  const { uid, gid } = statSync(database.location)
  const owner: Owner = process.getuid?.() === 0 ? { uid, gid } : null
  if (!canEnter(realpathSync(folder), owner)) throw new CannotRun(`資料庫的使用者進不去 ${folder}：請換一個一般使用者進得去的資料夾。`)
  if (owner) chownSync(wal, uid, gid)
}

/** Whether the running server archives now; settings are written in any case. */
async function setArchiving(database: EmbeddedDatabase, folder: string): Promise<boolean> {
  const wal = partsOf(folder).wal
  // the same log again is well; a different one of that name never takes its place; it gets its name when it is whole
  const command = `cmp -s '%p' '${wal}/%f' || { test ! -e '${wal}/%f' && cp '%p' '${wal}/%f.part' && sync '${wal}/%f.part' && mv '${wal}/%f.part' '${wal}/%f'; }`
  return onServer(database, async (client) => {
    for (const [name, value] of Object.entries({ archive_mode: 'on', archive_command: command, archive_timeout: '60' })) await client.query(`alter system set ${name} = ${pg.escapeLiteral(value)}`)
    await client.query('select pg_reload_conf()')
    const { rows } = await client.query<{ mode: string }>("select current_setting('archive_mode') as mode")
    return rows[0]!.mode === 'on'
  })
}

async function copyCluster(database: EmbeddedDatabase, folder: string): Promise<Base> {
  const { base } = partsOf(folder)
  return onServer(database, async (client) => {
    const major = Math.floor((await client.query<{ n: number }>("select current_setting('server_version_num')::int as n")).rows[0]!.n / 10_000)
    const startedAt = (await client.query<{ at: Date }>('select clock_timestamp() as at')).rows[0]!.at.toISOString()
    const name = startedAt.replace(/[:.]/g, '-')
    const unfinished = join(base, `${name}.unfinished`)
    await client.query("select pg_backup_start('windlion', true)")
    await copyFiles(join(database.location, 'cluster'), unfinished)
    await client.query("set statement_timeout = '5min'")
    const stopped = await client.query<{ label: string; map: string }>('select labelfile as label, spcmapfile as map from pg_backup_stop(true)').catch((cause: unknown) => {
      throw new CannotRun(`基礎備份沒有做完：交易日誌寫不進 ${partsOf(folder).wal}，請看資料庫的紀錄 ${join(database.location, 'postgres.log')}。`, cause)
    })
    await writeFile(join(unfinished, 'backup_label'), stopped.rows[0]!.label)
    const endedAt = (await client.query<{ at: Date }>('select clock_timestamp() as at')).rows[0]!.at.toISOString()
    const note: Base = { name, startedAt, endedAt, major }
    await writeFile(join(unfinished, baseNote), JSON.stringify(note, null, 2) + '\n', { flush: true })
    await rename(unfinished, join(base, name))
    return note
  })
}

/** Files may vanish while they are copied: the logs say what became of them. */
export async function copyFiles(from: string, to: string, owner: Owner = null): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 })
  if (owner) await chown(to, owner.uid, owner.gid)
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (leftOut.test(entry.name) && entry.name !== 'backup_label') continue
    if (entry.isDirectory() && emptied.has(entry.name)) await mkdir(target, { mode: 0o700 })
    else if (entry.isDirectory()) await copyFiles(source, target, owner)
    else if (entry.isFile()) {
      await copyFile(source, target).catch((cause: NodeJS.ErrnoException) => {
        if (cause.code !== 'ENOENT') throw cause
      })
    }
    if (owner && existsSync(target)) await chown(target, owner.uid, owner.gid)
  }
  await chmod(to, 0o700)
}

export async function listBases(folder: string): Promise<Base[]> {
  const { base } = partsOf(folder)
  const names = await readdir(base).catch(() => {
    throw new WrongUse(`${folder} 裡沒有 base：這不是 bin/windlion archive 做的封存資料夾`)
  })
  const notes = await Promise.all(names.filter((name) => !name.endsWith('.unfinished')).map((name) => readFile(join(base, name, baseNote), 'utf8').then((text) => JSON.parse(text) as Base, () => null)))
  return notes.filter((note) => note !== null).sort((a, b) => (a.endedAt < b.endedAt ? -1 : 1))
}

/** Bases beyond the newest `keep`, and half-made ones, go; logs stay: an older kept base may need them. */
export async function dropOldBases(folder: string, keep: number): Promise<number> {
  const { base } = partsOf(folder)
  const bases = await listBases(folder)
  const old = bases.slice(0, Math.max(0, bases.length - keep))
  for (const { name } of old) await rm(join(base, name), { recursive: true, force: true })
  return old.length
}

async function onServer<T>(database: EmbeddedDatabase, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: database.url, connectionTimeoutMillis: 30_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
