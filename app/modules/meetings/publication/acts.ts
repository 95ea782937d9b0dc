import { z } from 'zod'
import { act } from '../../../core/act.ts'
import { lockMeeting } from '../../../core/committees/lock.ts'
import { done, refusal, type Refusal } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import type { Reader } from '../../../core/db.ts'
import { mask, officePlaces, refuseUnmasked } from '../../../core/masking/index.ts'
import type { Day } from '../../../core/time.ts'
import { hearing } from '../hearing.ts'
import type { Publication } from '../schema.ts'
import '../tables.ts'

type State = { outcome: string | null; approvedOn: Day | null; publication: Publication; published: boolean }

/** Whether minutes may go out, and with what said: those of a body whose minutes are public once they are confirmed; of an internal one only with a reason. */
export function refusePublication({ outcome, approvedOn, publication, published }: State, reason: string): Refusal | null {
  if (outcome !== 'held') return refusal('publication.not-held', '會議結束後才有紀錄可以公開')
  if (!approvedOn) return refusal('publication.not-approved', '紀錄確認後才公開')
  if (published) return refusal('publication.published', '紀錄已經公開')
  if (publication === 'internal' && reason.length < 4) return refusal('publication.reason', '這個會議的紀錄是內部文件，請寫下核定公開的理由', { field: 'reason', law: '政府資訊公開法 §7 I ⑩' })
  return null
}

/** The minutes as they are published: what must not be seen is masked in the text first, which is what stays. */
export const publishMinutes = act('meetings.publish', z.object({ name: z.string().max(40), text: z.string().transform((text) => text.replaceAll('\r\n', '\n').trim()).pipe(z.string().min(1, '請確認公開的文字').max(200_000)), reason: z.string().trim().max(1000).default(''), ownPlaces: z.literal('yes').optional() }), async (tx, ctx, input) => {
  const meeting = await lockMeeting(tx, ctx, hearing, input.name)
  const row = await tx.selectFrom('meetings as h').innerJoin('meeting_bodies as b', 'b.id', 'h.body_id').innerJoin('committee_meetings as m', 'm.id', 'h.id').innerJoin('cases as c', 'c.id', 'h.id').leftJoin('meeting_publications as p', 'p.meeting_id', 'h.id')
    .select(['c.outcome', 'm.approved_on as approvedOn', 'm.chair', 'b.publication', 'b.publication_basis as basis', 'b.name as body', 'b.code', 'p.id as before', 'p.withdrawn_at as withdrawnAt']).where('h.id', '=', meeting.id).executeTakeFirstOrThrow()
  const no = refusePublication({ outcome: row.outcome, approvedOn: row.approvedOn, publication: row.publication, published: row.before !== null && row.withdrawnAt === null }, input.reason) ?? refuseUnmasked(mask(input.text), { field: 'text', what: '公開的文字', office: officePlaces, own: input.ownPlaces === 'yes' })
  if (no) return no
  const values = { text: input.text, reason: input.reason || row.basis || '依本縣會議紀錄公開政策', person_id: ctx.person.id, published_at: ctx.now, withdrawn_at: null, withdrawn_reason: null }
  if (row.before !== null) await tx.updateTable('meeting_publications').set(values).where('id', '=', row.before).execute()
  else await tx.insertInto('meeting_publications').values({ meeting_id: meeting.id, number: meeting.number, body: row.body, body_code: row.code, title: meeting.title, held_on: meeting.heldOn, chair: row.chair, ...values }).execute()
  await record(tx, ctx, 'meeting.minutes-published', { caseId: meeting.id })
  return done()
}, { stepUp: true })

export const withdrawMinutes = act('meetings.withdraw-minutes', z.object({ name: z.string().max(40), reason: z.string().trim().min(4, '請寫下下架的理由').max(1000) }), async (tx, ctx, input) => {
  const meeting = await lockMeeting(tx, ctx, hearing, input.name)
  const before = await tx.selectFrom('meeting_publications').select('id').where('meeting_id', '=', meeting.id).where('withdrawn_at', 'is', null).executeTakeFirst()
  if (!before) return refusal('publication.none', '紀錄沒有公開')
  await tx.updateTable('meeting_publications').set({ withdrawn_at: ctx.now, withdrawn_reason: input.reason }).where('id', '=', before.id).execute()
  await record(tx, ctx, 'meeting.minutes-withdrawn', { caseId: meeting.id })
  return done()
}, { permission: 'meetings.publish', stepUp: true })

export type Published = { reason: string; publishedAt: Date; withdrawnAt: Date | null; withdrawnReason: string | null; by: string | null }

export async function findPublication(reader: Reader, meetingId: number): Promise<Published | null> {
  return (await reader.selectFrom('meeting_publications as p').leftJoin('people as w', 'w.id', 'p.person_id').select(['p.reason', 'p.published_at as publishedAt', 'p.withdrawn_at as withdrawnAt', 'p.withdrawn_reason as withdrawnReason', 'w.name as by']).where('p.meeting_id', '=', meetingId).executeTakeFirst()) ?? null
}
