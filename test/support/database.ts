import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { type Connection, connect } from '../../app/core/db.ts'

/**
 * A fresh database with every migration applied and nothing in it, for one test file; dropped after its last test.
 * Call it at the top of the file: `const { db, pool, url } = await createTestDatabase()`.
 */
export async function createTestDatabase(options: { max?: number } = {}): Promise<Connection> {
  const clusters = inject('testClusters')
  const { url, template, fault } = clusters[Number(process.env.VITEST_POOL_ID ?? 1) % clusters.length]!
  if (fault) throw new Error(fault)
  const name = `test_${randomBytes(6).toString('hex')}`
  await runOn(url, `create database ${name} template ${template}`)
  const connection = connect(url.replace(/\/[^/]*$/, `/${name}`), { max: options.max ?? 10 })
  afterAll(async () => {
    await connection.close()
    await runOn(url, `drop database if exists ${name} with (force)`)
  })
  return connection
}

async function runOn(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
