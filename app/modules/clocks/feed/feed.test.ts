import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import type { Browser } from '../../../../test/support/browser-less.ts'
import { type Db, write } from '../../../core/db.ts'
import { addDays, day } from '../../../core/time.ts'
import { instant, makeCase, makeOffice, type Office, serveForTests } from '../office-for-tests.ts'
import { feedPagePath } from '../paths.ts'

let db: Db
let office: Office
let officer: Browser
let desk: Awaited<ReturnType<typeof serveForTests>>
let number: string
const now = instant('110/4/20 10:00')

beforeAll(async () => {
  db = (await createTestDatabase()).db
  office = await makeOffice(db)
  desk = await serveForTests(db, () => now)
  officer = await desk.signIn(office.officer)
  number = (await makeCase(db, '110/4/12 10:00', { unitId: office.units.roads, officer: office.officer, title: '王示範檢舉鄰居' })).number
})

const unfold = (text: string) => text.replaceAll('\r\n ', '')
const addressOn = (text: string) => /https:\/\/windlion\.example(\/calendar\/[\w-]{32}\.ics)/.exec(text)?.[1]

async function newAddress(browser: Browser): Promise<string> {
  const sent = await browser.submit((await browser.open(feedPagePath)).form(feedPagePath))
  expect(sent.status).toBe(303)
  const shown = addressOn((await browser.follow(sent)).text)
  expect(shown).toBeDefined()
  return shown!
}

test('an officer’s address is shown once and gives their due days, without subject or resident', async () => {
  const address = await newAddress(officer)
  expect(addressOn((await officer.open(feedPagePath)).text)).toBeUndefined()
  const feed = await desk.visit().open(address)
  expect(feed.status).toBe(200)
  expect(feed.headers['content-type']).toBe('text/calendar; charset=utf-8')
  const text = unfold(feed.text)
  const dueOn = (await db.selectFrom('cases').select('due_on').where('number', '=', number).executeTakeFirstOrThrow()).due_on!
  expect(text).toContain(`SUMMARY:限辦 ${number} 人民陳情之答復`)
  expect(text).toContain(`DTSTART;VALUE=DATE:${dueOn.replaceAll('-', '')}`)
  expect(text).toContain(`DTEND;VALUE=DATE:${addDays(dueOn, 1).replaceAll('-', '')}`)
  expect(text).toContain(`URL:https://windlion.example/console/petitions/${encodeURIComponent(number)}`)
  expect(text).not.toContain('檢舉')
  expect(text).not.toContain('王示範')
  const stored = await db.selectFrom('calendar_feeds').selectAll().execute()
  expect(JSON.stringify(stored)).not.toContain(address.slice(10, 42))
  const kept = await db.selectFrom('act_keys').selectAll().execute()
  expect(JSON.stringify(kept)).not.toContain(address.slice(10, 42))
})

test('what has not changed is not sent again; a moved day keeps its event and counts up', async () => {
  const address = await newAddress(officer)
  const first = await desk.app.inject({ url: address })
  const again = await desk.app.inject({ url: address, headers: { 'if-none-match': String(first.headers.etag) } })
  expect(again.statusCode).toBe(304)
  expect(again.body).toBe('')
  const found = (text: string) => ({ uid: /UID:(\S+)/.exec(text)![1], sequence: Number(/SEQUENCE:(\d+)/.exec(text)![1]), day: /DTSTART;VALUE=DATE:(\d+)/.exec(text)![1] })
  const before = found(unfold(first.body))
  await new Promise((wake) => setTimeout(wake, 1100))
  await write(db, async (tx) => {
    const { id } = await tx.selectFrom('cases').select('id').where('number', '=', number).executeTakeFirstOrThrow()
    await tx.updateTable('case_clocks').set({ due_on: day('2021-06-01') }).where('case_id', '=', id).execute()
  })
  const changed = await desk.app.inject({ url: address, headers: { 'if-none-match': String(first.headers.etag) } })
  expect(changed.statusCode).toBe(200)
  const after = found(unfold(changed.body))
  expect(after.uid).toBe(before.uid)
  expect(after.day).toBe('20210601')
  expect(after.sequence).toBeGreaterThan(before.sequence)
})

test('a renewed address replaces the one before; a revoked one is gone', async () => {
  const first = await newAddress(officer)
  const second = await newAddress(officer)
  expect((await desk.visit().open(first)).status).toBe(404)
  expect((await desk.visit().open(second)).status).toBe(200)
  await officer.submit((await officer.open(feedPagePath)).form(`${feedPagePath}/revoke`))
  expect((await desk.visit().open(second)).status).toBe(404)
  expect((await desk.visit().open('/calendar/x.ics')).status).toBe(404)
  expect((await desk.visit().open(`/calendar/${'A'.repeat(32)}.ics`)).status).toBe(404)
  expect((await db.selectFrom('events').select('kind').where('kind', 'like', 'calendar-feed.%').execute()).map((event) => event.kind)).toContain('calendar-feed.revoked')
})

test('nobody’s cases but one’s own are in it, and a closed case leaves it', async () => {
  const colleague = await desk.signIn(office.colleague)
  const address = await newAddress(colleague)
  expect((await desk.visit().open(address)).text).not.toContain('VEVENT')
  const own = await newAddress(officer)
  await write(db, (tx) => tx.updateTable('case_clocks').set({ met_at: now }).execute())
  expect((await desk.visit().open(own)).text).not.toContain('VEVENT')
})

test('the calendar of somebody who has left or is locked stops', async () => {
  const address = await newAddress(await desk.signIn(office.head))
  expect((await desk.visit().open(address)).status).toBe(200)
  await write(db, (tx) => tx.updateTable('posts').set({ valid_until: '2020-01-01' as never }).where('person_id', '=', office.head.person.id).execute())
  expect((await desk.visit().open(address)).status).toBe(404)
  const locked = await newAddress(await desk.signIn(office.chief))
  await write(db, (tx) => tx.updateTable('people').set({ locked_at: new Date() }).where('id', '=', office.chief.person.id).execute())
  expect((await desk.visit().open(locked)).status).toBe(404)
})

test('whoever fetches too often is told to wait', async () => {
  const visitor = desk.visit()
  const answers = await Promise.all(Array.from({ length: 70 }, () => visitor.open('/calendar/x.ics')))
  expect(answers.filter((answer) => answer.status === 429).length).toBeGreaterThan(0)
})
