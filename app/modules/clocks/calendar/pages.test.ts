import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import type { Browser, Page } from '../../../../test/support/browser-less.ts'
import { officeCalendar, printedCalendarData } from '../../../core/clocks/index.ts'
import type { Db } from '../../../core/db.ts'
import { day } from '../../../core/time.ts'
import { verifyAll } from '../../../core/verify.ts'
import { instant, makeCase, makeOffice, type Office, serveForTests } from '../office-for-tests.ts'
import { calendarPath, calendarYearPath, closeDayPath, draftPath, loadYearPath, reopenPath } from '../paths.ts'

let db: Db
let office: Office
let control: Browser
let officer: Browser
beforeAll(async () => {
  db = (await createTestDatabase()).db
  office = await makeOffice(db)
  const { signIn } = await serveForTests(db, () => instant('115/9/1 09:00'))
  control = await signIn(office.control)
  officer = await signIn(office.officer)
})

const drafts = draftPath(0).slice(0, -1)
const formOf = (page: Page, action: string) => page.form(action)
const close = async (values: Record<string, string>) => control.submit(formOf(await control.open(closeDayPath), closeDayPath), { half: 'whole', name: '颱風停止上班', ...values })
const dueOf = async (id: number) => (await db.selectFrom('cases').select('due_on').where('id', '=', id).executeTakeFirstOrThrow()).due_on

test('a closure is looked at, applied once whatever is clicked, and told in the case', async () => {
  const { id, number } = await makeCase(db, '115/8/20 10:00', { unitId: office.units.roads, officer: office.officer, title: '路面坑洞' })
  const was = await dueOf(id)
  const preview = await control.follow(await close({ day: '115/9/15' }))
  expect(preview.text).toContain(number)
  expect(preview.text).toContain('路面坑洞')
  expect(preview.text).toContain('套用並移動 1 件')
  expect(await dueOf(id)).toBe(was)

  const form = preview.form(drafts)
  const [first, second] = [await control.submit(form), await control.submit(form)]
  expect(first.status).toBe(303)
  expect(second.headers.location).toBe(first.headers.location)
  const change = await control.follow(first)
  expect(change.text).toContain('吳研考套用')
  expect(await dueOf(id)).not.toBe(was)
  expect(await db.selectFrom('case_dues').select('id').where('case_id', '=', id).execute()).toHaveLength(2)
  expect((await officer.open(`/console/petitions/${number}`)).text).toContain('因 115/9/15 颱風停止上班，期限由 115/10/')
  expect((await control.open(form.action)).headers.location).toBe(first.headers.location) // what was applied is no draft any more
  expect((await verifyAll(db)).flatMap((proof) => proof.differences)).toEqual([])
})

test('a preview that another act has overtaken is shown anew', async () => {
  const preview = await control.follow(await close({ day: '115/9/21' }))
  const { number } = await makeCase(db, '115/8/21 10:00', { unitId: office.units.roads })
  const again = await control.submit(preview.form(drafts))
  expect(again.status).toBe(422)
  expect(again.text).toContain('請看過新的預覽再套用')
  expect(again.text).toContain(number)
  expect(officeCalendar.isOpen(day('2026-09-21'))).toBe(true)
  expect((await control.submit(again.form(drafts))).status).toBe(303)
  expect(officeCalendar.isOpen(day('2026-09-21'))).toBe(false)
})

test('a registration is taken back with its reason, and the days move back', async () => {
  const { id } = await makeCase(db, '115/8/20 10:00', { unitId: office.units.roads })
  const was = await dueOf(id)
  const preview = await control.follow(await close({ day: '115/9/22', reason: '縣府公告' }))
  await control.submit(preview.form(drafts))
  const closure = await db.selectFrom('office_closures').select('id').where('day', '=', day('2026-09-22')).executeTakeFirstOrThrow()
  const back = await control.follow(await control.submit(formOf(await control.open(reopenPath(closure.id)), reopenPath(closure.id)), { reason: '誤登' }))
  expect(back.text).toContain('提前')
  await control.submit(back.form(drafts))
  expect(await dueOf(id)).toBe(was)
  const year = await control.open(calendarYearPath(2026))
  expect(year.text).toContain('誤登')
  expect((await control.open(reopenPath(closure.id))).status).toBe(404)
})

test('half a day and a township move nothing and say so', async () => {
  for (const values of [{ day: '115/9/23', half: 'afternoon' }, { day: '115/9/23', townships: '烏坵鄉' }] as Record<string, string>[]) {
    const preview = await control.follow(await close(values))
    expect(preview.text).toContain('沒有案件的期限會移動')
  }
})

test('what is wrong in the form is said at its field, and nothing typed is lost', async () => {
  const wrong = await close({ day: '115/2/30', reason: '縣府公告' })
  expect(wrong.status).toBe(422)
  expect(wrong.text).toContain('縣府公告')
  expect((await close({ day: '115/9/26' })).text).toContain('本來就不上班')
  expect((await close({ day: '118/1/2' })).text).toContain('請先載入')
  expect((await close({ day: '115/9/24', name: ' ' })).text).toContain('請填事由')
  expect((await close({ day: '115/9/24', townships: '月世界' })).status).toBe(422)
})

test('a year file is loaded through the same preview; a wrong one is refused', async () => {
  const { id } = await makeCase(db, '116/12/20 10:00', { unitId: office.units.roads })
  expect(await dueOf(id)).toBeNull()
  const send = async (content: object | string, year: string) => control.submit(formOf(await control.open(loadYearPath), loadYearPath), { year }, [{ name: '117.json', bytes: Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)), field: 'file' }])
  const days = printedCalendarData.years['2026']!.flatMap(({ day, open, name }) => (day.endsWith('02-29') ? [] : [{ day: `2028${day.slice(4)}`, open, name }]))
  expect((await send({ years: { 2028: days } }, '118')).text).toContain('檔案是 117 年的日曆，不是 118 年')
  expect((await send('亂寫', '117')).status).toBe(422)
  expect((await send({ years: { 2026: printedCalendarData.years['2026'] } }, '115')).text).toContain('完全相同')
  expect((await send({ years: { 2029: days.map((each) => ({ ...each, day: each.day.replace('2028', '2029') })) } }, '118')).text).toContain('請先載入 117 年')
  const preview = await control.follow(await send({ years: { 2028: days } }, '117'))
  expect(preview.text).toContain('未定')
  await control.submit(preview.form(drafts))
  expect(await dueOf(id)).not.toBeNull()
  expect((await officer.open(calendarYearPath(2028))).text).toContain('117 年辦公日曆')
})

test('everybody sees the calendar; only who may change it finds the buttons and the pages', async () => {
  const page = await officer.open(calendarPath)
  expect(page.status).toBe(200)
  expect(page.text).not.toContain('登記停止上班</a>')
  expect((await officer.open(closeDayPath)).status).toBe(403)
  const draft = await sql<{ id: number }>`select min(id) as id from calendar_drafts`.execute(db)
  expect((await officer.open(draftPath(draft.rows[0]!.id))).status).toBe(403)
  expect((await control.open(draftPath(9_999))).status).toBe(404)
})
