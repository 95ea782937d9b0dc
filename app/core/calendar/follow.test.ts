import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makeCase, makeOffice, instant, type Office } from '../../modules/clocks/office-for-tests.ts'
import { officeCalendar, printedCalendar } from '../clocks/calendar.ts'
import type { Connection } from '../db.ts'
import { valueOf } from '../errors.ts'
import { day } from '../time.ts'
import { verifyAll } from '../verify.ts'
import { applyCalendar, changeCalendar, previewChange } from './apply.ts'
import { keepCalendarFile, keepCalendarIn, readCalendarFile } from './calendar-file.ts'
import type { CalendarChange } from './changes.ts'
import { followCalendar, openCalendar, refreshCalendar } from './follow.ts'
import { calendarKnownAt, storedInUse, useStored } from './in-use.ts'
import { calendarOf, nothingStored } from './stored.ts'
import { testFolder } from '../../../test/support/folder.ts'

let connection: Connection
let office: Office
let stop: () => void
const folder = testFolder()
beforeAll(async () => {
  connection = await createTestDatabase()
  office = await makeOffice(connection.db)
  keepCalendarIn(folder)
  stop = await followCalendar(connection, (error) => { throw error })
})
afterAll(() => stop())

const caller = () => ({ ...office.administrator, db: connection.db, now: instant('115/9/1 09:00') })
const closing = (on: string) => ({ what: 'close', day: day(on), name: '颱風停止上班', half: null, townships: [], reason: '' }) as CalendarChange

test('a running service knows within a moment what another process changed', async () => {
  valueOf(await changeCalendar(caller(), { change: closing('2026-09-15') })) // this process itself is not told but by the database
  await vi.waitFor(() => expect(officeCalendar.isOpen(day('2026-09-15'))).toBe(false))
})

test('it hears again after its connection was lost', async () => {
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen windlion_calendar%' and datname = current_database()`.execute(connection.db)
  valueOf(await changeCalendar(caller(), { change: closing('2026-09-16') }))
  await vi.waitFor(() => expect(officeCalendar.isOpen(day('2026-09-16'))).toBe(false), 5_000)
})

test('a start takes the stored calendar, whatever the process knew', async () => {
  const version = officeCalendar.version
  useStored(nothingStored)
  expect(officeCalendar).toBe(printedCalendar)
  await openCalendar(connection.db)
  expect(officeCalendar.version).toBe(version)
})

test('the calendar of an earlier instant can still be made', async () => {
  expect(calendarKnownAt(new Date(0)).version).toBe(printedCalendar.version)
  expect(calendarKnownAt(new Date()).version).toBe(officeCalendar.version)
})

test('the copy in the data folder gives the same calendar without a database', () => {
  const stored = readCalendarFile(folder)!
  expect(calendarOf(stored).version).toBe(officeCalendar.version)
  expect(stored.closures[0]!.made_at).toBeInstanceOf(Date)
  expect(readFileSync(join(folder, 'office-calendar.json'), 'utf8')).toContain('颱風停止上班')
  expect(readCalendarFile(join(folder, 'nowhere'))).toBeNull()
})

test('many who write the copy at once do not take it from each other', async () => {
  await keepCalendarFile(nothingStored)
  await Promise.all(Array.from({ length: 20 }, () => refreshCalendar(connection.db)))
  expect(readCalendarFile(folder)!.closures.length).toBeGreaterThan(0)
})

test('a copy that cannot be written is warned of; the change stands and nobody is told otherwise', async () => {
  const warned = new Promise<Error>((tell) => process.once('warning', tell))
  keepCalendarIn(join(folder, 'nowhere'))
  await refreshCalendar(connection.db)
  keepCalendarIn(folder)
  expect((await warned).message).toContain('副本寫不進')
  expect(storedInUse().closures.length).toBeGreaterThan(0)
})

test('more cases than one statement writes move in one act', { timeout: 120_000 }, async () => {
  const { id } = await makeCase(connection.db, '115/8/20 10:00', { unitId: office.units.roads, officer: office.officer })
  // as many cases as that one, with their clocks, dues and an event each
  await sql`with made as (
      insert into cases (kind, follow_no, number, title, stage, unit_id, officer_id, received_at, registered_at, due_on)
      select kind, 'F' || n, 'N' || n, title, stage, unit_id, officer_id, received_at, registered_at, due_on from cases, generate_series(1, 1199) n where id = ${id} returning id),
    clocks as (insert into case_clocks (case_id, rule, main, trigger_at, due_on, explanation, calendar_version)
      select m.id, k.rule, true, k.trigger_at, k.due_on, k.explanation, k.calendar_version from made m, case_clocks k where k.case_id = ${id}),
    dues as (insert into case_dues (case_id, at, due_on, cause) select m.id, d.at, d.due_on, d.cause from made m, case_dues d where d.case_id = ${id})
    insert into events (kind, happened_at, case_id) select 'test.made', now(), id from made`.execute(connection.db)
  const preview = valueOf(await previewChange(connection.db, closing('2026-09-17')))
  expect(preview.moves).toHaveLength(1_200)
  const applied = valueOf(await applyCalendar(caller(), { change: preview.change, seen: preview.seen }))
  expect(applied.moved).toBe(1_200)
  const moved = await sql<{ n: number }>`select count(*) as n from case_dues where cause = 'calendar' and note = '115/9/17 颱風停止上班'`.execute(connection.db)
  expect(moved.rows[0]!.n).toBe(1_200)
  expect((await verifyAll(connection.db)).flatMap((proof) => proof.differences)).toEqual([])
})
