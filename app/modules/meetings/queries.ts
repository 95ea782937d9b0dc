import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../../core/db.ts'
import { type Person, reach } from '../../core/identity/permissions.ts'
import { matches } from '../../core/search/search.ts'
import { type Day, rocYear } from '../../core/time.ts'
import { visibleTo } from './meeting.ts'
import { meetingKind } from './schema.ts'

export type ListedMeeting = { id: number; number: string; title: string; body: string; bodyCode: string; heldOn: Day; startsAt: string; endsAt: string | null; place: string; items: number; outcome: string | null; begun: boolean; approvedOn: Day | null; minutesDueOn: Day | null }
export type MeetingFilter = { body?: string | undefined; year?: string | undefined; query?: string | undefined; from?: Day | undefined; until?: Day | undefined; /** minutes that nobody confirmed by their day, as of this day, of meetings called by these units (null: by any) */ late?: { today: Day; unitIds: number[] | null } | undefined }

const fifty = 50
const columns = sql`c.id, c.number, c.title, b.name as body, b.code as "bodyCode", m.held_on as "heldOn", to_char(m.starts_at, 'HH24:MI') as "startsAt", to_char(m.ends_at, 'HH24:MI') as "endsAt", m.place, c.outcome, h.begun_at is not null as begun, m.approved_on as "approvedOn",
  (select count(*)::int from committee_items i where i.meeting_id = m.id) as items, (m.held_on + b.minutes_due_days) as "minutesDueOn"`
const tables = sql`from cases c join committee_meetings m on m.id = c.id join meetings h on h.id = c.id join meeting_bodies b on b.id = h.body_id left join case_texts on case_texts.case_id = c.id`

function conditions(person: Person, { body, year, query, from, until, late }: MeetingFilter): RawBuilder<unknown> {
  const parts: RawBuilder<unknown>[] = [sql`c.kind = ${meetingKind}`, visibleTo(person)]
  if (body) parts.push(sql`b.code = ${body}`)
  const roc = /^\d{2,3}$/.test(year ?? '') ? Number(year) + 1911 : null
  if (roc) parts.push(sql`m.held_on between make_date(${roc}, 1, 1) and make_date(${roc}, 12, 31)`)
  if (from) parts.push(sql`m.held_on >= ${from}::date`)
  if (until) parts.push(sql`m.held_on <= ${until}::date`)
  if (query?.trim()) parts.push(matches(query))
  if (late) parts.push(lateMinutes(late))
  return sql.join(parts, sql` and `)
}

/** SQL condition over `c`, `m`, `b`: held within a year, and its minutes not confirmed by their day. */
const lateMinutes = ({ today, unitIds }: { today: Day; unitIds: number[] | null }): RawBuilder<boolean> =>
  sql<boolean>`c.outcome = 'held' and m.approved_on is null and m.held_on > ${today}::date - 365 and m.held_on + b.minutes_due_days < ${today}::date and ${unitIds === null ? sql`true` : sql`c.unit_id = any(${unitIds}::bigint[])`}`

/** Meetings this person may see, the latest day first, paged by day and id. */
export async function findMeetings(reader: Reader, person: Person, filter: MeetingFilter, before?: string): Promise<{ rows: ListedMeeting[]; count: number; next: string | null }> {
  const key = /^(\d{4}-\d\d-\d\d)\.(\d{1,15})$/.exec(before ?? '')
  const where = conditions(person, filter)
  const { rows } = await sql<ListedMeeting & { count: number }>`
    select ${columns}, (select count(*)::int ${tables} where ${where}) as count ${tables} where ${where} ${key ? sql`and (m.held_on, m.id) < (${key[1]}::date, ${Number(key[2])})` : sql``} order by m.held_on desc, m.id desc limit ${fifty + 1}`.execute(reader)
  const last = rows[fifty - 1]
  return { rows: rows.slice(0, fifty), count: rows[0]?.count ?? 0, next: rows.length > fifty && last ? `${last.heldOn}.${last.id}` : null }
}

/** ROC years with meetings this person may see, and the one to come, the latest first. */
export async function findYears(reader: Reader, person: Person, today: Day): Promise<number[]> {
  const { rows } = await sql<{ first: Day | null }>`select min(m.held_on) as first ${tables} where ${conditions(person, {})}`.execute(reader)
  const next = rocYear(today) + 1
  return Array.from({ length: next - Math.min(rocYear(rows[0]?.first ?? today), next) + 1 }, (_, i) => next - i)
}

/** Meetings between two days, all of them, in the order of the calendar. */
export async function findMeetingsBetween(reader: Reader, person: Person, from: Day, until: Day, body?: string): Promise<(ListedMeeting & { changedAt: Date })[]> {
  return (await sql<ListedMeeting & { changedAt: Date }>`select ${columns}, greatest(c.sys_from, m.sys_from) as "changedAt" ${tables} where ${conditions(person, { from, until, body })} order by m.held_on, m.starts_at, m.id`.execute(reader)).rows
}

export type MeetingMore = { bodyCode: string; body: string; publication: string; readers: string; ownerUnitId: number | null; proposalsDueOn: Day | null; begunAt: Date | null; liveItemId: number | null; minutesDueOn: Day | null; unitId: number | null; officerId: number | null }

/** What a meeting of a body has besides what every committee's has. Ask findMeeting first: it says who may see it. */
export async function findMore(reader: Reader, id: number): Promise<MeetingMore> {
  return (await sql<MeetingMore>`
    select b.code as "bodyCode", b.name as body, b.publication, b.readers, b.owner_unit_id as "ownerUnitId", h.proposals_due_on as "proposalsDueOn", h.begun_at as "begunAt", h.live_item_id as "liveItemId",
      (m.held_on + b.minutes_due_days) as "minutesDueOn", c.unit_id as "unitId", c.officer_id as "officerId"
    from meetings h join meeting_bodies b on b.id = h.body_id join committee_meetings m on m.id = h.id join cases c on c.id = h.id where h.id = ${id}`.execute(reader)).rows[0]!
}

/** The units whose meetings this person calls; null: all. */
export function managedUnits(person: Person): number[] | null {
  const by = reach(person, 'meetings.manage')
  return by.all ? null : by.unitIds
}
