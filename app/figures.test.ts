import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Browser } from '../test/support/browser-less.ts'
import { createTestDatabase } from '../test/support/database.ts'
import { makePerson, makePetition, makeUnit, useTestKeys } from '../test/support/makers.ts'
import { connect, type Connection, write } from './core/db.ts'
import { publishAll } from './core/figures/publish.ts'
import { findPublications, readPublished } from './core/figures/published.ts'
import { tokenHash } from './core/identity/sessions.ts'
import { day, parseInstant } from './core/time.ts'
import { mountApi } from './core/web/api.ts'
import { useNavigation } from './core/web/pages.tsx'
import { buildServer, sessionCookie } from './core/web/server.ts'
import { modules } from './modules.ts'
import { declareModules } from './start.ts'
import { projectFolder } from './config.ts'

const { db, url } = await createTestDatabase()
const at = (text: string) => parseInstant(text)!
const now = at('110/12/01 09:00')
let open: Connection
let clerk: Browser
let officer: Browser
let anybody: Browser
const ids: number[] = []

/** Four petitions of ROC 110-04 to 110-09 in two bureaux; three were answered, two of them scored; one is confidential. */
beforeAll(async () => {
  declareModules()
  useTestKeys()
  open = connect(url, { max: 2, role: 'windlion_public' })
  useNavigation(modules)
  const app = await buildServer({
    db, publicDb: open.db, site: { county: '示範縣政府', demo: true, publicUrl: undefined }, routes: modules.flatMap((module) => module.routes),
    publicFolder: `${projectFolder}/public`, behindProxy: false, logLevel: 'silent', now: () => now,
    extend: (server) => mountApi(server, modules.flatMap((module) => module.api ?? []), { db, publicDb: open.db, county: '示範縣政府' }),
  })
  afterAll(async () => {
    await app.close()
    await open.close()
  })
  const works = await makeUnit(db, '工務處', { code: 'A02' })
  const culture = await makeUnit(db, '文化局', { code: 'A10' })
  for (const [received, unit, closed, score, confidential, township] of [
    ['110-04-01 00:00', works, '110-04-20 10:00', 5, false, '金城鎮'], ['110-05-10 10:00', works, '110-09-20 10:00', 2, false, '烏坵鄉'],
    ['110-06-10 10:00', culture, '110-06-20 10:00', null, true, null], ['110-09-30 23:59', culture, null, null, false, '金城鎮'],
  ] as const) {
    const { id } = await makePetition(db, at(received), { title: `主旨${ids.length + 1}`, confidential, township })
    ids.push(id)
    await write(db, async (tx) => {
      await tx.updateTable('cases').set({ unit_id: unit, ...(closed ? { closed_at: at(closed), outcome: 'answered', stage: 'closed' } : {}) }).where('id', '=', id).execute()
      if (score) await tx.updateTable('petitions').set({ satisfaction: score, satisfied_at: at('110-10-01') }).where('id', '=', id).execute()
    })
  }
  const admin = await makeUnit(db, '行政處', { code: 'A01' })
  const signIn = async (person: { id: number }) => {
    const token = randomBytes(32).toString('base64url')
    await db.insertInto('sessions').values({ token_hash: tokenHash(token), person_id: person.id, expires_at: new Date(Date.now() + 3_600_000), label: null }).execute()
    return new Browser(app, { [sessionCookie]: token })
  }
  const { person } = await makePerson(db, '林示範', 'clerk', admin)
  // the confidential one is theirs to see by name
  await db.insertInto('case_readers').values({ case_id: ids[2]!, person_id: person.id, named_by: null, ended_at: null }).execute()
  clerk = await signIn(person)
  officer = await signIn((await makePerson(db, '陳示範', 'officer', culture)).person)
  anybody = new Browser(app)
})

const span = 'from=110-04-01&to=110-09-30&statusOn=110-10-31'
const words = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

test('a new office publishes what it has when somebody first asks', async () => {
  const page = await anybody.open('/statistics/petitions')
  expect(page.status).toBe(200)
  expect(words(page.text)).toContain('110年4月至9月收到的陳情')
  expect(words(page.text)).toContain('資料截止日民國110年10月31日')
  expect(page.text).not.toContain('主旨1')
})

test('what is published are the figures of the half-year, judged a month after its end', async () => {
  const published = await readPublished(open.db, (await findPublications(open.db)).find(({ from }) => from === '2021-04-01')!)
  expect(published.publication).toMatchObject({ from: '2021-04-01', to: '2021-09-30', statusOn: '2021-10-31' })
  expect(published.whole('petitions.received')).toMatchObject({ value: 4 })
  expect(published.whole('petitions.closed_rate')).toMatchObject({ value: 0.75, numerator: 3, denominator: 4 })
  expect(published.parts('petitions.received', 'unit').map(({ label, value }) => [label, value])).toEqual([['工務處', 2], ['文化局', 2]])
  expect(published.parts('petitions.received', 'township').map(({ label, value }) => [label, value])).toEqual([['金城鎮', 2], ['烏坵鄉', 1], ['未填', 1]])
})

test('two scores are too few to be told, anywhere', async () => {
  const rows = await open.db.selectFrom('windlion_public.figure_values').selectAll().where('figure', 'like', 'petitions.satisfaction%').where('few', '=', true).execute()
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.every((row) => row.value === null && row.numerator === null && row.denominator === null)).toBe(true)
  const csv = await anybody.open('/statistics/petitions/satisfaction.csv?period=2021-04')
  expect(csv.text).toContain('工務處,不公布,不公布')
  expect(csv.text).toContain('全部,不公布,不公布')
})

test('the public reads what is published and nothing else', async () => {
  await expect(sql`select 1 from windlion.cases`.execute(open.db)).rejects.toThrow(/permission denied/)
  await expect(sql`select 1 from windlion.figure_publication_values`.execute(open.db)).rejects.toThrow(/permission denied/)
  expect((await anybody.open(`/console/figures/petitions.received?${span}`)).status).toBe(303)
})

test('a table can be taken along; an unknown one or period is not found', async () => {
  const csv = await anybody.open('/statistics/petitions/townships.csv?period=2021-04')
  expect(csv.text.split('\r\n').slice(0, 3)).toEqual(['\ufeff鄉鎮,收到（件）,已結案（件）,如期,未結（件）', '金城鎮,2,1,1,1', '金沙鎮,0,0,,0'])
  expect((await anybody.open('/statistics/petitions/people.csv?period=2021-04')).status).toBe(404)
  expect((await anybody.open('/statistics/petitions?period=2001-04')).status).toBe(404)
})

test('a correction reaches the public with the next publication, and what was told before is kept', async () => {
  const rows = () => open.db.selectFrom('windlion_public.figure_values').select(['figure', 'key', 'value']).where('split', '=', 'township').where('figure', '=', 'petitions.received').orderBy('publication_id').execute()
  await write(db, async (tx) => {
    await tx.updateTable('cases').set({ township: '金湖鎮' }).where('id', '=', ids[1]!).execute()
    await sql`insert into events (kind, happened_at) values ('petition.corrected', now())`.execute(tx)
  })
  expect((await rows()).map((row) => row.key)).toContain('烏坵鄉')
  await publishAll(db, now)
  expect((await rows()).map((row) => row.key)).not.toContain('烏坵鄉')
  const kept = await sql<{ key: string; value: number }>`select key, value from windlion_history.figure_publication_values where figure = 'petitions.received' and split = 'township' and key = '烏坵鄉'`.execute(db)
  expect(kept.rows).toEqual([{ key: '烏坵鄉', value: 1 }])
  const untouched = await sql<{ n: number }>`select count(*) as n from windlion_history.figure_publication_values where split = 'unit'`.execute(db)
  expect(untouched.rows[0]!.n).toBe(0)
  await write(db, (tx) => tx.updateTable('cases').set({ township: '烏坵鄉' }).where('id', '=', ids[1]!).execute())
  await write(db, (tx) => sql`insert into events (kind, happened_at) values ('petition.corrected', now())`.execute(tx))
})

test('the list of figures counts for the period in its address', async () => {
  const page = await officer.open(`/console/figures?${span}`)
  expect(page.status).toBe(200)
  expect(words(page.text)).toMatch(/信箱收到陳情 .*? 4 件/)
  expect(words(page.text)).toMatch(/信箱陳情結案率 .*? 75 %/)
  const earlier = await officer.open('/console/figures?from=110/4/1&to=110/4/30')
  expect(words(earlier.text)).toContain('110年4月，資料截止日民國110年4月30日')
  expect(words(earlier.text)).toMatch(/信箱收到陳情 .*? 1 件/)
})

test('a date that is none is said beside its field', async () => {
  const page = await officer.open('/console/figures?from=110/2/30&to=110/9/30')
  expect(page.status).toBe(200)
  expect(words(page.text)).toContain('不是存在的日期')
  expect(page.text).toContain('value="110/2/30"')
})

test('a figure opens into parts, a part into its cases', async () => {
  const page = await clerk.open(`/console/figures/petitions.received?${span}&by=township`)
  expect(words(page.text)).toMatch(/金城鎮 2 .*烏坵鄉 1 .*未填 1 .*合計 4/)
  const cases = await clerk.open(`/console/figures/petitions.received/cases?${span}&by=township&part=${encodeURIComponent('金城鎮')}`)
  expect(words(cases.text)).toMatch(/共 2 件/)
  expect(cases.text).toContain('主旨1')
  expect(cases.text).not.toContain('主旨2')
  const blank = await clerk.open(`/console/figures/petitions.received/cases?${span}&by=township&part=${encodeURIComponent('未填')}`)
  expect(words(blank.text)).toMatch(/共 1 件/)
  expect(blank.text).toContain('（保密）')
  expect(blank.text).not.toContain('主旨3')
})

test('a list that is shorter than its number says so, on the page and in the file', async () => {
  const page = await officer.open(`/console/figures/petitions.received/cases?${span}`)
  expect(words(page.text)).toContain('這個數字計入 4 件；其中 3 件您的職務不能檢視，下面沒有列出')
  const csv = (await officer.open(`/console/figures/petitions.received/cases.csv?${span}`)).text
  expect(csv).toContain('主旨4')
  expect(csv).not.toContain('主旨1')
  expect(csv).toContain('計入 4 件，另有 3 件沒有列出')
  const parts = (await officer.open(`/console/figures/petitions.closed_rate/parts.csv?${span}&by=unit`)).text
  expect(parts).toBe('\ufeff單位,信箱陳情結案率,分子,分母\r\n工務處,1,2,2\r\n文化局,0.5,1,2\r\n')
  expect((await officer.open(`/console/figures/petitions.closed_rate/parts.ods?${span}&by=unit`)).headers['content-type']).toBe('application/vnd.oasis.opendocument.spreadsheet')
})

test('an unknown figure is not found', async () => {
  expect((await officer.open('/console/figures/petitions.nothing')).status).toBe(404)
})

test('only those who publish may publish now', async () => {
  expect((await officer.open('/console/figures/publications')).status).toBe(403)
  const page = await clerk.open('/console/figures/publications')
  expect((await clerk.submit(page.form('/console/figures/publications'))).status).toBe(303)
  const events = await sql<{ person_id: number | null }>`select person_id from events where kind = 'figures.published' order by id desc limit 1`.execute(db)
  expect(events.rows[0]!.person_id).not.toBeNull()
})

test('programs read figures, parts and cases as they may', async () => {
  const ask = async (browser: Browser, path: string) => {
    const answer = await browser.open(`/api/v1${path}`)
    return { status: answer.status, body: JSON.parse(answer.text) }
  }
  const signedIn = await ask(officer, `/figures/petitions.closed_rate?${span}&by=unit`)
  expect(signedIn.body).toMatchObject({ id: 'petitions.closed_rate', value: 0.75, numerator: 3, denominator: 4, statusOn: '2021-10-31', asOf: null, source: 'cases' })
  expect(signedIn.body.parts).toEqual([{ key: '工務處', label: '工務處', value: 1, numerator: 2, denominator: 2 }, { key: '文化局', label: '文化局', value: 0.5, numerator: 1, denominator: 2 }])
  expect((await ask(officer, `/figures/petitions.received?${span}&asOf=${day('2021-01-01')}`)).body.value).toBe(0)
  expect((await ask(officer, `/figures/petitions.received/cases?${span}`)).body.items).toHaveLength(1)
  expect((await ask(officer, '/figures/petitions.received?from=110-02-30&to=110-09-30')).status).toBe(400)
  expect((await ask(anybody, '/figures')).body.items.length).toBeGreaterThan(10)
  expect((await ask(anybody, '/figures/petitions.received?from=110-04-01&to=110-09-30&by=unit')).body).toMatchObject({ value: 4, url: null, statusOn: '2021-10-31' })
  expect((await ask(anybody, '/figures/petitions.received?from=110-04-01&to=110-09-29')).body.error.code).toBe('figure.not-published')
  expect((await ask(anybody, `/figures/petitions.received?${span}`)).body.error.code).toBe('figure.sign-in')
  expect((await ask(anybody, `/figures/petitions.received/cases?${span}`)).status).toBe(401)
})
