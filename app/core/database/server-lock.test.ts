import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { lockService } from './server-lock.ts'

const { pool } = await createTestDatabase()
const root = mkdtempSync(join(tmpdir(), 'windlion-lock-'))
const newFolder = () => mkdtempSync(join(root, 'data-'))
afterAll(() => rmSync(root, { recursive: true }))

test('a second service on the same data folder is refused and told who has it', async () => {
  const folder = newFolder()
  const first = await lockService(pool, folder)
  await expect(lockService(pool, folder)).rejects.toThrow(new RegExp(`程序 ${process.pid}.*資料夾`))
  await first.release()
  const next = await lockService(pool, folder)
  await next.release()
})

test('a second service on the same database is refused even from another folder', async () => {
  const first = await lockService(pool, newFolder())
  const folder = newFolder()
  await expect(lockService(pool, folder)).rejects.toThrow(new RegExp(`程序 ${process.pid}.*資料庫`))
  await first.release()
  const next = await lockService(pool, folder)
  await next.release()
})

test('the lock is taken again after the database was away', async () => {
  const lock = await lockService(pool, newFolder())
  const holder = (await pool.query<{ pid: number }>(`select pid from pg_locks where locktype = 'advisory' and objid = 7301010 and granted`)).rows[0]!.pid
  await pool.query('select pg_terminate_backend($1)', [holder])
  // its old connection may take a moment to go
  const heldAgain = () => pool.query(`select 1 from pg_locks where locktype = 'advisory' and objid = 7301010 and granted and pid <> $1`, [holder]).then((found) => found.rowCount === 1)
  for (let attempt = 0; attempt < 50 && !(await heldAgain()); attempt++) await sleep(50)
  expect(await heldAgain()).toBe(true)
  await lock.release()
})
