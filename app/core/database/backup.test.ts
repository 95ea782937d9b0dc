import { appendFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makePetition, makeUnit, useTestKeys } from '../../../test/support/makers.ts'
import { type Db, write } from '../db.ts'
import { storeDocument, useDocumentFolder } from '../documents/store.ts'
import { addCaseState } from '../events/case-state.ts'
import { checkpoint, checkpointOf, sealEvents } from '../events/seal.ts'
import { defineJob, later, openJobs } from '../jobs/jobs.ts'
import { sendWaiting } from '../jobs/waiting.ts'
import { verifyAll } from '../verify.ts'
import { backUp, type BackupNote, checkBackup, readBackupNote, restoreTables } from './backup.ts'
import { keysPlace, restoreFiles } from './backup-files.ts'

const letter = defineJob<{ mail: number }>({ name: 'test.letter', as: 'system', run: async () => {} })
let from: Db
let to: Db
let folder: string
let note: BackupNote
beforeAll(async () => {
  useTestKeys()
  addCaseState('petitions', 'id')
  from = (await createTestDatabase()).db
  to = (await createTestDatabase()).db
  await openJobs(to)
  await openJobs(from)
  folder = await mkdtemp(join(tmpdir(), 'windlion-backup-'))
  await mkdir(join(folder, 'data', 'keys'), { recursive: true })
  await writeFile(join(folder, 'data', 'keys', 'personal-data.json'), '{}')
  useDocumentFolder(join(folder, 'data', 'documents'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const backup = () => join(folder, 'backup')

test('what was backed up is restored whole: rows, history, seals, documents, waiting jobs; and goes on from there', async () => {
  const unit = await makeUnit(from, '工務處')
  await sql`update units set name = '建設處' where id = ${unit}`.execute(from)
  await makePetition(from, new Date('2021-05-03T10:00:00+08:00'))
  await write(from, async (tx) => {
    await storeDocument(tx, Buffer.from('附件'), 'text/plain')
    await later(tx, letter, { mail: 7 })
  })
  note = await backUp(from, join(folder, 'data'), backup(), keysPlace(backup()))
  expect(note).toMatchObject({ documents: 1, jobs: [{ name: 'test.letter', data: { mail: 7 } }] })

  await checkBackup(backup(), await readBackupNote(backup()))
  await restoreFiles(join(folder, 'restored'), backup(), keysPlace(backup()))
  useDocumentFolder(join(folder, 'restored', 'documents'))
  await restoreTables(to, backup(), note)
  await sendWaiting(to, note.jobs)
  expect(await checkpoint(to)).toBe(note.checkpoint)
  expect((await verifyAll(to)).flatMap((proof) => proof.differences)).toEqual([])
  expect((await sql<{ name: string }>`select name from windlion_history.units`.execute(to)).rows).toEqual([{ name: '工務處' }])
  expect((await sql`select data from windlion_jobs.job where name = 'test.letter'`.execute(to)).rows).toEqual([{ data: { mail: 7 } }])

  const next = await makePetition(to, new Date('2021-05-04T10:00:00+08:00'))
  expect(next.number).toBe('陳110-000002')
  expect(await checkpoint(to)).not.toBe(note.checkpoint)
  expect((await verifyAll(to)).flatMap((proof) => proof.differences)).toEqual([])
})

test('an event that was not sealed yet when the backup was made is sealed after the restore', async () => {
  const third = (await createTestDatabase()).db
  const late = join(folder, 'late')
  const open = await from.startTransaction().execute() // while it runs, nothing after it is sealed
  await sql`insert into events (kind, happened_at) values ('test.open', now())`.execute(open)
  await sql`insert into events (kind, happened_at) values ('test.late', now())`.execute(from)
  const snapshot = await backUp(from, join(folder, 'data'), late, keysPlace(late))
  await open.rollback().execute()
  await restoreTables(third, late, snapshot)
  const size = Number(snapshot.checkpoint.split(':')[0])
  expect(await sealEvents(third)).toBe(size + 1)
  expect(await checkpointOf(third, size)).toBe(snapshot.checkpoint)
  expect((await sql`select e.kind from event_seals s join events e on e.id = s.event_id where s.seq = ${size + 1}`.execute(third)).rows).toEqual([{ kind: 'test.late' }])
})

test('keys lie apart from the backup, and without them nothing is restored', async () => {
  expect(await readdir(backup())).toEqual(['backup.json', 'documents', 'tables'])
  expect(await readdir(keysPlace(backup()))).toEqual(['personal-data.json'])
  await expect(restoreFiles(join(folder, 'elsewhere'), backup(), join(folder, 'no-keys'))).rejects.toThrow('還原需要和備份分開保管的金鑰')
  expect(await readdir(folder)).not.toContain('elsewhere')
})

test('a backup is not written into a folder that holds something, nor restored over data', async () => {
  await expect(backUp(from, folder, backup(), join(folder, 'other-keys'))).rejects.toThrow('不是空的資料夾')
  await expect(backUp(from, folder, join(folder, 'other'), keysPlace(backup()))).rejects.toThrow('不是空的資料夾')
  await expect(restoreTables(to, backup(), note)).rejects.toThrow('已有資料')
  await expect(restoreFiles(join(folder, 'restored'), backup(), keysPlace(backup()))).rejects.toThrow('還原不覆蓋')
})

test('a table’s file that was changed or lost is named before anything is restored', async () => {
  await appendFile(join(backup(), 'tables', 'windlion.events.jsonl.gz'), 'x')
  await expect(checkBackup(backup(), note)).rejects.toThrow('windlion.events.jsonl.gz')
})
