import { sql } from 'kysely'
import type { Reader } from '../../core/db.ts'
import { holds, type Person } from '../../core/identity/permissions.ts'
import type { Day } from '../../core/time.ts'
import type { Signed } from './decision-set.ts'
import { visibleTo } from './proposal.ts'
import type { Outcome, PinDecision, ReviewRole } from './schema.ts'

export type Review = { role: ReviewRole; by: string | null; points: Record<string, number>; score: number; advisedTwd: number | null; comment: string; reviewedAt: string }
export type Pin = { decision: PinDecision; reason: string; by: string | null; pinnedAt: string }
export type DecisionOf = { setId: number; kind: 'cut' | 'later'; meeting: string; meetingOn: Day; position: number; score: number | null; twd: number; computed: PinDecision; decision: PinDecision; reason: string }

/** What was said and decided of proposals: reviews, the pin that holds, decisions in the order they were made. By the id of the case. */
export async function findVerdicts(reader: Reader, ids: readonly number[]): Promise<Map<number, { reviews: Review[]; pin: Pin | null; decisions: DecisionOf[] }>> {
  const { rows } = await sql<{ id: number; reviews: Review[]; pin: Pin | null; decisions: DecisionOf[] }>`
    select p.id,
      coalesce((select jsonb_agg(jsonb_build_object('role', r.role, 'by', w.name, 'points', r.points, 'score', r.score, 'advisedTwd', r.advised_twd, 'comment', r.comment, 'reviewedAt', r.reviewed_at) order by array_position(array['budget', 'research', 'finance', 'business', 'expert'], r.role))
        from plan_reviews r left join people w on w.id = r.person_id where r.case_id = p.id), '[]') as reviews,
      (select jsonb_build_object('decision', k.decision, 'reason', k.reason, 'by', w.name, 'pinnedAt', k.pinned_at) from plan_pins k left join people w on w.id = k.person_id where k.case_id = p.id) as pin,
      coalesce((select jsonb_agg(jsonb_build_object('setId', s.id, 'kind', s.kind, 'meeting', s.meeting, 'meetingOn', s.meeting_on, 'position', i.position, 'score', i.score, 'twd', i.twd, 'computed', i.computed, 'decision', i.decision, 'reason', i.reason) order by s.id)
        from plan_cut_items i join plan_cuts s on s.id = i.cut_id where i.case_id = p.id), '[]') as decisions
    from plan_proposals p where p.id = any(${ids}::bigint[])`.execute(reader)
  return new Map(rows.map(({ id, ...rest }) => [id, rest]))
}

export type Reviewer = { id: number; name: string; unit: string | null; role: ReviewRole; reviewed: number }

/** Reviewers of a round who are named now, with how many of its proposals their part has reviewed. */
export async function findReviewers(reader: Reader, roundId: number): Promise<Reviewer[]> {
  const { rows } = await sql<Reviewer>`
    select w.id, o.name, (select u.name from posts t join units u on u.id = t.unit_id where t.person_id = o.id order by t.id desc limit 1) as unit, w.role,
      (select count(*)::int from plan_reviews r join plan_proposals p on p.id = r.case_id where p.round_id = ${roundId} and r.person_id = w.person_id) as reviewed
    from plan_reviewers w join people o on o.id = w.person_id where w.round_id = ${roundId} and w.ended_at is null order by array_position(array['budget', 'research', 'finance', 'business', 'expert'], w.role), w.id`.execute(reader)
  return rows
}

/** In which part somebody reviews a round, or null. */
export async function findRole(reader: Reader, roundId: number, personId: number): Promise<ReviewRole | null> {
  return (await sql<{ role: ReviewRole }>`select role from plan_reviewers where round_id = ${roundId} and person_id = ${personId} and ended_at is null`.execute(reader)).rows[0]?.role ?? null
}

/** Whether somebody looks over a round whole: the section, heads, and whoever reviews it. Others see their own of what was decided. */
export const seesWhole = async (reader: Reader, person: Person, roundId: number): Promise<boolean> => holds(person, 'annual-plans.cut') || (await findRole(reader, roundId, person.id)) !== null

export type SetFile = Signed & { id: number; kind: 'cut' | 'later'; ceilingTwd: number | null; meeting: string; meetingOn: Day; decidedAt: Date; by: string | null }
export type DecidedItem = { setId: number; number: string; title: string; unit: string | null; position: number; score: number | null; askedTwd: number; twd: number; computed: PinDecision; decision: PinDecision; reason: string; outcome: Outcome; project: string | null }

/** Every signed set of a round, the accepted cut first. */
export async function findSets(reader: Reader, roundId: number): Promise<SetFile[]> {
  return (await sql<SetFile>`
    select s.id, s.kind, s.ceiling_twd as "ceilingTwd", s.meeting, s.meeting_on as "meetingOn", s.decided_at as "decidedAt", w.name as by, s.body, s.sha256, s.signature, s.vkey
    from plan_cuts s left join people w on w.id = s.person_id where s.round_id = ${roundId} order by s.id`.execute(reader)).rows
}

/** What the signed sets of a round hold; with a person, of what they may see. */
export async function findDecided(reader: Reader, roundId: number, person: Person | null = null): Promise<DecidedItem[]> {
  return (await sql<DecidedItem>`
    select i.cut_id as "setId", c.number, c.title, u.name as unit, i.position, i.score, p.asked_twd as "askedTwd", i.twd, i.computed, i.decision, i.reason, c.outcome, j.number as project
    from plan_cuts s join plan_cut_items i on i.cut_id = s.id join cases c on c.id = i.case_id join plan_proposals p on p.id = c.id left join units u on u.id = c.unit_id
    left join plan_projects l on l.case_id = c.id left join cases j on j.id = l.project_id where s.round_id = ${roundId} and ${person ? visibleTo(person) : sql`true`} order by i.cut_id, i.position`.execute(reader)).rows
}
