import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Browser } from '../../../../test/support/browser-less.ts'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { projectFolder } from '../../../config.ts'
import { connect, type Connection } from '../../../core/db.ts'
import { tokenHash } from '../../../core/identity/sessions.ts'
import { runDueJobs } from '../../../core/jobs/jobs.ts'
import { drawnPng } from '../../../core/reports/document/testing/picture.ts'
import { findSections } from '../../../core/reports/sections.ts'
import { mountApi } from '../../../core/web/api.ts'
import { useNavigation } from '../../../core/web/pages.tsx'
import { buildServer, sessionCookie } from '../../../core/web/server.ts'
import { day } from '../../../core/time.ts'
import { modules } from '../../../modules.ts'
import { change, confirmAll, makeLetter, makeReportOffice, type ReportOffice, startHalfYear } from '../office-for-tests.ts'
import { reportJson } from '../report-json.ts'

const { db, url } = await createTestDatabase()
let office: ReportOffice
let open: Connection
let editor: Browser
let writer: Browser
let anybody: Browser

beforeAll(async () => {
  office = await makeReportOffice(db)
  open = connect(url, { max: 2, role: 'windlion_public' })
  const app = await buildServer({
    db, publicDb: open.db, site: { county: '示範縣政府', demo: true, publicUrl: undefined }, routes: modules.flatMap((module) => module.routes),
    publicFolder: `${projectFolder}/public`, behindProxy: false, logLevel: 'silent',
    extend: (server) => mountApi(server, modules.flatMap((module) => module.api ?? []), { db, publicDb: open.db, county: '示範縣政府' }),
  })
  afterAll(async () => {
    await app.close()
    await open.close()
  })
  const signIn = async ({ person }: { person: { id: number } }) => {
    const token = randomBytes(32).toString('base64url')
    await db.insertInto('sessions').values({ token_hash: tokenHash(token), person_id: person.id, expires_at: new Date(Date.now() + 3_600_000), label: null }).execute()
    return new Browser(app, { [sessionCookie]: token })
  }
  editor = await signIn(office.editor)
  writer = await signIn(office.writer)
  anybody = new Browser(app)
  await makeLetter(db, office.units.works, '110/4/9 10:00', '110/4/20 10:00')
  await makeLetter(db, office.units.works, '110/5/9 10:00', null)
})

const report = '/console/reports/1'
const section = `${report}/sections/s08`
const words = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

test('a report is started by its half-year, without script', async () => {
  const page = await editor.open('/console/reports/new')
  const made = await editor.submit(page.form('/console/reports'), { period: '2021-04-01~2021-09-30', session: '第七屆第六次定期會', participants: '科長 示範甲\n科長 示範乙' })
  expect(made.headers.location).toBe(report)
  const shown = words((await editor.follow(made)).text)
  expect(shown).toContain('還缺 16 章')
  expect(shown).toContain('為民服務科 08 人民陳情與為民服務')
  expect(shown).toContain('民國110年10月31日') // the usual status day, a month after the period
  // it is on the first page of whoever still has a section to confirm: the editor sees all, a unit its own
  useNavigation(modules)
  expect(words((await editor.open('/console')).text)).toMatch(/16 業務報告還沒確認的章 110年4月至9月/)
  expect(words((await writer.open('/console')).text)).toMatch(/1 業務報告還沒確認的章 110年4月至9月/)
})

test('a form that cannot be comes back with what was typed', async () => {
  const page = await editor.open('/console/reports/new')
  const back = await editor.submit(page.form('/console/reports'), { period: 'other', from: '110/2/30', to: '110/3/31', session: '臨時會' })
  expect(back.status).toBe(422)
  expect(back.errors[0]).toContain('110/2/30')
  expect(back.text).toContain('value="臨時會"')
})

test('the preview button shows the text as printed without saving it', async () => {
  const page = await writer.open(section)
  const shown = await writer.submit(page.form(section), { body: '收件 {{petitions.received}}，共 **兩件**。\n\n{{petitions.recieved}}', act: 'preview' })
  expect(shown.status).toBe(422) // so that the browser's script shows it in place
  expect(shown.text).toMatch(/收件<a class="figure"[^>]*>2 件<\/a>/)
  expect(words(shown.text)).toContain('第 3 行第 1 字 錯誤')
  expect((await findSections(db, 1)).find(({ key }) => key === 's08')!.revision).toBe(1)
})

test('the live preview gives the piece alone', async () => {
  const form = (await writer.open(section)).form(section)
  const piece = await writer.submit({ ...form, action: `${section}/preview` }, { body: '## 標題\n至{{資料截止日}}' })
  expect(piece.status).toBe(200)
  expect(words(piece.text)).toContain('至民國110年10月31日')
  expect(piece.text).not.toContain('<html')
})

test('who saves after somebody else sees both texts, and saves again on top of theirs', async () => {
  const mine = (await writer.open(section)).form(section)
  const theirs = (await editor.open(section)).form(section)
  expect((await editor.submit(theirs, { body: '彙編的文字' })).status).toBe(303)
  const both = await writer.submit(mine, { body: '承辦的文字' })
  expect(both.status).toBe(422)
  expect(words(both.text)).toContain('刪去： 彙編的文字')
  expect(words(both.text)).toContain('新增： 承辦的文字')
  expect((await writer.submit(both.form(section))).status).toBe(303)
  const versions = words((await writer.open(`${section}/versions`)).text)
  expect(versions).toContain('共 3 版')
  expect(versions).toContain('蔡彙編')
})

test('the place of a mistake is marked in its line, and saving on says that it keeps the section from being confirmed', async () => {
  const page = await writer.open(`${section}`)
  const saved = await writer.submit(page.form(section), { body: '第一行\n\n本期收件 {{petitions.recieved}} 件', act: 'next' })
  const shown = await writer.follow(saved)
  expect(saved.headers.location).toBe(section) // not on to the next one
  expect(words(shown.text)).toContain('文字裡標出的錯誤改好才能確認')
  expect(shown.text).toContain('本期收件 <mark>{{petitions.recieved}}</mark> 件')
  expect(shown.text).toMatch(/href="#body" data-line="3" data-column="6"/)
  const again = await writer.submit(shown.form(section), { body: '收件 {{petitions.received}}', act: 'next' })
  expect(again.headers.location).toMatch(/sections\/s0[19]$/)
})

test('confirming for a unit is told apart: its own word, its reason, on every page', async () => {
  const s05 = `${report}/sections/s05`
  const page = await editor.open(s05)
  expect(words(page.text)).toContain('代法制科確認')
  expect(page.text).not.toContain('value="confirm"')
  const without = await editor.submit(page.form(s05), { act: 'confirm-for', reason: '' })
  expect(without.errors[0]).toContain('為什麼由彙編代為確認')
  const done = await editor.follow(await editor.submit(without.form(s05), { act: 'confirm-for', reason: '科長公出，電話同意' }))
  expect(words(done.text)).toMatch(/蔡彙編 於 .* 代法制科確認：科長公出，電話同意/)
  expect(words((await editor.open(report)).text)).toContain('代法制科確認：科長公出，電話同意')
  expect(words((await editor.open(`${s05}/versions`)).text)).toContain('代法制科確認 蔡彙編 科長公出，電話同意')
  expect(words((await editor.open(`${report}/preview`)).text)).toMatch(/代為確認.*05 .*（法制科，蔡彙編代）/)
  const reopened = await editor.submit((await editor.open(s05)).form(`${s05}/reopen`), { reason: '再看一次' })
  expect(reopened.status).toBe(303)
})

test('units are reminded from the page of the report', async () => {
  const sent = await editor.follow(await editor.submit((await editor.open(report)).form(`${report}/chase`)))
  expect(words(sent.text)).toContain('的主管沒有電子郵件，請用電話')
})

test('who may not write sees the text and why', async () => {
  const page = await writer.open(`${report}/sections/s04`)
  expect(page.status).toBe(200)
  expect(words(page.text)).toContain('這一章由法制科撰寫')
  expect(page.text).not.toContain('name="body"')
  expect((await anybody.open(report)).status).toBe(303)
})

test('a number is typed in its form and marked with who and when', async () => {
  const page = await editor.open(`${report}/numbers?figure=assets.review_rounds`)
  expect((await editor.submit(page.form(`${report}/numbers`), { value: '2', note: '' })).status).toBe(422)
  expect((await editor.submit(page.form(`${report}/numbers`), { value: '2', note: '盤點紀錄' })).status).toBe(303)
  expect(words((await editor.open(`${report}/numbers`)).text)).toContain('2 次 蔡彙編')
  expect(words((await editor.open(`${report}/sections/s15`)).text)).toMatch(/登打 ?：蔡彙編/)
})

test('all numbers of a section are typed in one form, and one goes back to the section', async () => {
  const page = await editor.open(`${report}/numbers?section=s15&from=section`)
  const form = page.form(`${report}/numbers/several`)
  const names = form.fields.map(([name]) => name).filter((name) => name.startsWith('value.'))
  expect(names).toContain('value.datacentre.hosts')
  const back = await editor.submit(form, { 'value.datacentre.hosts': 'x', 'value.datacentre.machines': '48', note: '' })
  expect(back.errors).toHaveLength(2)
  expect(back.text).toContain('value="48"')
  const typed = await editor.submit(back.form(`${report}/numbers/several`), { 'value.datacentre.hosts': '6', note: '簽到簿' })
  expect(typed.headers.location).toBe(`${report}/sections/s15`)
  expect(words((await editor.follow(typed)).text)).toContain('已登打 2 個數字')
})

test('a picture is taken with its words, set into the text, and cannot be removed while it is used', async () => {
  const form = (await writer.open(`${report}/pictures`)).form(`${report}/pictures`)
  const refused = await writer.submit(form, { caption: '信箱', alt: '' }, [{ name: 'a.png', bytes: Buffer.from('MZ this is a program, not a picture, whatever its name says'), field: 'file' }])
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('value="信箱"')
  const taken = await writer.submit(form, { caption: '設置縣長信箱', alt: '服務臺前的信箱', _key: 'another-key-1' }, [{ name: 'a.png', bytes: drawnPng(60, 40), field: 'file' }])
  expect(taken.status).toBe(303)
  const text = (await writer.open(section)).form(section)
  expect((await writer.submit(text, { body: '收件 {{petitions.received}}。\n\n::圖片 p1 標題=設置縣長信箱 說明=服務臺前的信箱' })).status).toBe(303)
  const image = /src="(\/console\/reports\/1\/pictures\/[0-9a-f]{64})"/.exec((await writer.open(section)).text)![1]!
  expect((await writer.open(image)).headers['content-type']).toBe('image/png')
  const removed = await writer.submit((await writer.open(`${report}/pictures`)).form(`${report}/pictures/remove`))
  expect(removed.errors[0]).toContain('還在使用')
})

test('an issue is read by everyone from what was published: text, figures that open, pictures, files', async () => {
  await confirmAll(office, 1)
  expect(words((await editor.open(report)).text)).toContain('各章都已確認')
  const issued = await editor.submit((await editor.open(report)).form(`${report}/issue`))
  expect(issued.errors).toEqual([])
  expect(issued.status).toBe(303)
  await runDueJobs(db)
  expect(words((await anybody.open('/reports')).text)).toContain('110年4月至9月行政處業務報告')
  const paper = await anybody.open('/reports/1')
  expect(paper.text).toMatch(/收件<a class="figure" href="\/reports\/1\/figures\/petitions\.received"/)
  expect(paper.text).not.toContain('<script>')
  expect(paper.text).not.toMatch(/ style="/)
  const picture = /src="(\/reports\/1\/pictures\/[0-9a-f]{64})"/.exec(paper.text)![1]!
  expect((await anybody.open(picture)).status).toBe(200)
  const figure = await anybody.open('/reports/1/figures/petitions.received')
  expect(words(figure.text)).toContain('由 2 件案件計算')
  expect(words(figure.text)).toContain('工務處')
  expect(figure.text).not.toContain('/console/figures')
  expect(figure.text).not.toContain('陳110-')
  expect((await editor.open('/reports/1/figures/petitions.received')).text).toMatch(/\/console\/figures\/petitions\.received\?from=2021-04-01[^"]*asOf=/)
  for (const [format, type] of [['pdf', 'application/pdf'], ['odt', 'opendocument.text'], ['odp', 'opendocument.presentation'], ['html', 'text/html'], ['json', 'json']] as const) {
    const file = await anybody.open(`/reports/1/files/${format}`)
    expect(file.status, format).toBe(200)
    expect(String(file.headers['content-type']), format).toContain(type)
  }
  const data = JSON.parse((await anybody.open('/reports/1/files/json')).text)
  expect(data.figures['petitions.closed']).toMatchObject({ value: 1, source: 'cases' })
  expect(data.figures['assets.review_rounds']).toMatchObject({ source: 'typed', typed: { by: '蔡彙編' } })
  for (const unknown of ['/reports/2', '/reports/x', '/reports/1/figures/cards.issued', '/reports/1/files/exe', '/reports/99999999999999999999', `/reports/1/pictures/${'0'.repeat(64)}`]) expect((await anybody.open(unknown)).status, unknown).toBe(404)
}, 60_000)

test('programs read the issued report as everybody may, and its sections as staff', async () => {
  const ask = async (browser: Browser, path: string) => {
    const { status, text } = await browser.open(`/api/v1${path}`)
    return { status, body: JSON.parse(text) }
  }
  expect((await ask(anybody, '/reports')).body.items).toMatchObject([{ id: 1, state: 'issued', period: { from: '2021-04-01', to: '2021-09-30' }, url: '/reports/1' }])
  const { body } = await ask(anybody, '/reports/1')
  expect(body).toMatchObject({ statusOn: '2021-10-31', report: { id: 1, state: 'issued' } })
  expect(body.figures['petitions.closed']).toMatchObject({ value: 1, source: 'cases', url: '/reports/1/figures/petitions.closed' })
  expect(body.sections).toBeUndefined()
  expect((await ask(writer, '/reports/1')).body.sections[7]).toMatchObject({ key: 's08', unit: '為民服務科', state: 'locked', confirmedBecause: '各單位已口頭同意' })
  for (const unknown of ['/reports/99', '/reports/x']) expect((await ask(writer, unknown)).status).toBe(404)
  const { paths } = JSON.parse((await anybody.open('/api/openapi.json')).text)
  expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/api/v1/reports', '/api/v1/reports/{id}']))
})

test('a draft is for programs of staff only, computed now and as on the command line', async () => {
  const draft = await startHalfYear(office)
  expect((await anybody.open(`/api/v1/reports/${draft}`)).status).toBe(404)
  expect(JSON.parse((await anybody.open('/api/v1/reports')).text).items).toHaveLength(1)
  const { figures, report: about, sections } = JSON.parse((await writer.open(`/api/v1/reports/${draft}`)).text)
  expect(about).toMatchObject({ id: draft, state: 'draft' })
  expect(sections).toHaveLength(16)
  const printed = await reportJson(db, { from: day('2021-04-01'), to: day('2021-09-30'), statusOn: day('2021-10-31'), asOf: null }, new Date(), '')
  expect(Object.keys(figures)).toEqual(Object.keys(printed.figures))
  expect(figures['petitions.received']).toMatchObject({ value: 2, source: 'cases' })
  expect(JSON.parse((await writer.open('/api/v1/reports')).text).items).toMatchObject([{ id: draft, state: 'draft', confirmed: 0 }, { id: 1, confirmed: 16 }])
})

test('the comparison with today shows staff the case and what changed', async () => {
  const { number, id } = await db.selectFrom('cases').select(['id', 'number']).where('closed_at', 'is', null).executeTakeFirstOrThrow()
  await change(db, id, { closed_at: new Date('2021-06-01T10:00+08:00'), outcome: 'answered', stage: 'closed' })
  const page = words((await editor.open('/console/reports/compare?a=1&b=now')).text)
  expect(page).toContain('1 件 2 件 +1 1')
  expect(page).toContain(`${number}`)
  expect(page).toContain('結案時間：未填 → 110/6/1 10:00')
})

test('the public side can read nothing but the views', async () => {
  await expect(open.db.selectFrom('reports').selectAll().execute()).rejects.toThrow()
  await expect(open.db.selectFrom('report_figures').selectAll().execute()).rejects.toThrow()
})
