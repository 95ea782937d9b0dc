import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { findBinaries } from './embedded/binaries.ts'
import { type Cluster, createFiles, findRunning, hasFiles, type Running, startServer, stopServer, urlOf } from './embedded/cluster.ts'
import { explain } from './embedded/faults.ts'
import { oneAtATime } from './embedded/one-at-a-time.ts'
import { findPlace } from './embedded/place.ts'

export { CannotRun } from './embedded/faults.ts'
export { makeDataFolder } from './embedded/place.ts'

export type EmbeddedDatabase = {
  /** for `pg` and everything that reads PostgreSQL addresses; holds the password: never print it */
  url: string
  /** whether this call started the server; false: it ran already and is shared */
  started: boolean
  /** folder in which the database lives */
  location: string
  /** Leaves the database; stops the server if nobody else is connected. End your own pool first. */
  close(): Promise<void>
}

// there since pg 8.11, missing in its types
declare module 'pg' {
  interface Client {
    ref(): void
    unref(): void
  }
}

const databaseName = 'windlion'

/**
 * Opens the embedded PostgreSQL of a data folder: creates it at the first time, starts it when it does not run, shares it when
 * it does (another command, or a service that was killed and left it behind). One server a data folder, however many ask at once.
 * Throws CannotRun with a sentence for the operator.
 */
export async function openDatabase({ dataDir, log = () => {} }: { dataDir: string; log?: (line: string) => void }): Promise<EmbeddedDatabase> {
  try {
    const place = findPlace(dataDir)
    return await oneAtATime(place.folder, async () => {
      const cluster: Cluster = { ...place, bin: findBinaries(place) }
      if (!hasFiles(cluster)) {
        log(`建立資料庫：${place.folder}`)
        createFiles(cluster)
      }
      const found = await findRunning(cluster)
      const use: Use = { cluster, log, running: found ?? (await startServer(cluster, log)), keeper: null, leaving: null }
      await connectKeeper(use)
      return { url: urlOf(cluster, use.running, databaseName), started: !found, location: place.folder, close: () => (use.leaving ??= leave(use)) }
    })
  } catch (cause) {
    throw explain(dataDir, cause)
  }
}

type Use = {
  cluster: Cluster
  log: (line: string) => void
  running: Running
  /** one connection held open while the database is in use, so that nobody else takes it for abandoned */
  keeper: pg.Client | null
  leaving: Promise<void> | null
}

const keeperName = 'windlion keeper'

async function connectKeeper(use: Use): Promise<void> {
  const keeper = await connectOrCreate(use)
  use.keeper = keeper
  keeper.on('end', () => {
    use.keeper = null
    if (!use.leaving) void bringBack(use)
  })
  keeper.unref() // forgetting close() must not keep a command from ending
}

async function connectOrCreate({ cluster, running }: Use): Promise<pg.Client> {
  try {
    return await connect(urlOf(cluster, running, databaseName))
  } catch (cause) {
    if ((cause as pg.DatabaseError).code !== '3D000') throw cause // no such database: the first start, or one that was interrupted
    const maintenance = await connect(urlOf(cluster, running, 'postgres'))
    await maintenance.query(`create database ${databaseName}`)
    await maintenance.end()
    return await connect(urlOf(cluster, running, databaseName))
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: keeperName, connectionTimeoutMillis: 30_000 })
  client.on('error', () => {}) // 'end' follows
  await client.connect()
  return client
}

/** The server died under us (killed, out of memory): it is started again at the same address, so that pools find it. */
async function bringBack(use: Use): Promise<void> {
  const { cluster, log } = use
  for (let failures = 0; !use.leaving && hasFiles(cluster); failures++) {
    try {
      await oneAtATime(cluster.folder, async () => {
        use.running = (await findRunning(cluster)) ?? (await startServer(cluster, log))
        await connectKeeper(use)
      })
      return log('資料庫曾經中斷，已重新啟動')
    } catch (cause) {
      if (failures === 0) log((cause as Error).message)
      await sleep(1000, undefined, { ref: false })
    }
  }
}

async function leave(use: Use): Promise<void> {
  const { cluster, running } = use
  use.keeper?.ref()
  await oneAtATime(cluster.folder, async () => {
    const inUse = use.keeper && (await isUsedByOthers(use.keeper))
    await use.keeper?.end().catch(() => {})
    if (!inUse) await stopServer(cluster, running)
  })
}

/** Connections closed just now take a moment to vanish from the server's list, another user's keeper does not. */
async function isUsedByOthers(keeper: pg.Client): Promise<boolean> {
  const question = "select application_name as name from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()"
  try {
    for (let attempt = 0; attempt < 25; attempt++) {
      const { rows } = await keeper.query<{ name: string }>(question)
      if (rows.length === 0) return false
      if (rows.some((row) => row.name === keeperName)) return true
      await sleep(20)
    }
    return true
  } catch {
    return false // the server is gone or going
  }
}
