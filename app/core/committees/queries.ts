import { sql } from 'kysely'
import type { Reader } from '../db.ts'
import { NotFound } from '../errors.ts'
import type { Person } from '../identity/permissions.ts'
import type { Day } from '../time.ts'
import type { Answers } from '../procedure/tables.ts'
import type { Hearing } from './hearing.ts'
import type { MinutesItem, MinutesOf } from './minutes.ts'
import type { Seated } from './rules.ts'
import type { AgendaEntry } from './tables.ts'
import type { Vote } from './words.ts'
import './tables.ts'

export type ListedMeeting = { id: number; number: string; title: string; heldOn: Day; place: string; items: number; /** the first of them, in words */ first: string | null; outcome: string | null; approvedOn: Day | null }

/** Meetings of one kind, the latest first, paged by day and id. */
export async function findMeetings(reader: Reader, hearing: Hearing, person: Person, before?: string): Promise<{ rows: ListedMeeting[]; next: string | null }> {
  const key = /^(\d{4}-\d\d-\d\d)\.(\d{1,15})$/.exec(before ?? '')
  const { rows } = await sql<ListedMeeting>`
    select c.id, c.number, c.title, m.held_on as "heldOn", m.place, c.outcome, m.approved_on as "approvedOn", (select count(*)::int from committee_items i where i.meeting_id = m.id) as items,
      (select case when k.confidential then k.number || ' （保密案件）' when k.id is null then i.subject else k.number || ' ' || k.title end from committee_items i left join cases k on k.id = i.case_id where i.meeting_id = m.id order by i.position limit 1) as first
    from cases c join committee_meetings m on m.id = c.id where c.kind = ${hearing.kind} and ${hearing.visibleTo(person, 'c')} ${key ? sql`and (m.held_on, m.id) < (${key[1]}::date, ${Number(key[2])})` : sql``}
    order by m.held_on desc, m.id desc limit 51`.execute(reader)
  const last = rows[49]
  return { rows: rows.slice(0, 50), next: rows.length > 50 && last ? `${last.heldOn}.${last.id}` : null }
}

export type HeldPerson = Seated & { title: string; memberId: number | null; unitId: number | null }
export type HeldItem = Omit<MinutesItem, 'recusals'> & { id: number; caseId: number | null; caseKind: string | null; decidedAt: string | null; answers: Answers; recusals: (MinutesItem['recusals'][number] & { memberId: number })[]; ballots: { memberId: number; name: string; vote: Vote | null; dissent: string }[] }
export type HeldMeeting = Omit<MinutesOf, 'people' | 'items'> & { committeeId: number | null; people: HeldPerson[]; items: HeldItem[] }

/** What was recorded of a meeting so far: who, what, how they voted. */
export async function findHeld(reader: Reader, meetingId: number): Promise<HeldMeeting> {
  const { rows } = await sql<HeldMeeting>`
    select c.title, m.committee_id as "committeeId", m.held_on as "heldOn", to_char(m.starts_at, 'HH24:MI') as "startsAt", to_char(m.ends_at, 'HH24:MI') as "endsAt", m.place, m.mode, m.chair, m.remarks,
      coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'memberId', a.member_id, 'unitId', a.unit_id, 'name', a.name, 'title', a.title, 'seat', a.seat, 'outside', a.outside, 'attendance', a.attendance, 'deputy', a.deputy) order by a.id) from committee_attendance a where a.meeting_id = m.id), '[]') as people,
      coalesce((select jsonb_agg(jsonb_build_object('id', i.id, 'caseId', i.case_id, 'caseKind', r.kind, 'section', i.section, 'decidedAt', i.decided_at, 'number', r.number, 'subject', case when r.confidential then '（保密案件）' else coalesce(r.title, i.subject) end, 'decision', i.decision, 'text', i.decision_text, 'answers', i.answers,
          'tally', case when i.votes_for is not null then jsonb_build_object('for', i.votes_for, 'against', coalesce(i.votes_against, 0), 'abstain', coalesce(i.votes_abstain, 0)) end,
          'recusals', coalesce((select jsonb_agg(jsonb_build_object('memberId', a.id, 'name', a.name, 'ground', q.ground, 'askedBy', q.asked_by, 'facts', q.facts, 'granted', q.granted) order by q.id) from committee_recusals q join committee_attendance a on a.id = q.attendance_id where q.item_id = i.id), '[]'),
          'ballots', coalesce((select jsonb_agg(jsonb_build_object('memberId', a.id, 'name', a.name, 'vote', b.vote, 'dissent', b.dissent) order by a.id) from committee_ballots b join committee_attendance a on a.id = b.attendance_id where b.item_id = i.id), '[]')) order by i.position)
        from committee_items i left join cases r on r.id = i.case_id where i.meeting_id = m.id), '[]') as items
    from committee_meetings m join cases c on c.id = m.id where m.id = ${meetingId}`.execute(reader)
  const held = rows[0]
  if (!held) throw new NotFound('找不到這次會議')
  return { ...held, items: held.items.map((item) => ({ ...item, dissents: item.ballots.filter(({ dissent }) => dissent).map(({ name, dissent }) => ({ name, text: dissent })) })) }
}

export type MeetingFile = HeldMeeting & { id: number; number: string; stage: string; outcome: string | null; sitting: number | null; invitedOn: Day | null; minutes: string; approvedOn: Day | null; approvalNote: string; agendas: { version: number; items: AgendaEntry[]; sentOn: Day | null; madeAt: Date }[] }

/** A meeting whole. Not found when the person may not see it. */
export async function findMeeting(reader: Reader, hearing: Hearing, person: Person, name: string): Promise<MeetingFile> {
  const { rows } = await sql<Omit<MeetingFile, keyof HeldMeeting>>`
    select c.id, c.number, c.stage, c.outcome, m.sitting, m.invited_on as "invitedOn", m.minutes, m.approved_on as "approvedOn", m.approval_note as "approvalNote"
    from cases c join committee_meetings m on m.id = c.id where c.kind = ${hearing.kind} and c.number = ${name} and ${hearing.visibleTo(person, 'c')}`.execute(reader)
  const row = rows[0]
  if (!row) throw new NotFound('找不到這次會議')
  const agendas = await reader.selectFrom('committee_agendas').select(['version', 'items', 'sent_on as sentOn', 'made_at as madeAt']).where('meeting_id', '=', row.id).orderBy('version').execute()
  return { ...(await findHeld(reader, row.id)), ...row, agendas }
}

export type CaseMeeting = { kind: string; number: string; heldOn: Day; outcome: string | null; decision: string | null; text: string }

/** The meetings that treated a case, in order. The page of the case shows them; who sees the case sees this. */
export async function findMeetingsOf(reader: Reader, caseId: number): Promise<CaseMeeting[]> {
  return (await sql<CaseMeeting>`select c.kind, c.number, m.held_on as "heldOn", c.outcome, i.decision, i.decision_text as text
    from committee_items i join committee_meetings m on m.id = i.meeting_id join cases c on c.id = m.id where i.case_id = ${caseId} order by m.held_on, m.id`.execute(reader)).rows
}
