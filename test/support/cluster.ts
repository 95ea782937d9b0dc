import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, chownSync, chmodSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { findBinaries } from '../../app/core/database/embedded/binaries.ts'
import { workers } from './workers.ts'
import { type Cluster, createFiles, findRunning, startServer, stopServer, urlOf } from '../../app/core/database/embedded/cluster.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** the run's private clusters, one for each worker, their templates migrated; or why there is none */
    testClusters: TestCluster[]
  }
}

export type TestCluster = { url: string; template: string; fault?: string | undefined }

const template = 'windlion_template'

/**
 * A private PostgreSQL for each worker, in a temporary folder, without fsync: what is sealed waits for transactions of the whole cluster, so two test
 * files at a time would wait for each other's. WINDLION_TEST_PG takes other binaries than the embedded ones: a major that Debian installed (15), or a
 * folder with initdb and postgres.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeAbandoned()
  const clusters = Array.from({ length: workers }, makeCluster)
  const stop = async () => {
    for (const cluster of clusters) {
      const running = await findRunning(cluster)
      if (running) await stopServer(cluster, running)
      rmSync(cluster.folder, { recursive: true, force: true })
    }
  }
  try {
    const ready: TestCluster[] = []
    for (const cluster of clusters) ready.push(await startCluster(cluster))
    project.provide('testClusters', ready)
    return stop
  } catch (cause) {
    await stop()
    throw cause
  }
}

async function startCluster(cluster: Cluster): Promise<TestCluster> {
  createFiles(cluster)
  const running = await startServer(cluster)
  const admin = new pg.Client({ connectionString: urlOf(cluster, running, 'postgres') })
  await admin.connect()
  await admin.query(`create database ${template}`)
  await admin.end()
  const fault = await migrateTemplate(urlOf(cluster, running, template))
  return { url: urlOf(cluster, running, 'postgres'), template, fault }
}

/** A fault in a migration must not hide the tests that need no database: it is handed on to those that do. */
async function migrateTemplate(url: string): Promise<string | undefined> {
  const { connect } = await import('../../app/core/db.ts')
  const { migrate } = await import('../../app/core/database/migrate.ts')
  const connection = connect(url, { max: 1 })
  try {
    await migrate(connection.db)
    return undefined
  } catch (cause) {
    return (cause as Error).message
  } finally {
    await connection.close()
  }
}

const prefix = 'windlion-test-'

function makeCluster(): Cluster {
  const folder = mkdtempSync(join(tmpdir(), prefix))
  const owner = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : null
  chmodSync(folder, 0o700)
  if (owner) chownSync(folder, owner.uid, owner.gid)
  writeFileSync(join(folder, 'test-run'), String(process.pid))
  return {
    folder,
    owner,
    bin: findTestBinaries(folder, owner),
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200', autovacuum: 'off' },
  }
}

function findTestBinaries(folder: string, owner: Cluster['owner']): string {
  const named = process.env.WINDLION_TEST_PG
  if (!named) return findBinaries({ folder, owner })
  const bin = named.includes('/') ? named : `/usr/lib/postgresql/${named}/bin`
  if (!existsSync(join(bin, 'initdb'))) throw new Error(`PostgreSQL is not installed in ${bin}`)
  return existsSync(join(bin, '../pg-symlinks.json')) ? findBinaries({ folder, owner }, join(bin, '..')) : bin
}

/** A run that was killed leaves its cluster behind; the next one clears it away. */
async function removeAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith(prefix))) {
    const folder = join(tmpdir(), name)
    try {
      const pid = Number(readFileSync(join(folder, 'test-run'), 'utf8'))
      if (existsSync(`/proc/${pid}`)) continue
      const cluster: Cluster = { folder, owner: null, bin: '' }
      const running = await findRunning(cluster)
      if (running) await stopServer(cluster, running)
      rmSync(folder, { recursive: true })
    } catch {
      // another user's, or being made or removed at this very moment
    }
  }
}
