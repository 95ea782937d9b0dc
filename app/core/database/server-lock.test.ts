import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { isRefusal, type Refusal } from '../errors.ts'
import { lockService, type ServiceLock } from './server-lock.ts'

const { pool } = await createTestDatabase()
const root = mkdtempSync(join(tmpdir(), 'windlion-lock-'))
const newFolder = () => mkdtempSync(join(root, 'data-'))
afterAll(() => rmSync(root, { recursive: true }))

function held(lock: ServiceLock | Refusal): ServiceLock {
  if (isRefusal(lock)) throw new Error(lock.message)
  return lock
}

test('a second service on the same data folder is refused and told who has it', async () => {
  const folder = newFolder()
  const first = held(await lockService(pool, folder))
  const second = await lockService(pool, folder)
  expect(second).toMatchObject({ refused: true, code: 'serve.folder_in_use' })
  expect((second as Refusal).message).toContain(`程序 ${process.pid}`)
  await first.release()
  await held(await lockService(pool, folder)).release()
})

test('a second service on the same database is refused even from another folder', async () => {
  const first = held(await lockService(pool, newFolder()))
  const second = await lockService(pool, newFolder())
  expect(second).toMatchObject({ refused: true, code: 'serve.database_in_use' })
  expect((second as Refusal).message).toContain(`程序 ${process.pid}`)
  await first.release()
})

test('the lock is taken again after the database was away', async () => {
  const lock = held(await lockService(pool, newFolder()))
  await pool.query(`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = 7301010`)
  const heldAgain = () => pool.query(`select 1 from pg_locks where locktype = 'advisory' and objid = 7301010 and granted`).then((found) => found.rowCount === 1)
  for (let attempt = 0; attempt < 50 && !(await heldAgain()); attempt++) await sleep(50)
  expect(await heldAgain()).toBe(true)
  await lock.release()
})
