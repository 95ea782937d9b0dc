import { sql } from 'kysely'
import type { Reader } from '../../../core/db.ts'
import { NotFound } from '../../../core/errors.ts'
import type { Person } from '../../../core/identity/permissions.ts'
import type { Day } from '../../../core/time.ts'
import { type Outcome, sessionKind, type SessionOutcome, type Stage, type Way } from '../schema.ts'
import { consultationVisibleTo, sessionVisibleTo } from '../visible.ts'

export type ListedSession = { id: number; number: string; heldOn: Day; startsAt: string; endsAt: string; place: string; lawyers: string; slots: number; taken: number; waiting: number; served: number; outcome: SessionOutcome | null }

const listed = sql`c.id, c.number, s.held_on as "heldOn", to_char(s.starts_at, 'HH24:MI') as "startsAt", to_char(s.ends_at, 'HH24:MI') as "endsAt", s.place, c.outcome,
  (select string_agg(l.name, '、' order by d.no) from advice_desks d join advice_lawyers l on l.id = d.lawyer_id where d.session_id = s.id) as lawyers,
  (select count(*) from advice_slots t where t.session_id = s.id) as slots,
  (select count(*) from advice_bookings b where b.session_id = s.id and b.slot_id is not null) as taken,
  (select count(*) from advice_bookings b join cases k on k.id = b.case_id where b.session_id = s.id and k.stage in ('waiting', 'offered')) as waiting,
  (select count(*) from advice_bookings b join cases k on k.id = b.case_id where b.session_id = s.id and k.outcome = 'served') as served`

/** Sessions of one month (YYYY-MM), in time. */
export async function findSessionsOfMonth(reader: Reader, person: Person, month: string): Promise<ListedSession[]> {
  return (await sql<ListedSession>`select ${listed} from cases c join advice_sessions s on s.id = c.id
    where c.kind = ${sessionKind} and s.held_on >= ${`${month}-01`}::date and s.held_on < ${`${month}-01`}::date + interval '1 month' and ${sessionVisibleTo(person)} order by s.held_on, s.starts_at, s.id`.execute(reader)).rows
}

/** Planned ones whose day has come or passed, and the next to come. */
export async function findOpenSessions(reader: Reader, person: Person, limit: number): Promise<ListedSession[]> {
  return (await sql<ListedSession>`select ${listed} from cases c join advice_sessions s on s.id = c.id
    where c.kind = ${sessionKind} and c.stage = 'planned' and ${sessionVisibleTo(person)} order by s.held_on, s.starts_at, s.id limit ${limit}`.execute(reader)).rows
}

export type SessionFile = {
  id: number; number: string; title: string; stage: 'planned' | 'closed'; outcome: SessionOutcome | null; heldOn: Day; startsAt: string; endsAt: string; minutes: number; place: string; note: string
  desks: { id: number; no: number; lawyerId: number; lawyer: string; specialities: number[]; personId: number | null }[]
}

export async function findSession(reader: Reader, person: Person, number: string): Promise<SessionFile> {
  const { rows } = await sql<SessionFile>`
    select c.id, c.number, c.title, c.stage, c.outcome, s.held_on as "heldOn", to_char(s.starts_at, 'HH24:MI') as "startsAt", to_char(s.ends_at, 'HH24:MI') as "endsAt", s.minutes, s.place, s.note,
      (select jsonb_agg(jsonb_build_object('id', d.id, 'no', d.no, 'lawyerId', l.id, 'lawyer', l.name, 'specialities', l.specialities, 'personId', l.person_id) order by d.no) from advice_desks d join advice_lawyers l on l.id = d.lawyer_id where d.session_id = c.id) as desks
    from cases c join advice_sessions s on s.id = c.id where c.number = ${number} and c.kind = ${sessionKind} and ${sessionVisibleTo(person)}`.execute(reader)
  if (!rows[0]) throw new NotFound('找不到這個場次')
  return rows[0]
}

export type SheetRow = {
  id: number; caseId: number | null; number: string | null; stage: Stage | null; outcome: Outcome | null; way: Way; slotId: number | null; slotAt: Date | null; deskId: number | null; desk: number | null; specialityId: number | null; speciality: string | null
  name: Buffer | null; phone: Buffer | null; conflict: boolean | null; ticket: number | null; arrivedAt: Date | null; calledAt: Date | null; endedAt: Date | null; holdUntil: Date | null; confirmedAt: Date | null
}

/** Everybody of a session whom this person may see: by time, then those without one by the order in which they came. */
export async function findSheet(reader: Reader, person: Person, sessionId: number): Promise<SheetRow[]> {
  return (await sql<SheetRow>`
    select b.id, b.case_id as "caseId", c.number, c.stage, c.outcome, b.way, b.slot_id as "slotId", b.slot_at as "slotAt", b.desk_id as "deskId", d.no as desk, b.speciality_id as "specialityId", p.name as speciality,
      b.name, b.phone, b.conflict, b.ticket, b.arrived_at as "arrivedAt", b.called_at as "calledAt", b.ended_at as "endedAt", b.hold_until as "holdUntil", b.confirmed_at as "confirmedAt"
    from advice_bookings b left join cases c on c.id = b.case_id left join advice_desks d on d.id = b.desk_id left join advice_specialities p on p.id = b.speciality_id
    where b.session_id = ${sessionId} and (b.case_id is null and exists (select from cases x where x.id = b.session_id and ${sessionVisibleTo(person, 'x')}) or b.case_id is not null and ${consultationVisibleTo(person)})
    order by b.slot_at nulls last, d.no, b.ticket nulls last, b.confirmed_at nulls last, b.id`.execute(reader)).rows
}

export type FreeSlot = { id: number; at: Date; deskId: number; desk: number; lawyer: string; specialities: number[] }

export async function findFreeSlots(reader: Reader, sessionId: number, after: Date): Promise<FreeSlot[]> {
  return (await sql<FreeSlot>`select t.id, t.at, d.id as "deskId", d.no as desk, l.name as lawyer, l.specialities from advice_slots t join advice_desks d on d.id = t.desk_id join advice_lawyers l on l.id = d.lawyer_id
    where t.session_id = ${sessionId} and t.at > ${after} and not exists (select from advice_bookings b where b.slot_id = t.id) order by t.at, d.no`.execute(reader)).rows
}

/** For the first page of the day: sessions whose day is over and that nobody has ended. */
export async function countUnended(reader: Reader, person: Person, today: Day): Promise<number> {
  return (await sql<{ n: number }>`select count(*) as n from cases c join advice_sessions s on s.id = c.id where c.kind = ${sessionKind} and c.stage = 'planned' and s.held_on < ${today}::date and ${sessionVisibleTo(person)}`.execute(reader)).rows[0]!.n
}
