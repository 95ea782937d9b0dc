import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'

const { db, pool } = await createTestDatabase()

test('a connection lost in the middle of a transaction fails that transaction and nothing else', async () => {
  const lost = db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
    await pool.query('select pg_terminate_backend($1)', [rows[0]!.pid])
    await new Promise((wake) => setTimeout(wake, 50))
    await sql`select 1`.execute(tx)
  })
  await expect(lost).rejects.toThrow()
  const { rows } = await sql<{ one: number }>`select 1 as one`.execute(db)
  expect(rows).toEqual([{ one: 1 }])
})
