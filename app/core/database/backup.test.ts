import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makePetition, makeUnit, useTestKeys } from '../../../test/support/makers.ts'
import type { Db } from '../db.ts'
import { addCaseState } from '../events/case-state.ts'
import { checkpoint } from '../events/seal.ts'
import { verifyAll } from '../verify.ts'
import { backUp, readBackupNote, restoreTables } from './backup.ts'

let from: Db
let to: Db
let folder: string
beforeAll(async () => {
  useTestKeys()
  addCaseState('petitions', 'id')
  from = (await createTestDatabase()).db
  to = (await createTestDatabase()).db
  folder = await mkdtemp(join(tmpdir(), 'windlion-backup-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('what was backed up is restored whole: rows, history, seals; and goes on from there', async () => {
  const unit = await makeUnit(from, '工務處')
  await sql`update units set name = '建設處' where id = ${unit}`.execute(from)
  await makePetition(from, new Date('2021-05-03T10:00:00+08:00'))
  const note = await backUp(from, join(folder, 'no-data'), join(folder, 'backup'))

  await restoreTables(to, join(folder, 'backup'), await readBackupNote(join(folder, 'backup')))
  expect(await checkpoint(to)).toBe(note.checkpoint)
  expect((await verifyAll(to)).flatMap((proof) => proof.differences)).toEqual([])
  expect((await sql<{ name: string }>`select name from windlion_history.units`.execute(to)).rows).toEqual([{ name: '工務處' }])

  const next = await makePetition(to, new Date('2021-05-04T10:00:00+08:00'))
  expect(next.number).toBe('陳110-000002')
  expect(await checkpoint(to)).not.toBe(note.checkpoint)
  expect((await verifyAll(to)).flatMap((proof) => proof.differences)).toEqual([])
})

test('a backup is not written into a folder that holds something, nor restored over data', async () => {
  await expect(backUp(from, folder, join(folder, 'backup'))).rejects.toThrow('不是空的資料夾')
  await expect(restoreTables(to, join(folder, 'backup'), await readBackupNote(join(folder, 'backup')))).rejects.toThrow('已有資料')
})
