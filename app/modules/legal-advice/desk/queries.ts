import { sql } from 'kysely'
import type { Reader } from '../../../core/db.ts'
import { NotFound } from '../../../core/errors.ts'
import type { Person } from '../../../core/identity/permissions.ts'
import type { Day } from '../../../core/time.ts'
import type { Language } from '../../../core/web/language.ts'
import { adviceKind, type Outcome, type SessionOutcome, type Stage } from '../schema.ts'

export type OwnSession = { number: string; heldOn: Day; startsAt: string; endsAt: string; place: string; desk: number; taken: number; served: number; outcome: SessionOutcome | null }

/** Sessions at which this lawyer sits: those to come by the day, then those of the past, the latest first. */
export async function findOwnSessions(reader: Reader, person: Person, today: Day): Promise<OwnSession[]> {
  return (await sql<OwnSession>`
    select c.number, s.held_on as "heldOn", to_char(s.starts_at, 'HH24:MI') as "startsAt", to_char(s.ends_at, 'HH24:MI') as "endsAt", s.place, d.no as desk, c.outcome,
      (select count(*) from advice_bookings b join cases k on k.id = b.case_id where b.desk_id = d.id and k.stage in ('booked', 'arrived', 'called')) as taken,
      (select count(*) from advice_bookings b join cases k on k.id = b.case_id where b.desk_id = d.id and k.outcome = 'served') as served
    from advice_desks d join advice_lawyers l on l.id = d.lawyer_id join advice_sessions s on s.id = d.session_id join cases c on c.id = s.id
    where l.person_id = ${person.id} order by s.held_on < ${today}::date, case when s.held_on >= ${today}::date then s.held_on - ${today}::date else ${today}::date - s.held_on end, s.starts_at limit 60`.execute(reader)).rows
}

export type DeskFile = { sessionId: number; number: string; title: string; heldOn: Day; startsAt: string; endsAt: string; place: string; stage: 'planned' | 'closed'; outcome: SessionOutcome | null; desk: number; deskId: number }

export async function findDesk(reader: Reader, person: Person, number: string): Promise<DeskFile> {
  const { rows } = await sql<DeskFile>`
    select s.id as "sessionId", c.number, c.title, s.held_on as "heldOn", to_char(s.starts_at, 'HH24:MI') as "startsAt", to_char(s.ends_at, 'HH24:MI') as "endsAt", s.place, c.stage, c.outcome, d.no as desk, d.id as "deskId"
    from advice_desks d join advice_lawyers l on l.id = d.lawyer_id join advice_sessions s on s.id = d.session_id join cases c on c.id = s.id where l.person_id = ${person.id} and c.number = ${number}`.execute(reader)
  if (!rows[0]) throw new NotFound('找不到您的場次')
  return rows[0]
}

export type OwnTurn = { caseId: number; number: string; stage: Stage; outcome: Outcome | null; slotAt: Date | null; ticket: number | null; speciality: string | null; language: Language; conflict: boolean | null; name: Buffer | null; opponent: Buffer | null; hasRecord: boolean }

/** Who has a time at this desk or was called to it, and who walked in and waits for any. */
export async function findTurns(reader: Reader, desk: DeskFile): Promise<OwnTurn[]> {
  return (await sql<OwnTurn>`
    select c.id as "caseId", c.number, c.stage, c.outcome, b.slot_at as "slotAt", b.ticket, p.name as speciality, b.language, b.conflict, b.name, b.opponent, exists (select from advice_records r join advice_desks o on o.lawyer_id = r.lawyer_id where r.case_id = c.id and o.id = ${desk.deskId}) as "hasRecord"
    from advice_bookings b join cases c on c.id = b.case_id left join advice_specialities p on p.id = b.speciality_id where b.desk_id = ${desk.deskId} order by b.slot_at nulls last, b.ticket, b.id`.execute(reader)).rows
}

export async function countWaiting(reader: Reader, sessionId: number): Promise<number> {
  return (await sql<{ n: number }>`select count(*) as n from advice_bookings b join cases c on c.id = b.case_id where b.session_id = ${sessionId} and b.desk_id is null and c.stage = 'arrived'`.execute(reader)).rows[0]!.n
}

/** A consultation at this lawyer's own desk, with the session it belongs to. */
export async function findOwnTurn(reader: Reader, person: Person, name: string): Promise<{ number: string; session: string; title: string; stage: Stage; outcome: Outcome | null; hasRecord: boolean }> {
  const { rows } = await sql<{ number: string; session: string; title: string; stage: Stage; outcome: Outcome | null; hasRecord: boolean }>`
    select c.number, x.number as session, x.title, c.stage, c.outcome, exists (select from advice_records r where r.case_id = c.id and r.lawyer_id = l.id) as "hasRecord"
    from cases c join advice_bookings b on b.case_id = c.id join cases x on x.id = b.session_id join advice_desks d on d.id = b.desk_id join advice_lawyers l on l.id = d.lawyer_id where c.number = ${name} and c.kind = ${adviceKind} and l.person_id = ${person.id}`.execute(reader)
  if (!rows[0]) throw new NotFound('找不到這件諮詢')
  return rows[0]
}
