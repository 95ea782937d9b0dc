import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '../../core/act.ts'
import type { Reader, Tx } from '../../core/db.ts'
import { done, refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import type { Person } from '../../core/identity/permissions.ts'
import { type Day, rocDay } from '../../core/time.ts'
import { type About, meetingVisibleTo } from '../meetings/index.ts'
import { manage, name } from './acts.ts'
import { editionPath, programmePath } from './paths.ts'
import { findProgrammeState, visibleTo } from './programme.ts'
import { type ReviewStep, reviewSteps } from './schema.ts'
import './tables.ts'

export type Review = { step: ReviewStep; meeting: string; heldOn: Day; outcome: string | null; begun: boolean; approvedOn: Day | null; edition: number | null; label: string | null; /** what the step recorded, once it was taken for this meeting's day */ result: string | null }

/** The review meetings of a programme that this person may see, the latest first. */
export async function findReviews(reader: Reader, person: Person, caseId: number): Promise<Review[]> {
  return (await sql<Review>`
    select r.step, c.number as meeting, m.held_on as "heldOn", c.outcome, h.begun_at is not null as begun, m.approved_on as "approvedOn", r.edition, e.label,
      (select s.answers ->> 'result' from case_steps s where s.case_id = r.case_id and s.step = r.step and s.answers ->> 'meeting' = c.number order by s.id desc limit 1) as result
    from programme_reviews r join cases c on c.id = r.meeting_id join committee_meetings m on m.id = c.id join meetings h on h.id = c.id left join programme_editions e on e.case_id = r.case_id and e.edition = r.edition
    where r.case_id = ${caseId} and ${meetingVisibleTo(person)} order by m.held_on desc, c.id desc`.execute(reader)).rows
}

/** Says which meeting reviews which report, and of which edition; said again, it is put right. */
export async function linkMeeting(tx: Tx, caseId: number, link: { step: ReviewStep; meeting: string; edition: number | null }): Promise<void> {
  const { id } = await tx.selectFrom('cases').select('id').where('number', '=', link.meeting).executeTakeFirstOrThrow()
  const row = { case_id: caseId, step: link.step, edition: link.edition }
  await tx.insertInto('programme_reviews').values({ ...row, meeting_id: id }).onConflict((conflict) => conflict.column('meeting_id').doUpdateSet(row)).execute()
}

const optionalNumber = z.preprocess((value) => (value === '' || value === undefined ? null : value), z.coerce.number().int().nullable())
const Link = z.object({ name, meeting: z.string({ error: '請選擇會議' }).min(1, '請選擇會議').max(40), step: z.enum(['initial-review', 'interim-review', 'final-review', 'none'], { error: '請選擇審查哪一次報告' }), edition: optionalNumber })

/** Names the meeting that will review a report, or takes that back (`none`). Once the review is recorded for it, only the edition can still be put right. */
export const nameMeeting = act('programme.name-meeting', Link, async (tx, ctx, input) => {
  const state = await findProgrammeState(tx, ctx.person, input.name, true)
  const meeting = state.meetings.find(({ number }) => number === input.meeting)
  if (!meeting) return refusal('review.meeting', '請從清單選擇會議；已經審查其他期別的會議不能再選', { field: 'meeting' })
  if (input.edition !== null && !state.editions.some(({ edition }) => edition === input.edition)) return refusal('review.edition', '找不到這個版本', { field: 'edition' })
  const recorded = await tx.selectFrom('case_steps').select('step').where('case_id', '=', state.id).where(sql<boolean>`answers ->> 'meeting' = ${input.meeting}`).executeTakeFirst()
  if (recorded && recorded.step !== input.step) return refusal('review.recorded', `這次會議的「${reviewSteps[recorded.step as ReviewStep]}」已經登錄，不能改成別的`, { field: 'step' })
  if (input.step === 'none') {
    if (!meeting.step) return refusal('review.none', '這次會議還沒有指定', { field: 'step' })
    await sql`delete from programme_reviews r using cases c where c.id = r.meeting_id and c.number = ${input.meeting} and r.case_id = ${state.id}`.execute(tx)
  } else await linkMeeting(tx, state.id, { step: input.step, meeting: input.meeting, edition: input.edition })
  await record(tx, ctx, 'programme.meeting-named', { caseId: state.id, payload: { meeting: input.meeting, step: input.step, edition: input.edition } })
  return done({ text: input.step === 'none' ? '已解除' : `${rocDay(meeting.heldOn)} 的會議審查${reviewSteps[input.step]}` })
}, manage)

/** On the meeting's own page: which term's which report it reviews, and which edition lay before it. */
export async function aboutReview(reader: Reader, person: Person, meetingId: number): Promise<About[]> {
  const { rows } = await sql<{ number: string; term: number; from: number; to: number; step: ReviewStep; edition: number | null; label: string | null }>`
    select c.number, p.term, p.from_year as "from", p.to_year as "to", r.step, r.edition, e.label from programme_reviews r join cases c on c.id = r.case_id join programmes p on p.id = c.id
      left join programme_editions e on e.case_id = r.case_id and e.edition = r.edition where r.meeting_id = ${meetingId} and ${visibleTo(person)}`.execute(reader)
  return rows.flatMap(({ number, term, from, to, step, edition, label }) => [
    { key: '審查', text: `第 ${term} 期（${from}–${to} 年）方案${reviewSteps[step]}`, href: programmePath(number) },
    ...(edition === null ? [] : [{ key: '審查的版本', text: `第 ${edition} 版　${label}`, href: editionPath(number, edition) }]),
  ])
}
