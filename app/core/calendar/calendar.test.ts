import { sql } from 'kysely'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makeCase, makeOffice, instant, type Office } from '../../modules/clocks/office-for-tests.ts'
import type { Db } from '../db.ts'
import { fenceWrites, read, write } from '../db.ts'
import { isRefusal, valueOf } from '../errors.ts'
import { setMainClock, startSideClock } from '../cases/due.ts'
import { officeCalendar } from '../clocks/calendar.ts'
import { runDueJobs } from '../jobs/jobs.ts'
import { day } from '../time.ts'
import { verifyAll } from '../verify.ts'
import { applyCalendar, moveLate, previewChange } from './apply.ts'
import type { CalendarChange } from './changes.ts'
import { useStored } from './in-use.ts'
import { nothingStored } from './stored.ts'

let db: Db
let office: Office
beforeAll(async () => {
  db = (await createTestDatabase()).db
  office = await makeOffice(db)
})

const caller = (now = '115/9/1 09:00') => ({ ...office.administrator, db, now: instant(now) })
const closing = (on: string, more: object = {}) => ({ what: 'close', day: day(on), name: '颱風停止上班', half: null, townships: [], reason: '', ...more }) as CalendarChange
const dueOf = async (id: number) => (await db.selectFrom('cases').select('due_on').where('id', '=', id).executeTakeFirstOrThrow()).due_on
const apply = async (change: CalendarChange, now?: string) => valueOf(await applyCalendar(caller(now), { change }))
const reopen = async (on: string) => apply({ what: 'reopen', closureId: (await db.selectFrom('office_closures').select('id').where('day', '=', day(on)).where('cancelled_at', 'is', null).executeTakeFirstOrThrow()).id, reason: '誤登' })
afterEach(async () => {
  for (const { day } of await db.selectFrom('office_closures').select('day').where('cancelled_at', 'is', null).execute()) await reopen(day)
})

test('a closure moves exactly the running cases whose period it touches, keeps the earlier day and tells the officer', async () => {
  const roads = office.units.roads
  await sql`update people set email = 'chen@example.org' where id = ${office.officer.person.id}`.execute(db)
  const moved = await makeCase(db, '115/8/20 10:00', { unitId: roads, officer: office.officer })
  const before = await makeCase(db, '115/7/1 10:00', { unitId: roads, officer: office.officer }) // due before the closure
  const closed = await makeCase(db, '115/8/21 10:00', { unitId: roads, officer: office.officer })
  const paused = await makeCase(db, '115/8/24 10:00', { unitId: roads, officer: office.officer })
  await write(db, async (tx) => {
    await tx.updateTable('cases').set({ closed_at: instant('115/8/30 10:00'), outcome: 'answered' }).where('id', '=', closed.id).execute()
    await tx.updateTable('case_clocks').set({ due_on: null, paused_on: day('2026-08-28'), because: '等待補陳' }).where('case_id', '=', paused.id).execute()
    await tx.updateTable('cases').set({ due_on: null }).where('id', '=', paused.id).execute()
    await sql`insert into events (kind, happened_at, case_id) select 'test.arranged', now(), unnest(${[closed.id, paused.id]}::bigint[])`.execute(tx)
  })
  const was = { moved: await dueOf(moved.id), before: await dueOf(before.id), closed: await dueOf(closed.id) }
  const asOf = await fenceWrites(db)

  const preview = valueOf(await previewChange(db, closing('2026-09-15')))
  const tellsOf = preview.moves.map(({ name, from, to }) => [name, from, to])
  expect(tellsOf).toEqual([[moved.number, was.moved, officeCalendar.addOfficeDays(was.moved!, 1)]])
  expect(await dueOf(moved.id)).toBe(was.moved) // looking changes nothing

  const applied = valueOf(await applyCalendar(caller(), { change: closing('2026-09-15'), seen: preview.seen }))
  expect(applied.moved).toBe(1)
  expect(officeCalendar.isOpen(day('2026-09-15'))).toBe(false)
  expect(await dueOf(moved.id)).toBe(preview.moves[0]!.to)
  expect(await dueOf(before.id)).toBe(was.before)
  expect(await dueOf(closed.id)).toBe(was.closed)
  expect(await dueOf(paused.id)).toBeNull()

  const dues = await db.selectFrom('case_dues').select(['due_on', 'cause', 'note']).where('case_id', '=', moved.id).orderBy('id').execute()
  expect(dues).toEqual([{ due_on: was.moved, cause: 'received', note: null }, { due_on: preview.moves[0]!.to, cause: 'calendar', note: '115/9/15 颱風停止上班' }])
  const clock = await db.selectFrom('case_clocks').select(['calendar_version', 'explanation']).where('case_id', '=', moved.id).executeTakeFirstOrThrow()
  expect(clock.calendar_version).toBe(officeCalendar.version)
  expect(clock.explanation.join('')).toContain('115/9/15 颱風停止上班')
  const event = await db.selectFrom('events').select(['payload']).where('case_id', '=', moved.id).where('kind', '=', 'case.due-moved').executeTakeFirstOrThrow()
  expect(event.payload).toMatchObject({ from: was.moved, to: preview.moves[0]!.to, because: '115/9/15 颱風停止上班' })
  const counted = await sql<{ n: number }>`select b.ordinal - a.ordinal as n from office_days a, office_days b where a.day = '2026-09-14' and b.day = '2026-09-16'`.execute(db)
  expect(counted.rows[0]!.n).toBe(1)
  const mails = await db.selectFrom('mail_messages').select(['subject', 'text']).where('purpose', '=', 'clocks.due-moved').execute()
  expect(mails).toHaveLength(1)
  expect(mails[0]!.subject).toContain('1 件')
  expect(mails[0]!.text).toContain(moved.number)

  const earlier = await read(db, (reader) => reader.selectFrom('cases').select('due_on').where('id', '=', moved.id).executeTakeFirstOrThrow(), asOf)
  expect(earlier.due_on).toBe(was.moved)
  expect((await verifyAll(db)).flatMap((proof) => proof.differences)).toEqual([])

  await reopen('2026-09-15')
  expect(await dueOf(moved.id)).toBe(was.moved)
  expect(await db.selectFrom('case_dues').select('due_on').where('case_id', '=', moved.id).orderBy('id').execute()).toHaveLength(3)
  expect((await verifyAll(db)).flatMap((proof) => proof.differences)).toEqual([])
})

test('each clock is computed anew from the facts it was computed with; one whose facts are not known keeps its distance', async () => {
  const extended = await makeCase(db, '115/9/1 10:00', { unitId: office.units.roads })
  const unknown = await makeCase(db, '115/9/1 11:00', { unitId: office.units.roads })
  const facts = { extensionDays: 15 }
  const { side } = await write(db, async (tx) => {
    for (const { id } of [extended, unknown]) await setMainClock(tx, { caseId: id, rule: 'foi-decide-15d', trigger: instant('115/9/1 10:00'), params: facts, cause: 'extension', at: instant('115/9/1 10:00') })
    await tx.updateTable('case_clocks').set({ params: null }).where('case_id', '=', unknown.id).execute()
    return { side: await startSideClock(tx, { caseId: extended.id, rule: 'foi-decide-15d', trigger: instant('115/9/1 10:00'), params: { extensionDays: 14 } }) }
  })
  expect(await dueOf(extended.id)).toBe('2026-10-01') // 15 and 15 days
  expect(side.dueOn).toBe('2026-09-30')
  const { moves } = valueOf(await previewChange(db, { what: 'close', day: day('2026-09-30'), name: '颱風停止上班', half: null, townships: [], reason: '' }))
  expect(moves.filter(({ caseId }) => caseId === extended.id).map(({ main, to }) => [main, to])).toEqual([[false, '2026-10-01']]) // days of rest count: only an end on one moves
  expect(moves.filter(({ caseId }) => caseId === unknown.id).map(({ to }) => to)).toEqual(['2026-10-02'])
})

test('half a day, or a township’s closure, moves no case of the county government', async () => {
  await makeCase(db, '115/8/20 10:00', { unitId: office.units.roads })
  const version = officeCalendar.version
  for (const change of [closing('2026-09-16', { half: 'morning' }), closing('2026-09-17', { townships: ['烏坵鄉'] })]) {
    expect(valueOf(await previewChange(db, change)).moves).toEqual([])
    expect((await apply(change)).moved).toBe(0)
  }
  expect(officeCalendar.isOpen(day('2026-09-16'))).toBe(true)
  expect(officeCalendar.isOpen(day('2026-09-17'))).toBe(true)
  expect(officeCalendar.version).not.toBe(version) // a half day is in the explanation
})

test('the same closure twice, a holiday, and an unknown year are refused with a sentence', async () => {
  await apply(closing('2026-09-18'))
  const messages = await Promise.all([closing('2026-09-18'), closing('2026-09-19'), closing('2029-01-02')].map(async (change) => {
    const result = await previewChange(db, change)
    return isRefusal(result) ? result.message : ''
  }))
  expect(messages[0]).toContain('本來就不上班')
  expect(messages[1]).toContain('星期六')
  expect(messages[2]).toContain('請先載入')
})

test('a preview that is no longer true is refused and nothing happens', async () => {
  await makeCase(db, '115/8/20 10:00', { unitId: office.units.roads })
  const preview = valueOf(await previewChange(db, closing('2026-09-22')))
  await makeCase(db, '115/8/21 10:00', { unitId: office.units.roads })
  const result = await applyCalendar(caller(), { change: preview.change, seen: preview.seen })
  expect(isRefusal(result) && result.code).toBe('calendar.stale')
  expect(await db.selectFrom('office_closures').selectAll().where('day', '=', day('2026-09-22')).execute()).toEqual([])
})

test('a draft applied by two clicks at once is applied once', async () => {
  const { id } = await makeCase(db, '115/8/20 10:00', { unitId: office.units.roads })
  const change = closing('2026-09-23')
  const draft = await db.insertInto('calendar_drafts').values({ change: JSON.stringify(change), made_by: office.administrator.person.id, applied_as: null }).returning('id').executeTakeFirstOrThrow()
  const [a, b] = await Promise.all([0, 1].map(() => applyCalendar(caller(), { change, draftId: draft.id })))
  expect(valueOf(a!).changeId).toBe(valueOf(b!).changeId)
  expect((await db.selectFrom('case_dues').select('id').where('case_id', '=', id).where('cause', '=', 'calendar').execute())).toHaveLength(1)
})

test('a closure recorded the day after leaves nobody late on its own day', async () => {
  const { id } = await makeCase(db, '115/8/3 10:00', { unitId: office.units.roads })
  const due = (await dueOf(id))!
  await apply(closing(due), `${+due.slice(0, 4) - 1911}${due.slice(4).replaceAll('-', '/')} 23:00`)
  const held = await db.selectFrom('case_dues').select(['at', 'due_on']).where('case_id', '=', id).orderBy('at', 'desc').orderBy('id', 'desc').executeTakeFirstOrThrow()
  expect(held.at).toEqual(instant(`${+due.slice(0, 4) - 1911}${due.slice(4).replaceAll('-', '/')} 00:00`))
  expect(held.due_on! > due).toBe(true)
})

test('what another process computed by the earlier calendar while the change was applied is moved afterwards', async () => {
  const { changeId } = await apply(closing('2026-09-24'))
  useStored(nothingStored) // a process that has not heard of it yet
  const { id } = await makeCase(db, '115/8/20 11:00', { unitId: office.units.roads })
  const stale = (await dueOf(id))!
  await sql`update calendar_changes set version_before = ${officeCalendar.version} where id = ${changeId}`.execute(db)
  expect(valueOf(await moveLate({ db, person: null, now: instant('115/9/1 09:01') }, { changeId })).moved).toBeGreaterThanOrEqual(1)
  expect((await dueOf(id))! > stale).toBe(true)
  await runDueJobs(db).catch(() => {}) // mail has no way out here
  expect((await verifyAll(db)).flatMap((proof) => proof.differences)).toEqual([])
})

test('a year that was not known makes undetermined clocks determined', async () => {
  const { id } = await makeCase(db, '116/12/20 10:00', { unitId: office.units.roads })
  expect(await dueOf(id)).toBeNull()
  const days = [{ day: day('2028-01-03'), open: false, name: '補假' }]
  const applied = await apply({ what: 'load', years: [{ year: 2028, days }], source: '測試' }, '116/12/21 09:00')
  expect(applied.moved).toBe(1)
  expect(officeCalendar.version).toContain('2017-2028')
  const due = (await dueOf(id))!
  expect(due).toBe(officeCalendar.addOfficeDays(day('2027-12-20'), 30))
  expect(due > '2028-01-01').toBe(true)
  const early = await previewChange(db, { what: 'load', years: [{ year: 2030, days }], source: '測試' })
  expect(isRefusal(early) && early.message).toContain('118 年')
  expect((await verifyAll(db)).flatMap((proof) => proof.differences)).toEqual([])
})

test('only who may change the calendar can', async () => {
  await expect(applyCalendar({ ...office.officer, db }, { change: closing('2026-10-15') })).rejects.toThrow()
})
