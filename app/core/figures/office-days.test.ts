import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { officeCalendar, withClosures } from '../clocks/calendar.ts'
import { type Db, fenceWrites, read, type Reader } from '../db.ts'
import { day } from '../time.ts'
import { cachedRead } from './cache.ts'
import { syncOfficeDays } from './office-days.ts'

let db: Db
beforeAll(async () => {
  db = (await createTestDatabase()).db
})

const between = async (from: string, to: string, reader: Reader = db) =>
  (await sql<{ days: number }>`select b.ordinal - a.ordinal as days from office_days a, office_days b where a.day = ${from} and b.day = ${to}`.execute(reader)).rows[0]?.days

test('the table counts as the calendar does', async () => {
  for (const [from, to] of [['2021-06-11', '2021-06-15'], ['2021-02-05', '2021-02-20'], ['2017-01-01', '2027-12-31'], ['2021-04-30', '2021-05-01']] as const) {
    expect(await between(from, to)).toBe(officeCalendar.officeDaysBetween(day(from), day(to)))
  }
})

test('beyond the calendar there are no working days, not a guess', async () => {
  expect(await between('2016-12-30', '2017-01-05')).toBeUndefined()
})

test('a changed calendar counts from now on; an earlier instant keeps its own', async () => {
  const before = await fenceWrites(db)
  await cachedRead(db, 'days', (reader) => between('2021-09-08', '2021-09-15', reader))
  const closed = withClosures(officeCalendar, [{ day: day('2021-09-13'), name: '停止上班' }])
  await syncOfficeDays(db, closed)
  await syncOfficeDays(db, closed)
  const usual = officeCalendar.officeDaysBetween(day('2021-09-08'), day('2021-09-15'))!
  expect(await between('2021-09-08', '2021-09-15')).toBe(usual - 1)
  expect(await read(db, (reader) => between('2021-09-08', '2021-09-15', reader), before)).toBe(usual)
  expect(await read(db, (reader) => between('2021-09-08', '2021-09-15', reader), new Date('2021-10-01'))).toBe(usual)
  expect(await cachedRead(db, 'days', (reader) => between('2021-09-08', '2021-09-15', reader))).toBe(usual - 1)
})
