import { sql } from 'kysely'
import type { Reader } from '../../../core/db.ts'
import { NotFound } from '../../../core/errors.ts'
import type { Person } from '../../../core/identity/permissions.ts'
import type { Day } from '../../../core/time.ts'
import { visibleTo } from '../regulation.ts'
import { caseKind, meetingKind } from '../schema.ts'

export type ListedMeeting = { id: number; number: string; title: string; heldOn: Day; place: string; items: number; outcome: string | null }

/** Meetings, the latest first, paged by day and id. */
export async function findMeetings(reader: Reader, person: Person, before?: string): Promise<{ rows: ListedMeeting[]; next: string | null }> {
  const key = /^(\d{4}-\d\d-\d\d)\.(\d{1,15})$/.exec(before ?? '')
  const { rows } = await sql<ListedMeeting>`
    select c.id, c.number, c.title, m.held_on as "heldOn", m.place, c.outcome, (select count(*) from regulation_meeting_items i where i.meeting_id = m.id) as items
    from cases c join regulation_meetings m on m.id = c.id where c.kind = ${meetingKind} and ${visibleTo(person)} ${key ? sql`and (m.held_on, m.id) < (${key[1]}::date, ${Number(key[2])})` : sql``}
    order by m.held_on desc, m.id desc limit 51`.execute(reader)
  const last = rows[49]
  return { rows: rows.slice(0, 50), next: rows.length > 50 && last ? `${last.heldOn}.${last.id}` : null }
}

export type MeetingFile = {
  id: number; number: string; title: string; stage: string; outcome: string | null; heldOn: Day; startsAt: string; place: string; chair: string; record: string
  items: { id: number; number: string; title: string; decision: string | null; note: string }[]
  members: { id: number; name: string; attendance: string | null }[]
}

export async function findMeeting(reader: Reader, person: Person, name: string): Promise<MeetingFile> {
  const { rows } = await sql<MeetingFile>`
    select c.id, c.number, c.title, c.stage, c.outcome, m.held_on as "heldOn", to_char(m.starts_at, 'HH24:MI') as "startsAt", m.place, m.chair, m.record,
      coalesce((select jsonb_agg(jsonb_build_object('id', i.id, 'number', r.number, 'title', r.title, 'decision', i.decision, 'note', i.note) order by i.position) from regulation_meeting_items i join cases r on r.id = i.case_id where i.meeting_id = m.id), '[]') as items,
      coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'attendance', p.attendance) order by p.id) from regulation_meeting_members p where p.meeting_id = m.id), '[]') as members
    from cases c join regulation_meetings m on m.id = c.id where c.kind = ${meetingKind} and c.number = ${name} and ${visibleTo(person)}`.execute(reader)
  if (!rows[0]) throw new NotFound('找不到這次會議')
  return rows[0]
}

/** Proposals in review that are on no planned meeting yet. */
export async function findForReview(reader: Reader, person: Person): Promise<{ number: string; title: string }[]> {
  return (await sql<{ number: string; title: string }>`
    select c.number, c.title from cases c where c.kind = ${caseKind} and c.stage = 'review' and ${visibleTo(person)}
      and not exists (select from regulation_meeting_items i join cases m on m.id = i.meeting_id where i.case_id = c.id and m.stage = 'planned') order by c.id`.execute(reader)).rows
}
