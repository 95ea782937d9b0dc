import { fileURLToPath } from 'node:url'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Browser } from '../../../../test/support/browser-less.ts'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { connect, write } from '../../../core/db.ts'
import { valueOf } from '../../../core/errors.ts'
import { mask } from '../../../core/masking/index.ts'
import { useNavigation } from '../../../core/web/pages.tsx'
import { buildServer } from '../../../core/web/server.ts'
import { day } from '../../../core/time.ts'
import { modules } from '../../../modules.ts'
import '../decision/tables.ts'
import { publishedPaper } from '../decision/paper.ts'
import { registerAppeal } from '../filing/register.ts'
import { at, filing, makeOffice } from '../office-for-tests.ts'
import { decisionsPath, publishedPath } from '../paths.ts'
import { peopleOf, publishDecision, withdrawPublication } from './acts.ts'
import { findDecisionChoices, findPublishedDecision } from './queries.ts'

const { db, url } = await createTestDatabase()
const office = await makeOffice(db)
useNavigation(modules)
const open = connect(url, { max: 2, role: 'windlion_public' })
const app = await buildServer({
  db, publicDb: open.db, site: { county: '示範縣政府', demo: true, publicUrl: 'https://windlion.example' }, routes: modules.flatMap((module) => module.routes),
  publicFolder: fileURLToPath(new URL('../../../../public', import.meta.url)), behindProxy: false, logLevel: 'silent',
})
afterAll(async () => {
  await app.close()
  await open.close()
})
const page = (path: string) => new Browser(app).open(path)

/** What must not be in any published form of the decision, however it is looked at. */
const secrets = ['王示範', '李代理', 'A123456789', '示範路1號', '60年1月1日', '0912-345-678', 'resident1@example.org']
const facts = '緣訴願人王示範（身分證統一編號A123456789，民國60年1月1日生，電話0912-345-678，電子郵件resident1@example.org）住示範縣金湖鎮示範路1號，委任李代理為代理人。'
let number = ''

beforeAll(async () => {
  number = valueOf(await registerAppeal(at(office.clerk, '113/8/5 09:00'), filing(office, { receivedOn: '113/8/5', title: '王示範因違章建築事件', agentName: '李代理' }))).number
  const { id } = await db.selectFrom('cases').select('id').where('number', '=', number).executeTakeFirstOrThrow()
  await write(db, async (tx) => {
    const { seal, personalHash } = await import('../../../core/personal-data/index.ts')
    await tx.insertInto('appeal_parties').values({ case_id: id, role: 'agent', is_person: true, lawyer: false, name: seal('李代理'), name_hash: personalHash('name', '李代理'), born_on: null, id_number: null, id_hash: null, address: null, email: null, email_hash: null, phone: null, acts_for: null, since: day('2024-08-05'), until: null }).execute()
    await tx.updateTable('appeal_claims').set({ outcome: 'dismissed', basis: '訴願法 §79 I' }).where('case_id', '=', id).execute()
    await tx.updateTable('appeals').set({ decided_on: day('2024-09-30'), decision: 'dismissed', decision_no: '府訴決字第1號', dispatched_on: day('2024-10-01') }).where('id', '=', id).execute()
    await tx.insertInto('appeal_decisions').values({ id, number: '府訴決字第1號', decided_on: day('2024-09-30'), main: '訴願駁回。', facts, reasons: `一、${facts}\n二、原處分並無違誤。`, remedy: '如不服本決定……', members: ['主任委員 示範甲'], approved_by: null }).execute()
  })
  const people = await peopleOf(db, id)
  const clean = (text: string) => mask(text, people).text
  valueOf(await publishDecision(at(office.law, '113/10/20 10:00'), { name: number, title: clean('王示範因違章建築事件'), main: '訴願駁回。', facts: clean(facts), reasons: clean(`一、${facts}\n二、原處分並無違誤。`), reviewed: 'yes' }))
})

const without = (text: string) => expect(secrets.filter((secret) => text.includes(secret))).toEqual([])

test('a published decision holds none of the masked strings: page, list, text, properties and names of its files', async () => {
  const shown = await page(publishedPath(number))
  expect(shown.status).toBe(200)
  expect(shown.text).toContain('原處分並無違誤')
  expect(shown.text).toContain('王○○')
  without(shown.text)
  without((await page(decisionsPath)).text)
  const odt = await app.inject({ method: 'GET', url: publishedPath(number, 'odt') })
  expect(odt.statusCode).toBe(200)
  const files = unzipSync(odt.rawPayload)
  for (const [name, bytes] of Object.entries(files)) without(name + new TextDecoder().decode(bytes))
  expect(new TextDecoder().decode(files['content.xml'])).toContain('王○○')
  without(decodeURIComponent(String(odt.headers['content-disposition'])))
  const pdf = await app.inject({ method: 'GET', url: publishedPath(number, 'pdf') })
  expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
  without(decodeURIComponent(String(pdf.headers['content-disposition'])) + pdf.rawPayload.toString('latin1') + pdf.rawPayload.toString('utf8'))
  // what the PDF is set from, since its text is compressed
  without(JSON.stringify(publishedPaper((await findPublishedDecision(open.db, number))!, '示範縣政府')))
})

test('found by word, agency, outcome and year; another word finds nothing, least of all a name', async () => {
  const count = async (query: string) => ((await page(`${decisionsPath}?${query}`)).text.includes(encodeURIComponent(number)) ? 1 : 0)
  expect(await count(`q=${encodeURIComponent('違章建築')}`)).toBe(1)
  expect(await count(`q=${encodeURIComponent('王示範')}`)).toBe(0)
  expect(await count(`agency=${encodeURIComponent('金湖鎮公所')}&decision=dismissed&year=113`)).toBe(1)
  expect(await count('decision=revoked')).toBe(0)
  expect(await count('year=112')).toBe(0)
  expect(await findDecisionChoices(open.db)).toEqual({ agencies: ['金湖鎮公所'], years: ['113'] })
})

test('what became confidential or was taken down is not there any more, at its very address', async () => {
  const confide = (confidential: boolean) => write(db, (tx) => tx.updateTable('cases').set({ confidential }).where('number', '=', number).execute())
  await confide(true)
  expect((await page(publishedPath(number))).status).toBe(404)
  await confide(false)
  expect((await page(publishedPath(number))).status).toBe(200)
  valueOf(await withdrawPublication(at(office.law, '113/10/21 10:00'), { name: number, reason: '誤植' }))
  for (const form of [undefined, 'odt', 'pdf']) expect((await page(publishedPath(number, form))).status).toBe(404)
})
