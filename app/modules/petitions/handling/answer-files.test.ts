import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { afterAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { makePetition } from '../../../../test/support/makers.ts'
import { readDocument, useDocumentFolder } from '../../../core/documents/store.ts'
import { isRefusal, valueOf } from '../../../core/errors.ts'
import { dispatchPetition } from '../dispatch/actions.ts'
import { at, instant, makeOffice, stageOf } from '../office-for-tests.ts'
import { acceptPetition } from './accept.ts'
import { findAnswerFiles } from './answer-files.ts'
import { saveDraft } from './draft.ts'

const { db } = await createTestDatabase()
const folder = mkdtempSync(join(tmpdir(), 'windlion-answer-'))
useDocumentFolder(folder)
afterAll(() => rmSync(folder, { recursive: true }))
const office = await makeOffice(db)
const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

test('what goes out with an answer holds neither the place of a photograph nor the author of a letter; changes are told', async () => {
  const { number } = await makePetition(db, instant('110/4/12 10:00'), { sender: { name: '王示範', email: 'wang@example.org' } })
  valueOf(await dispatchPetition(at(office.clerk, '110/4/12 11:00'), { name: number, unitId: office.units.works, jointUnitIds: [] }))
  valueOf(await acceptPetition(at(office.head, '110/4/13 09:00'), { name: number, officerId: office.officer.person.id }))
  const jpeg = createCanvas(8, 8).toBuffer('image/jpeg')
  const exif = Buffer.from('Exif\0\0GPS 24.43N 118.32E', 'latin1')
  const photograph = Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xe1, 0, exif.length + 2]), exif, jpeg.subarray(2)])
  const letter = Buffer.from(zipSync({
    'docProps/core.xml': strToU8('<cp:coreProperties><dc:creator>陳承辦</dc:creator></cp:coreProperties>'),
    'word/document.xml': strToU8('<w:document><w:del w:id="1" w:author="陳承辦"><w:t>舊句</w:t></w:del><w:t>路燈已修復</w:t></w:document>'),
  }))
  const answer = { name: number, text: '如附件。', remedy: 'none' as const }
  const refused = await saveDraft(at(office.officer, '110/4/14 08:00'), { ...answer, files: [{ name: '壞.docx', mediaType: docx, bytes: Buffer.from('PK broken') }] })
  expect(isRefusal(refused) && refused.message).toContain('「壞.docx」打不開')
  const saved = valueOf(await saveDraft(at(office.officer, '110/4/14 09:00'), { ...answer, files: [{ name: '現場.jpg', mediaType: 'image/jpeg', bytes: photograph }, { name: '函.docx', mediaType: docx, bytes: letter }] }))
  expect(saved).toEqual({ version: 1, found: [expect.stringContaining('「函.docx」還有追蹤修訂')] })
  const files = await findAnswerFiles(db, (await stageOf(db, number)).id)
  expect(files.map(({ name }) => name)).toEqual(['現場.jpg', '函.docx'])
  const [picture, document] = await Promise.all(files.map(({ sha256 }) => readDocument(sha256)))
  expect(picture!.includes('GPS')).toBe(false)
  const text = Object.values(unzipSync(document!)).map((part) => strFromU8(part)).join('')
  expect(text).toContain('路燈已修復')
  expect(text).not.toContain('陳承辦')
})
