import { createCanvas, loadImage } from '@napi-rs/canvas'
import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { write } from '../db.ts'
import { storeDocument, useDocumentFolder } from '../documents/store.ts'
import { originalOf, shownFile } from './shown-file.ts'
import { testFolder } from '../../../test/support/folder.ts'

const { db } = await createTestDatabase()
beforeAll(() => useDocumentFolder(testFolder()))

async function kept(bytes: Buffer, mediaType: string) {
  const { sha256 } = await write(db, (tx) => storeDocument(tx, bytes, mediaType))
  return { sha256, mediaType, name: '現場.jpg' }
}

const canvas = createCanvas(30, 20).toBuffer('image/jpeg')
const exif = Buffer.from('Exif\0\0GPS 24.43N 118.32E', 'latin1')
const photograph = Buffer.concat([canvas.subarray(0, 2), Buffer.from([0xff, 0xe1, 0, exif.length + 2]), exif, canvas.subarray(2)])

test('a resident’s photograph is shown without its place; the original is a download, byte for byte', async () => {
  const row = await kept(photograph, 'image/jpeg')
  const shown = await shownFile(row)
  if (shown.kind !== 'file') throw new Error()
  expect([shown.inline, shown.type]).toEqual([true, 'image/jpeg'])
  expect(Buffer.from(shown.bytes as Uint8Array).toString('latin1')).not.toMatch(/GPS|Exif/)
  expect((await loadImage(shown.bytes as Buffer)).width).toBe(30)
  expect(await shownFile(row, true)).toMatchObject({ inline: false, bytes: photograph })
  expect([originalOf('/files/1', 'image/jpeg'), originalOf('/files/1', 'application/pdf')]).toEqual(['/files/1?original=1', undefined])
})

test('what is no picture after all is only downloaded; a PDF is shown as it came', async () => {
  expect(await shownFile(await kept(Buffer.from('no picture'), 'image/png'))).toMatchObject({ inline: false })
  expect(await shownFile(await kept(Buffer.from('%PDF-1.7'), 'application/pdf'))).toMatchObject({ inline: true })
})
