import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { testFolder } from '../../../test/support/folder.ts'
import { useTestKeys } from '../../../test/support/makers.ts'
import { copyDocuments } from '../database/backup-files.ts'
import { type Db, write } from '../db.ts'
import { addKey, forgetKey } from '../personal-data/keys.ts'
import { resealAll } from '../personal-data/reseal.ts'
import { keyUses } from '../personal-data/usage.ts'
import { documentPath, readDocument, storeDocument, useDocumentFolder, writeContent } from './store.ts'

const folder = testFolder()
useDocumentFolder(folder)
let db: Db
beforeAll(async () => {
  useTestKeys()
  db = (await createTestDatabase()).db
})
afterEach(() => useTestKeys())

const letter = Buffer.from('示範縣虛構路 9 號，王示範，診斷證明書')
const sha256 = createHash('sha256').update(letter).digest('hex')
const onDisk = () => readFile(documentPath(sha256))
const store = () => write(db, (tx) => storeDocument(tx, letter, 'text/plain'))

test('a content lies on the disk encrypted, twice the same is written once, and comes back as it was', async () => {
  await store()
  const first = await onDisk()
  expect(first.includes('王示範')).toBe(false)
  expect(first.subarray(0, 3)).toEqual(Buffer.from([0xe3, 0, 1]))
  await store()
  expect(await onDisk()).toEqual(first)
  expect(await readDocument(sha256)).toEqual(letter)
})

test('a changed bit, another’s content under this name, a cut file and a key that is gone are faults', async () => {
  const { sha256: other } = await write(db, (tx) => storeDocument(tx, Buffer.from('另一份'), 'text/plain'))
  const good = await onDisk()
  const spoilt = Buffer.from(good)
  spoilt[spoilt.length - 1]! ^= 1
  for (const bad of [spoilt, await readFile(documentPath(other)), good.subarray(0, 20), Buffer.from('換成別的')]) {
    await writeFile(documentPath(sha256), bad)
    await expect(readDocument(sha256)).rejects.toThrow('was changed on disk')
  }
  await writeFile(documentPath(sha256), Buffer.concat([Buffer.from([0xe3, 0, 9]), good.subarray(3)]))
  await expect(readDocument(sha256)).rejects.toThrow('key version 9')
  await writeFile(documentPath(sha256), good)
  expect(await readDocument(sha256)).toEqual(letter)
})

test('a new key: documents are encrypted anew, those that lay open too; the old key is needed no more', async () => {
  await writeFile(documentPath(sha256), letter) // as it was stored before contents were encrypted
  expect(await readDocument(sha256)).toEqual(letter)
  addKey(new Date())
  await resealAll(db)
  expect((await onDisk()).subarray(0, 3)).toEqual(Buffer.from([0xe3, 0, 2]))
  const documents = await db.selectFrom('documents').select('id').execute()
  expect((await keyUses(db)).map(({ version, sealed }) => [version, sealed])).toEqual([[2, documents.length]])
  forgetKey(1, 'cipherKey')
  expect(await readDocument(sha256)).toEqual(letter)
})

test('a copy that is kept up to date takes over what was encrypted anew', async () => {
  const copy = testFolder()
  const copied = () => readFile(documentPath(sha256).replace(folder, copy))
  await store()
  await writeContent(sha256, letter) // under the first of these keys
  await copyDocuments(folder, copy)
  const before = await copied()
  await copyDocuments(folder, copy)
  expect(await copied()).toEqual(before)
  addKey(new Date())
  await resealAll(db)
  await copyDocuments(folder, copy)
  expect(await copied()).toEqual(await onDisk())
  expect(await copied()).not.toEqual(before)
})
