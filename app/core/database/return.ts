import { appendFile, chown, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { WrongUse } from '../errors.ts'
import { type Base, copyFiles, listBases, partsOf } from './archive.ts'
import { CannotRun, openDatabase } from './embedded.ts'
import { canEnter, findPlace } from './embedded/place.ts'

/**
 * The embedded database of an empty data folder as it stood at an instant (null: as late as the logs go): the newest base from before it, and the
 * logs replayed up to the last transaction that had ended by then. The archive is only read. Throws WrongUse when it does not reach the instant.
 */
export async function returnTo(dataFolder: string, folder: string, until: Date | null): Promise<Base> {
  const base = await baseFor(folder, until)
  const place = findPlace(dataFolder)
  if ((await readdir(place.folder)).includes('cluster')) throw new WrongUse(`${dataFolder} 已有資料庫：還原不覆蓋，請以 WINDLION_DATA 指定新的資料夾`)
  if (!canEnter(realpathSync(partsOf(folder).wal), place.owner)) throw new CannotRun(`資料庫的使用者讀不到 ${partsOf(folder).wal}：請換一個它進得去的位置，或調整權限。`)
  const cluster = join(place.folder, 'cluster')
  await copyFiles(join(partsOf(folder).base, base.name), `${cluster}.new`, place.owner)
  await aim(`${cluster}.new`, folder, until, place.owner)
  await rename(`${cluster}.new`, cluster)
  try {
    await replay(dataFolder)
  } catch (cause) {
    const log = await readFile(join(place.folder, 'postgres.log'), 'utf8').catch(() => '')
    await rm(cluster, { recursive: true, force: true })
    throw /recovery ended before configured recovery target/.test(log) ? new WrongUse(`封存的交易日誌還沒到${until ? ` ${until.toISOString()}` : '那裡'}：請選早一點的時刻，或不給 --until，回到日誌最後的地方`) : cause
  }
  return base
}

async function baseFor(folder: string, until: Date | null): Promise<Base> {
  const bases = await listBases(folder)
  const before = bases.filter(({ endedAt }) => !until || new Date(endedAt) <= until)
  const base = before.at(-1)
  if (base) return base
  throw new WrongUse(bases[0] ? `最早的基礎備份在 ${bases[0].endedAt} 做完：不能回到更早的時刻` : `${folder} 裡還沒有基礎備份`)
}

/** Tells the server where the logs are and where to stop; it does not go on archiving into the folder it comes from. */
async function aim(cluster: string, folder: string, until: Date | null, owner: { uid: number; gid: number } | null): Promise<void> {
  const path = join(cluster, 'postgresql.auto.conf')
  const kept = (await readFile(path, 'utf8')).split('\n').filter((line) => !/^(archive_|recovery_|restore_)/.test(line))
  await writeFile(path, kept.join('\n'))
  const target = until ? `recovery_target_time = '${until.toISOString().replace('T', ' ').replace('Z', '+00')}'\nrecovery_target_action = 'promote'\n` : ''
  // nobody is let in before all is replayed
  await appendFile(path, `hot_standby = off\nrestore_command = 'cp ''${partsOf(folder).wal}/%f'' ''%p'''\n${target}`)
  await writeFile(join(cluster, 'recovery.signal'), '')
  if (owner) for (const file of [path, join(cluster, 'recovery.signal')]) await chown(file, owner.uid, owner.gid)
}

/** The server says that it is ready when it has replayed all and writes again. */
async function replay(dataFolder: string): Promise<void> {
  const database = await openDatabase({ dataDir: dataFolder })
  try {
    const client = new pg.Client({ connectionString: database.url })
    await client.connect()
    for (const name of ['hot_standby', 'restore_command', 'recovery_target_time', 'recovery_target_action']) await client.query(`alter system reset ${name}`)
    await client.query('select pg_reload_conf()')
    await client.end()
  } finally {
    await database.close()
  }
}
