import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { useDocumentFolder } from '../../core/documents/store.ts'
import { isRefusal, NotAllowed, valueOf } from '../../core/errors.ts'
import { parseInstant } from '../../core/time.ts'
import { saveAttachments } from './attachments.ts'
import { at, makeOffice, serveForTests } from './office-for-tests.ts'
import { proposeRegulation } from './propose.ts'
import type { StepId } from './steps.ts'
import { stepActs } from './take-step.ts'
import { testFolder } from '../../../test/support/folder.ts'

const { db, url } = await createTestDatabase()
const office = await makeOffice(db)
useDocumentFolder(testFolder())
const { app } = await serveForTests(db, url, () => parseInstant('110/12/1 09:00')!)
const file = (name: string, words: string) => ({ name, mediaType: 'text/plain', bytes: Buffer.from(words) })
const step = async (id: StepId, name: string, on: string) => valueOf(await stepActs[id](at(office.law, `${on} 10:00`), { name, on, days: 14, documentNo: '府行字第1號' }))

/** Directions from their proposal to the day they are handed down; `change` files are put in before. */
async function issue(change: 'enact' | 'amend', on: string, text: string, more: object, files: object): Promise<string> {
  const { number } = valueOf(await proposeRegulation(at(office.law, `${on} 09:00`), { title: '收費作業要點', text, reason: '訂明收費。', category: '行政', instrument: 'administrative', change, unitId: office.units.works, ...more }))
  valueOf(await saveAttachments(at(office.law, `${on} 09:30`), { name: number, ...files }))
  for (const id of ['to-review', 'review-passed', 'promulgate'] as const) await step(id, number, on)
  return number
}

test('files put to a proposal are published with the text, from its day on, in every form; a later text may drop or replace them', async () => {
  const first = await issue('enact', '110/5/3', '一、收費如附表。', {}, { files: [file('附表一.txt', '場地五百元'), file('附表二.txt', '燈光一百元')] })
  const { code } = await db.selectFrom('laws').select('code').where('name', '=', '收費作業要點').executeTakeFirstOrThrow()
  const page = await app.inject(`/regulations/${code}`)
  const href = new RegExp(`/regulations/${code}/attachments/[0-9a-f]{64}`).exec(page.body)![0]
  expect((await app.inject(href)).body).toBe('場地五百元')
  expect((await app.inject(href.replace(/[0-9a-f]{64}/, '0'.repeat(64)))).statusCode).toBe(404)
  expect((await app.inject(`/regulations/${code}/text.xml`)).body).toContain('showAs="附表一.txt"')
  expect(JSON.parse((await app.inject(`/regulations/${code}/text.json`)).body).attachments.map((one: { name: string }) => one.name)).toEqual(['附表一.txt', '附表二.txt'])
  await issue('amend', '110/7/1', '一、收費如附表，按次計。', { lawCode: code }, { drop: '附表二.txt', files: [file('附表一.txt', '場地六百元')] })
  const names = async (on: string) => JSON.parse((await app.inject(`/regulations/${code}/text.json?on=${on}`)).body).attachments.map((one: { name: string }) => one.name)
  expect([await names('110/6/30'), await names('110/7/1')]).toEqual([['附表一.txt', '附表二.txt'], ['附表一.txt']])
  const now = new RegExp(`/regulations/${code}/attachments/[0-9a-f]{64}`).exec((await app.inject(`/regulations/${code}`)).body)![0]
  expect([(await app.inject(now)).body, (await app.inject(href)).body]).toEqual(['場地六百元', '場地五百元'])
  const late = await saveAttachments(at(office.law, '110/7/2 09:00'), { name: first, files: [file('附表三.txt', 'x')] })
  expect(isRefusal(late) && late.code).toBe('regulation.wrong-stage')
  await expect(saveAttachments(at(office.stranger, '110/7/2 09:00'), { name: first, files: [] })).rejects.toThrow()
  await expect(saveAttachments(at(office.clerk, '110/7/2 09:00'), { name: first, files: [] })).rejects.toThrow(NotAllowed)
})
