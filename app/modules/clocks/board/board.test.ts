import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { type Db, write } from '../../../core/db.ts'
import { day, dayOf } from '../../../core/time.ts'
import { instant, makeCase, makeOffice, type Office, serveForTests, type Staff } from '../office-for-tests.ts'
import { boardListPath, boardPath, meetPath } from '../paths.ts'
import { type BoardFilter, endOfWeek, readFilter, type When, whens } from './filter.ts'
import { meetClock } from './meet.ts'
import { findDue, findTally, readCursor, type Share } from './query.ts'
import { findUnits, subtree, withBelow } from './units.ts'

let db: Db
let office: Office
let desk: Awaited<ReturnType<typeof serveForTests>>
const now = instant('110/6/2 10:00') // a Wednesday
const today = dayOf(now)
const cases: Record<string, { id: number; number: string }> = {}

// Thirty working days after these receipts: 110/5/24, 6/2, 6/4, 6/18 (by a calendar with 端午 on 6/14).
beforeAll(async () => {
  db = (await createTestDatabase()).db
  office = await makeOffice(db)
  desk = await serveForTests(db, () => now)
  const { roads, environment } = office.units
  cases.late = await makeCase(db, '110/4/12 10:00', { unitId: roads, officer: office.officer, title: '路面坑洞' })
  cases.today = await makeCase(db, '110/4/21 10:00', { unitId: roads, officer: office.colleague, title: '水溝蓋破損' })
  cases.week = await makeCase(db, '110/4/23 10:00', { unitId: environment, officer: office.stranger, title: '垃圾堆置' })
  cases.later = await makeCase(db, '110/5/6 10:00', { unitId: roads, officer: office.officer, title: '路燈不亮' })
  cases.secret = await makeCase(db, '110/5/7 10:00', { unitId: roads, officer: office.colleague, title: '檢舉不法', confidential: true })
  await db.insertInto('case_readers').values({ case_id: cases.secret.id, person_id: office.clerk.person.id, named_by: office.colleague.person.id, ended_at: null }).execute()
  cases.paused = await makeCase(db, '110/5/10 10:00', { unitId: roads, officer: office.officer, title: '等補陳' })
  cases.closed = await makeCase(db, '110/5/11 10:00', { unitId: roads, officer: office.officer, title: '早已辦結' })
  await write(db, async (tx) => {
    await tx.updateTable('case_clocks').set({ due_on: null, because: '等待補陳' }).where('case_id', '=', cases.paused!.id).execute()
    await tx.updateTable('case_clocks').set({ met_at: now }).where('case_id', '=', cases.closed!.id).execute()
    await tx.updateTable('cases').set({ stage: 'closed', outcome: 'other-procedure', closed_at: now }).where('id', '=', cases.closed!.id).execute()
    // another procedure's clock goes on when its petition is closed
    await tx.insertInto('case_clocks').values({ case_id: cases.closed!.id, rule: 'petition-as-application', main: false, trigger_at: instant('110/5/11 10:00'), due_on: day('2021-07-12'), because: null, explanation: [], calendar_version: null, paused_on: null, met_at: null }).execute()
  })
})

const list = async (who: Staff, filter: Partial<BoardFilter> = {}) => (await findDue(db, who.person, { ...readFilter({}), ...filter }, today, null)).rows
const titles = async (who: Staff, filter: Partial<BoardFilter> = {}) => (await list(who, filter)).map((row) => row.title)

test('the board tells by due day what is late, due today, this week, later, and what stands still', async () => {
  expect(await titles(office.clerk)).toEqual(['路面坑洞', '水溝蓋破損', '垃圾堆置', '路燈不亮', '檢舉不法', '早已辦結', '等補陳'])
  expect(await titles(office.clerk, { when: 'overdue' })).toEqual(['路面坑洞'])
  expect(await titles(office.clerk, { when: 'today' })).toEqual(['水溝蓋破損'])
  expect(await titles(office.clerk, { when: 'week' })).toEqual(['垃圾堆置'])
  expect(await titles(office.clerk, { when: 'later' })).toEqual(['路燈不亮', '檢舉不法', '早已辦結'])
  expect(await titles(office.clerk, { when: 'none' })).toEqual(['等補陳'])
})

test('another procedure’s clock outlives the petition it came from; a met one is gone', async () => {
  const rows = (await list(office.clerk)).filter((row) => row.title === '早已辦結')
  expect(rows.map(({ rule, main, closed }) => ({ rule, main, closed }))).toEqual([{ rule: 'petition-as-application', main: false, closed: true }])
})

test('everyone sees their own: the unit and below, and of confidential cases only those of their name', async () => {
  expect(await titles(office.officer)).toEqual(['路面坑洞', '水溝蓋破損', '路燈不亮', '早已辦結', '等補陳'])
  expect(await titles(office.colleague)).toContain('檢舉不法')
  expect(await titles(office.head)).not.toContain('檢舉不法')
  expect(await titles(office.control)).not.toContain('檢舉不法')
  expect(await titles(office.stranger)).toEqual(['垃圾堆置'])
  expect(await titles(office.administrator)).toEqual([])
})

test.each(['clerk', 'control', 'officer', 'colleague', 'head', 'stranger', 'administrator'] as const)('every number that %s sees is that of its list', async (who) => {
  const { person } = office[who]
  const units = await findUnits(db)
  for (const more of [{}, { officer: 'me' as const }, { unitIds: [office.units.roads], unitId: office.units.roads }, { rule: 'petition-30wd' }, { q: '路' }]) {
    const filter = { ...readFilter({}), ...more }
    const tally = await findTally(db, person, filter, today, '2021-06')
    for (const when of Object.keys(whens) as When[]) expect(tally.when[when]).toBe((await findDue(db, person, { ...filter, when }, today, null)).rows.length)
    for (const [on, count] of tally.days) expect(count).toBe((await findDue(db, person, { ...filter, on: day(on) }, today, null)).rows.length)
    const rowsOf = async (narrow: Partial<BoardFilter>) => (await findDue(db, person, { ...filter, ...narrow }, today, null)).rows.length
    const lists: [Share[], (key: string) => Partial<BoardFilter>][] = [
      [more.unitIds ? [] : withBelow(tally.byUnit, units), (key) => ({ unitIds: subtree(units, +key) })],
      [tally.byOfficer, (key) => ({ officer: +key })],
      [tally.byRule, (rule) => ({ rule })],
    ]
    for (const [shares, narrow] of lists) {
      for (const { key, count, overdue } of shares.filter((share) => share.key !== null)) {
        expect([key, count, overdue]).toEqual([key, await rowsOf(narrow(key!)), await rowsOf({ ...narrow(key!), when: 'overdue' })])
      }
    }
  }
})

test('the board is narrowed by unit with those below, officer, rule and words', async () => {
  expect(await titles(office.clerk, { unitIds: [office.units.environment] })).toEqual(['垃圾堆置'])
  expect(await titles(office.officer, { officer: 'me' })).toEqual(['路面坑洞', '路燈不亮', '早已辦結', '等補陳'])
  expect(await titles(office.clerk, { rule: 'petition-as-application' })).toEqual(['早已辦結'])
  expect(await titles(office.clerk, { q: '水溝' })).toEqual(['水溝蓋破損'])
  expect(await titles(office.clerk, { q: cases.late!.number })).toEqual(['路面坑洞'])
  expect(await titles(office.officer, { q: '檢舉' })).toEqual([])
})

test('pages by key meet without gap or repetition, forwards and back', async () => {
  const filter = readFilter({})
  const seen: string[] = []
  let cursor = null
  let last
  do {
    last = await findDue(db, office.clerk.person, filter, today, cursor, 2)
    seen.push(...last.rows.map((row) => row.title))
    cursor = last.next ? readCursor({ after: last.next }) : null
  } while (cursor)
  expect(seen).toEqual(await titles(office.clerk))
  const before = await findDue(db, office.clerk.person, filter, today, readCursor({ before: last.previous! }), 2)
  expect(before.rows.map((row) => row.title)).toEqual(seen.slice(4, 6))
})

test('a week ends on its Sunday', () => {
  expect(endOfWeek(day('2021-06-02'))).toBe('2021-06-06')
  expect(endOfWeek(day('2021-06-06'))).toBe('2021-06-06')
  expect(endOfWeek(day('2021-06-07'))).toBe('2021-06-13')
})

test('the page says by how many office days something is late, and its numbers lead to their lists', async () => {
  const clerk = await desk.signIn(office.clerk)
  const page = await clerk.open(boardPath)
  expect(page.status).toBe(200)
  expect(page.text).toContain('逾期 7 個工作日')
  expect(page.text).toContain('今天到期')
  expect(page.text).toContain('人民陳情之答復')
  expect(page.text).toContain('原案已結，本期限仍在')
  expect(page.text).toMatch(/aria-label="110\/6\/4（五），1 件"/)
  const one = await clerk.open(boardListPath({ on: '2021-06-04' }))
  expect(one.text).toContain('垃圾堆置')
  expect(one.text).not.toContain('路燈不亮')
  expect((await clerk.open(boardListPath({ q: '找不到的字' }))).text).toContain('沒有符合這些條件的期限')
  expect((await (await desk.signIn(office.administrator)).open(boardPath)).status).toBe(403)
})

test('the sheet holds what the board shows', async () => {
  const clerk = await desk.signIn(office.clerk)
  const sheet = await clerk.open(boardListPath({ when: 'overdue' }, `${boardPath}.csv`))
  expect(sheet.headers['content-type']).toContain('text/csv')
  expect(sheet.text).toContain('路面坑洞')
  expect(sheet.text).toContain('逾期 7 個工作日')
  expect(sheet.text).not.toContain('路燈不亮')
  expect((await clerk.open(`${boardPath}.ods`)).status).toBe(200)
})

test('a duty beside the case’s own is reported done by those whose it is, once, and leaves a record', async () => {
  const chief = await desk.signIn(office.chief)
  const page = await chief.open(boardPath)
  const { id } = (await list(office.clerk, { rule: 'petition-as-application' }))[0]!
  await expect(meetClock({ ...office.stranger }, { clock: id })).rejects.toThrow('找不到')
  await expect(meetClock({ ...office.control }, { clock: id })).rejects.toThrow()
  await expect(meetClock({ ...office.colleague }, { clock: id })).rejects.toThrow()
  expect((await (await desk.signIn(office.colleague)).open(boardPath)).text).not.toContain('記為辦畢')
  const sent = await chief.submit(page.form(meetPath))
  expect(sent.status).toBe(303)
  expect((await chief.follow(sent)).text).toContain('已記為辦畢')
  expect(await titles(office.clerk, { rule: 'petition-as-application' })).toEqual([])
  const events = await db.selectFrom('events').select(['case_id', 'payload']).where('kind', '=', 'clock.met').execute()
  expect(events).toEqual([{ case_id: cases.closed!.id, payload: { rule: 'petition-as-application' } }])
  await expect(meetClock({ ...office.chief }, { clock: id })).rejects.toThrow('找不到')
  const main = (await list(office.clerk, { when: 'overdue' }))[0]!
  await expect(meetClock({ ...office.clerk }, { clock: main.id })).rejects.toThrow('找不到')
})
