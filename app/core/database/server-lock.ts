import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { CannotRun } from './embedded/faults.ts'
import { lockName, release, tryHold } from './embedded/one-at-a-time.ts'

export type ServiceLock = { release(): Promise<void> }

const serviceLock = 7_301_010

/**
 * One service a data folder and one a database: takes both, or throws CannotRun, which says who has them. The folder is held by a name in the
 * kernel, the database by an advisory lock on one connection of the pool, which is taken again after the database was
 * away. Neither outlives the process. Release before ending the pool.
 * `onLost` is told when another service got hold of the database meanwhile: stop serving then.
 */
export async function lockService(pool: pg.Pool, dataDir: string, onLost: (message: string) => void = () => {}): Promise<ServiceLock> {
  mkdirSync(dataDir, { recursive: true })
  const folder = await tryHold(await lockName(dataDir, 'serve'))
  if (!folder) throw new CannotRun(folderInUse(dataDir))
  folder.unref()
  const database = await holdDatabase(pool, onLost).catch(async (cause: Error) => {
    await release(folder)
    throw cause
  })
  writeFileSync(noteOf(dataDir), JSON.stringify({ pid: process.pid, host: hostname(), since: new Date().toISOString() }))
  return {
    release: async () => {
      await database.release()
      await release(folder)
    },
  }
}

const noteOf = (dataDir: string) => join(dataDir, 'serve.json')

function folderInUse(dataDir: string): string {
  let who = ''
  try {
    const note = JSON.parse(readFileSync(noteOf(dataDir), 'utf8')) as { pid: number; host: string }
    who = `（主機 ${note.host}，程序 ${note.pid}）`
  } catch {
    // it is just starting and has not written its note
  }
  return `另一個服務${who}正在使用資料夾 ${dataDir}：請先停止它，或用環境變數 WINDLION_DATA 指定另一個資料夾。`
}

async function holdDatabase(pool: pg.Pool, onLost: (message: string) => void): Promise<ServiceLock> {
  let client: pg.PoolClient | null = null
  let released = false

  const hold = async (): Promise<void> => {
    const candidate = await pool.connect()
    try {
      await takeLock(candidate)
    } catch (cause) {
      candidate.release(true)
      throw cause
    }
    if (released) return candidate.release(true)
    client = candidate
    candidate.on('error', (cause) => {
      if (client !== candidate) return // a broken connection may complain twice
      client = null
      candidate.release(cause)
      void holdAgain()
    })
  }

  const holdAgain = async (): Promise<void> => {
    for (;;) {
      if (released) return
      try {
        return await hold()
      } catch (cause) {
        if (cause instanceof CannotRun) return onLost(cause.message)
        await sleep(500, undefined, { ref: false }) // still away
      }
    }
  }

  await hold()
  return {
    release: async () => {
      released = true
      const holder = client
      client = null
      holder?.release(true) // ends the session, and with it the lock
    },
  }
}

/** A service killed a moment ago still has its session for an instant: asks for up to two seconds. */
async function takeLock(client: pg.PoolClient): Promise<void> {
  await client.query(`select set_config('application_name', $1, false)`, [`windlion serve ${hostname().slice(0, 36)} ${process.pid}`])
  for (let attempt = 0; attempt < 20; attempt++) {
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [serviceLock])
    if (rows[0]?.taken) return
    await sleep(100)
  }
  const { rows } = await client.query<{ name: string }>(
    `select application_name as name from pg_locks join pg_stat_activity using (pid)
     where locktype = 'advisory' and classid = 0 and objid = $1 and granted and database = (select oid from pg_database where datname = current_database())`,
    [serviceLock],
  )
  const [, host, pid] = /^windlion serve (.*) (\d+)$/.exec(rows[0]?.name ?? '') ?? []
  const who = pid ? `（主機 ${host}，程序 ${pid}）` : ''
  throw new CannotRun(`另一個服務${who}正在使用同一個資料庫：請先停止它，或用 DATABASE_URL、WINDLION_DATA 指定另一個。`)
}
