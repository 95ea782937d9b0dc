import { sql } from 'kysely'
import { type Calendar, officeCalendar } from '../clocks/calendar.ts'
import { type Db, type Reader, type Tx, write } from '../db.ts'
import { dayFromNumber, startOf, day } from '../time.ts'

/** What is counted by the first calendar was known from the beginning: cases taken over from older systems need it. */
const always = startOf(day('1912-01-01'))

/** Keeps the table office_days in step with the calendar in use, called at every start after the migrations. */
export async function syncOfficeDays(db: Db, calendar: Calendar = officeCalendar): Promise<void> {
  if ((await versionLoaded(db)) === calendar.version) return
  await write(db, (tx) => syncOfficeDaysIn(tx, calendar))
}

/**
 * The same inside the act that changes the calendar. Only days whose count changed are written, so that an earlier instant
 * still sees the calendar it was judged by.
 */
export async function syncOfficeDaysIn(tx: Tx, calendar: Calendar): Promise<void> {
  const loaded = await versionLoaded(tx)
  if (loaded === calendar.version) return
  const { days, ordinals } = ordinalsOf(calendar)
  const isFirst = loaded === null
  await sql`delete from office_days where day < ${calendar.firstDay} or day > ${calendar.lastDay}`.execute(tx)
  await sql`insert into office_days (day, ordinal, sys_from)
    select day, ordinal, coalesce(${isFirst ? always : null}::timestamptz, recorded_now()) from unnest(${days}::date[], ${ordinals}::int[]) as given(day, ordinal)
    on conflict (day) do update set ordinal = excluded.ordinal where office_days.ordinal <> excluded.ordinal`.execute(tx)
  await sql`insert into office_day_versions (version) values (${calendar.version}) on conflict (version) do update set loaded_at = clock_timestamp()`.execute(tx)
  // what was computed before by the other calendar no longer holds
  if (!isFirst) await sql`insert into events (kind, happened_at, payload) values ('office-days.changed', recorded_now(), ${JSON.stringify({ version: calendar.version })}::jsonb)`.execute(tx)
  await sql`analyze office_days`.execute(tx)
}

async function versionLoaded(reader: Reader): Promise<string | null> {
  const loaded = await sql<{ version: string }>`select version from windlion.office_day_versions order by loaded_at desc limit 1`.execute(reader)
  return loaded.rows[0]?.version ?? null
}

function ordinalsOf(calendar: Calendar): { days: string[]; ordinals: number[] } {
  const days: string[] = []
  const ordinals: number[] = []
  let ordinal = 0
  for (let number = calendar.firstNumber; number <= calendar.lastNumber; number += 1) {
    if (calendar.isOpenNumber(number)) ordinal += 1
    days.push(dayFromNumber(number))
    ordinals.push(ordinal)
  }
  return { days, ordinals }
}
