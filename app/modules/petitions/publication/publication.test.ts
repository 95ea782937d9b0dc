import { tmpdir } from 'node:os'
import { type RawBuilder, sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { Browser } from '../../../../test/support/browser-less.ts'
import { makePetition } from '../../../../test/support/makers.ts'
import { connect, write } from '../../../core/db.ts'
import { isRefusal, valueOf } from '../../../core/errors.ts'
import { useDocumentFolder } from '../../../core/documents/store.ts'
import { buildServer } from '../../../core/web/server.ts'
import { useNavigation } from '../../../core/web/pages.tsx'
import { dayOf } from '../../../core/time.ts'
import { changeConsent } from '../filing/resident-acts.ts'
import { at, instant, makeOffice, type Office } from '../office-for-tests.ts'
import { closePetition, lockById } from '../petition.ts'
import { confidePetition } from '../registration/confide.ts'
import { publishPetition, withdrawPublication } from './actions.ts'
import { routes } from './index.ts'
import { candidatesQuery, findCandidates, findPublished, publishedQuery } from './queries.ts'
import { testFolder } from '../../../../test/support/folder.ts'

const connection = await createTestDatabase()
const { db } = connection
const now = instant('110/5/20 10:00')
let office: Office

beforeAll(async () => {
  office = await makeOffice(db)
  useDocumentFolder(testFolder())
})

const letter = '我是王示範，住在金門縣金城鎮民生路60號，巷口的路燈已經一個星期不亮，請派人來修。電話 0912-345-678。'
const answer = '王示範先生您好：路燈已於昨日修復。承辦電話 082-318823。'

/** A petition that was answered and closed. */
async function answered(more: Parameters<typeof makePetition>[2] = {}): Promise<string> {
  const { id, number } = await makePetition(db, instant('110/5/3 10:00'), { title: '路燈不亮', body: letter, publishConsent: true, category: '路燈號誌', township: '金城鎮', ...more })
  await write(db, async (tx) => {
    const ctx = { person: null, onBehalfOf: null, now, today: dayOf(now) }
    await tx.updateTable('petitions').set({ answer, answered_at: now }).where('id', '=', id).execute()
    await closePetition(tx, ctx, await lockById(tx, id), 'answered')
  })
  return number
}

const clean = { title: '路燈不亮', question: '我是王○○，住在金城鎮〔地址〕，巷口的路燈不亮。', answer: '王○○先生您好：路燈已於昨日修復。', reviewed: 'yes' }
const publish = (name: string, more: Record<string, string> = {}) => publishPetition(at(office.clerk, '110/5/20 11:00'), { ...clean, name, ...more })
const publicTitles = async () => (await findPublished(db, {})).rows.map((row) => row.title)

test('a masked copy is published and can be taken down with its reason', async () => {
  const name = await answered()
  valueOf(await publish(name, { title: '路燈不亮甲' }))
  expect(await publicTitles()).toContain('路燈不亮甲')
  expect(await withdrawPublication(at(office.clerk, '110/5/21 9:00'), { name, reason: '' })).toMatchObject({ refused: true, field: 'reason' })
  valueOf(await withdrawPublication(at(office.clerk, '110/5/21 9:00'), { name, reason: '內容過時' }))
  expect(await publicTitles()).not.toContain('路燈不亮甲')
})

test('published again, the new copy takes the place of the old', async () => {
  const name = await answered()
  valueOf(await publish(name, { title: '第一版' }))
  valueOf(await publish(name, { title: '第二版' }))
  const titles = await publicTitles()
  expect(titles).toContain('第二版')
  expect(titles).not.toContain('第一版')
})

test('without consent, while open, without an answer or when confidential nothing is published', async () => {
  const code = async (name: string) => {
    const result = await publish(name)
    return isRefusal(result) ? result.code : 'published'
  }
  expect(await code(await answered({ publishConsent: false }))).toBe('publication.no-consent')
  expect(await code(await answered({ confidential: true }))).toBe('publication.confidential')
  const { number } = await makePetition(db, instant('110/5/3 10:00'), { publishConsent: true })
  expect(await code(number)).toBe('publication.not-closed')
})

test('an accusation is never published, and what reads like one only when the officer says that it is none', async () => {
  const name = await answered({ body: '我要檢舉隔壁違建。' })
  expect(await publish(name)).toMatchObject({ refused: true, code: 'publication.accusation' })
  expect(isRefusal(await publish(name, { notAccusation: 'yes' }))).toBe(false)
  const report = await answered()
  await write(db, (tx) => tx.updateTable('petitions').set({ other_procedure: 'report' }).where('id', '=', tx.selectFrom('cases').select('id').where('number', '=', report)).execute())
  expect(await publish(report, { notAccusation: 'yes' })).toMatchObject({ refused: true, code: 'publication.accusation' })
})

test('what masking would still take out is refused by name; the office’s own telephone only when said to be so', async () => {
  const name = await answered()
  expect(await publish(name, { question: letter })).toMatchObject({ code: 'publication.unmasked', field: 'question' })
  expect(await publish(name, { title: '王示範的路燈' })).toMatchObject({ code: 'publication.unmasked', field: 'title' })
  expect(await publish(name, { answer: '請打 082-318823。' })).toMatchObject({ code: 'publication.unmasked', field: 'answer' })
  expect(await publish(name, { answer: '身分證 A123456789', ownContacts: 'yes' })).toMatchObject({ code: 'publication.unmasked' })
  expect(isRefusal(await publish(name, { answer: '請打 082-318823。', ownContacts: 'yes' }))).toBe(false)
})

test('whoever has not said to have looked at it publishes nothing', async () => {
  expect(await publish(await answered(), { reviewed: '' })).toMatchObject({ refused: true, field: 'reviewed' })
})

test('an officer of a bureau may not publish', async () => {
  await expect(publishPetition(office.officer, { ...clean, name: await answered() })).rejects.toMatchObject({ name: 'NotAllowed', permission: 'petitions.publish' })
})

test('consent taken back takes it down at once, secrecy too', async () => {
  const first = await answered()
  valueOf(await publish(first, { title: '收回同意' }))
  const { id } = await db.selectFrom('cases').select('id').where('number', '=', first).executeTakeFirstOrThrow()
  expect(valueOf(await changeConsent({ db, person: null }, { id, consent: 'no' }))).toEqual({ takenDown: true })
  const second = await answered()
  valueOf(await publish(second, { title: '列為保密' }))
  valueOf(await confidePetition(office.clerk, { name: second, confidential: '1', reason: '陳情人請求' }))
  const titles = await publicTitles()
  expect(titles).not.toContain('收回同意')
  expect(titles).not.toContain('列為保密')
})

test('a case that slipped out of consent behind the acts is not shown either', async () => {
  const name = await answered()
  valueOf(await publish(name, { title: '後門' }))
  await write(db, (tx) => tx.updateTable('petitions').set({ publish_consent: false }).where('id', '=', tx.selectFrom('cases').select('id').where('number', '=', name)).execute())
  expect(await publicTitles()).not.toContain('後門')
})

test('the officer’s list offers exactly what may be published', async () => {
  const [yes, no, secret] = [await answered(), await answered({ publishConsent: false }), await answered({ confidential: true })]
  const names = (await findCandidates(db, office.clerk.person, 'waiting')).rows.map((row) => row.name)
  expect(names).toContain(yes)
  expect(names).not.toContain(no)
  expect(names).not.toContain(secret)
})

test('the public finds by word, category and month, page by page, through a role that reads nothing else', async () => {
  for (let n = 0; n < 23; n += 1) valueOf(await publish(await answered({ category: '觀光' }), { title: `碼頭排隊 ${n}`, question: '搭船要排很久，長照專車也一樣。' }))
  const reader = connect(connection.url, { max: 1, role: 'windlion_public' })
  try {
    const first = await findPublished(reader.db, { category: '觀光' })
    expect([first.rows.length, first.count]).toEqual([20, 23])
    const second = await findPublished(reader.db, { category: '觀光' }, first.next!)
    expect(second.rows).toHaveLength(3)
    expect(new Set([...first.rows, ...second.rows].map((row) => row.id)).size).toBe(23)
    expect((await findPublished(reader.db, { query: '長照 排隊' })).count).toBe(23)
    expect((await findPublished(reader.db, { query: "'; drop table" })).rows).toEqual([])
    expect((await findPublished(reader.db, { month: '2021-05' })).rows.length).toBeGreaterThan(0)
    expect((await findPublished(reader.db, { month: '2021-06' })).rows).toEqual([])
    await expect(reader.db.selectFrom('petitions').select('id').execute()).rejects.toThrow()
  } finally {
    await reader.close()
  }
})

test('the public pages and the feed show the copy and nothing of the original', async () => {
  useNavigation([])
  const app = await buildServer({ db, publicDb: db, site: { county: '示範縣政府', demo: true, publicUrl: undefined }, routes, publicFolder: tmpdir(), behindProxy: false, logLevel: 'silent', now: () => now })
  const visitor = new Browser(app)
  const { id } = valueOf(await publish(await answered(), { title: '路燈 <b>不亮</b>' }))
  for (const url of ['/petitions/published', '/petitions/published.atom', `/petitions/published/${id}`]) {
    const page = await visitor.open(url)
    expect(page.status).toBe(200)
    expect(page.text).toContain('路燈 &lt;b')
    expect(page.text).not.toMatch(/王示範|0912|陳\d{3}-\d{6}/)
  }
  expect((await visitor.open('/petitions/published/999999')).status).toBe(404)
  expect((await visitor.open('/petitions/published/x')).status).toBe(404)
  expect((await visitor.open('/console/petitions/publications')).status).toBe(303)
})

test('the lists read their indexes, on any page', async () => {
  const plan = (query: RawBuilder<unknown>) => db.transaction().execute(async (tx) => {
    await sql`set local enable_seqscan = off`.execute(tx)
    await sql`set local enable_sort = off`.execute(tx)
    const { rows } = await sql<{ 'QUERY PLAN': string }>`explain ${query}`.execute(tx)
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  })
  expect(await plan(publishedQuery({}, '2021-05-20.13'))).toContain('petition_publications_list')
  expect(await plan(candidatesQuery(office.clerk.person, 'waiting', '99'))).toContain('petitions_publishable')
  expect(await plan(candidatesQuery(office.clerk.person, 'published'))).toContain('petitions_published')
})
