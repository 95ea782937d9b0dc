import { type RawBuilder, sql } from 'kysely'
import { afterAll } from 'vitest'
import { everydayRole, prepareEverydayRole } from '../../app/core/database/everyday-role.ts'
import { type Connection, connect, type Db } from '../../app/core/db.ts'
import { openJobs } from '../../app/core/jobs/jobs.ts'
import { verifyAll } from '../../app/core/verify.ts'
import { declareModules } from '../../app/start.ts'
import { createTestDatabase } from './database.ts'
import { useTestKeys } from './makers.ts'

/** A fresh database with all modules declared, keys and jobs, as its owner: what sealing and verifying need. For one test file, in its `beforeAll`. */
export async function createRecordDatabase(): Promise<Connection> {
  useTestKeys()
  declareModules()
  return createTestDatabase()
}

/** The same, and a connection in the role in which the service works: it can touch no history and alter nothing. */
export async function createEverydayDatabase(options: { max?: number } = {}): Promise<{ owner: Connection; db: Db }> {
  const owner = await createRecordDatabase()
  await openJobs(owner.db)
  await prepareEverydayRole(owner.db)
  const everyday = connect(owner.url, { role: everydayRole, ...options })
  afterAll(() => everyday.close())
  await openJobs(everyday.db)
  return { owner, db: everyday.db }
}

/** What `windlion verify` would name, one sentence each. */
export const differencesIn = async (db: Db): Promise<string[]> => (await verifyAll(db)).flatMap((proof) => proof.differences)

/** What somebody with the database's own password could do: no trigger, no foreign key. */
export async function behindTheBack(db: Db, change: RawBuilder<unknown>): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx)
    await change.execute(tx)
  })
}
