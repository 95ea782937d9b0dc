import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type pg from 'pg'
import type { Db, Reader, Tx } from '../db.ts'
import { syncOfficeDays } from '../figures/office-days.ts'
import { keepCalendarFile } from './calendar-file.ts'
import { storedInUse, useStored } from './in-use.ts'
import { readStored, type Stored } from './stored.ts'
import './tables.ts'

const channel = 'windlion_calendar'

/** Takes the database's calendar and rules into use in this process and brings office_days in step. Called after the migrations. */
export async function openCalendar(db: Db): Promise<void> {
  await refreshCalendar(db)
  await syncOfficeDays(db)
}

/**
 * Reads the county's changes anew; after an act of this process, or when another one told of its own. A copy that cannot be
 * written is warned of: the change itself is recorded, and nobody may be told that it was not.
 */
export async function refreshCalendar(reader: Reader): Promise<Stored> {
  useStored(await readStored(reader))
  await keepCalendarFile(storedInUse()).catch((cause: Error) => process.emitWarning(`辦公日曆的副本寫不進資料夾：${cause.message}`))
  return storedInUse()
}

/** Tells every process on this database, when the transaction commits, that calendar or rules have changed. */
export async function announceChange(tx: Tx): Promise<void> {
  await sql`select pg_notify(${channel}, '')`.execute(tx)
}

/**
 * Follows the changes that other processes make, for as long as the service runs: listens on a connection of its own, and
 * reads anew whenever that had to be opened again. Returns how to stop.
 */
export async function followCalendar({ db, pool }: { db: Db; pool: pg.Pool }, onFault: (error: unknown) => void): Promise<() => void> {
  let client: pg.PoolClient | null = null
  let stopped = false
  const refresh = () => void refreshCalendar(db).catch(onFault)
  const listen = async (): Promise<void> => {
    const candidate = await pool.connect()
    candidate.on('error', (cause) => {
      if (client !== candidate) return
      client = null
      candidate.release(cause)
      void listenAgain()
    })
    candidate.on('notification', refresh)
    client = candidate
    await candidate.query(`listen ${channel}`)
    if (stopped) candidate.release(true)
    else refresh()
  }
  const listenAgain = async (): Promise<void> => {
    for (;;) {
      await sleep(500, undefined, { ref: false })
      if (stopped) return
      try {
        return await listen()
      } catch (cause) {
        onFault(cause)
      }
    }
  }
  await listen()
  return () => {
    stopped = true
    const listener = client
    client = null
    listener?.release(true)
  }
}
