import { sql } from 'kysely'
import type { Reader } from '../../core/db.ts'
import type { Person } from '../../core/identity/permissions.ts'
import type { Day } from '../../core/time.ts'
import { type About, findMeetings, type ListedMeeting } from '../meetings/index.ts'
import { decisionPath } from './paths.ts'
import './tables.ts'

/** The body whose meetings review the proposals. */
export const reviewBody = 'annual_plan'

/** The review meeting of that day, if it is kept here and this person may see it. */
export async function findReviewMeeting(reader: Reader, person: Person, on: Day): Promise<ListedMeeting | null> {
  return (await findMeetings(reader, person, { body: reviewBody, from: on, until: on })).rows.find(({ outcome }) => outcome !== 'cancelled') ?? null
}

/** The latest review meeting from that day to today. */
export async function findLastReviewMeeting(reader: Reader, person: Person, from: Day, until: Day): Promise<ListedMeeting | null> {
  return (await findMeetings(reader, person, { body: reviewBody, from, until })).rows.find(({ outcome }) => outcome !== 'cancelled') ?? null
}

/** On the meeting's own page: the year whose list it decided, with how many are in and out. */
export async function aboutDecision(reader: Reader, _person: Person, meetingId: number): Promise<About[]> {
  const { rows } = await sql<{ year: number; within: number; out: number }>`
    select r.roc_year as year, (count(*) filter (where i.decision = 'in'))::int as within, (count(*) filter (where i.decision = 'out'))::int as out
    from meetings h join meeting_bodies b on b.id = h.body_id and b.code = ${reviewBody} join committee_meetings m on m.id = h.id join plan_cuts s on s.kind = 'cut' and s.meeting_on = m.held_on join plan_rounds r on r.id = s.round_id join plan_cut_items i on i.cut_id = s.id
    where h.id = ${meetingId} group by r.roc_year order by 1`.execute(reader)
  return rows.map(({ year, within, out }) => ({ key: '審定', text: `${year} 年度：納入 ${within} 件、未納入 ${out} 件`, href: decisionPath(year) }))
}
