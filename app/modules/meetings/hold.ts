import { z } from 'zod'
import { act } from '../../core/act.ts'
import { attendanceFields, finishMeeting, keepAttendance, lockMeetingItem } from '../../core/committees/hold.ts'
import { lockMeeting, requirePlanned } from '../../core/committees/lock.ts'
import { findHeld } from '../../core/committees/queries.ts'
import { done, refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { refuseLostSentence } from '../directives/index.ts'
import { hearing } from './hearing.ts'
import { decisions, decisionsFor } from './schema.ts'

const name = z.string().max(40)
const item = z.coerce.number().int()

/** The meeting begins, or goes on: who is there. May be kept again until the end. */
export const keepWhoIsThere = act('meetings.attendance', z.object({ name, ...attendanceFields }), async (tx, ctx, input) => {
  const meeting = await lockMeeting(tx, ctx, hearing, input.name)
  const no = requirePlanned(meeting)
  if (no) return no
  if (meeting.heldOn > ctx.today) return refusal('meeting.future', '開會日期還沒有到')
  await keepAttendance(tx, await findHeld(tx, meeting.id), input)
  await tx.updateTable('meetings').set(({ fn, val }) => ({ begun_at: fn.coalesce('begun_at', val(ctx.now)) })).where('id', '=', meeting.id).execute()
  await record(tx, ctx, 'meeting.attendance-kept', { caseId: meeting.id })
  return done()
}, { permission: 'meetings.manage' })

/** Which item is treated now: what readers of the live page see. */
export const treatItem = act('meetings.treat', z.object({ name, item }), async (tx, ctx, input) => {
  const { meeting, item: { id } } = await lockMeetingItem(tx, ctx, hearing, input.name, input.item)
  const no = requirePlanned(meeting)
  if (no) return no
  if (meeting.heldOn > ctx.today) return refusal('meeting.future', '開會日期還沒有到')
  await tx.updateTable('meetings').set(({ fn, val }) => ({ live_item_id: id, begun_at: fn.coalesce('begun_at', val(ctx.now)) })).where('id', '=', meeting.id).execute()
  await record(tx, ctx, 'meeting.item-treated', { caseId: meeting.id, payload: { item: id } })
  return done()
}, { permission: 'meetings.manage' })

const count = z.preprocess((value) => (value === '' || value === undefined ? null : value), z.coerce.number({ error: '票數請填數字' }).int('票數請填整數').min(0, '票數不能是負的').max(999).nullable())

/** What was decided of one item, as it is decided; it takes effect when the meeting ends, and may be put right until then. */
export const decideItem = act('meetings.decide', z.object({ name, item, decision: z.string().max(40).default(''), text: z.string().trim().max(10_000, '最多 10,000 個字').default(''), for: count, against: count, abstain: count }), async (tx, ctx, input) => {
  const { meeting, item: { id } } = await lockMeetingItem(tx, ctx, hearing, input.name, input.item)
  const no = requirePlanned(meeting)
  if (no) return no
  if (meeting.heldOn > ctx.today) return refusal('meeting.future', '開會日期還沒有到')
  const of = await tx.selectFrom('committee_items as i').leftJoin('cases as c', 'c.id', 'i.case_id').select(['i.section', 'c.kind']).where('i.id', '=', id).executeTakeFirstOrThrow()
  const decision = input.decision === '' ? null : decisionsFor(of.kind, of.section).find((one) => one === input.decision)
  if (decision === undefined) return refusal('input.invalid', '請選擇決議', { field: `decision-${id}` })
  if (decision && 'needsText' in decisions[decision] && !input.text) return refusal('meeting.note', '請寫決議內容', { field: `text-${id}` })
  const counts = [input.for, input.against, input.abstain]
  const tally = counts.every((one) => one === null) ? { votes_for: null, votes_against: null, votes_abstain: null } : { votes_for: input.for ?? 0, votes_against: input.against ?? 0, votes_abstain: input.abstain ?? 0 }
  const byName = await tx.selectFrom('committee_ballots').select('id').where('item_id', '=', id).where('vote', 'is not', null).executeTakeFirst()
  await tx.updateTable('committee_items').set({ decision, decision_text: input.text, decided_at: decision ? ctx.now : null, ...(byName ? {} : tally) }).where('id', '=', id).execute()
  const lost = await refuseLostSentence(tx, meeting.number)
  if (lost) return { ...lost, field: `text-${id}` }
  await tx.updateTable('meetings').set(({ fn, val }) => ({ live_item_id: id, begun_at: fn.coalesce('begun_at', val(ctx.now)) })).where('id', '=', meeting.id).execute()
  await record(tx, ctx, decision ? 'meeting.item-decided' : 'meeting.item-reopened', { caseId: meeting.id, payload: { item: id, decision } })
  return done()
}, { permission: 'meetings.manage' })

/** The meeting ends: every decision takes effect, the minutes are written. */
export const endMeeting = act('meetings.end', z.object({ name, endsAt: z.string().trim().regex(/^(([01]?\d|2[0-3]):[0-5]\d)?$/, '時間請寫成 11:30').default(''), remarks: z.string().trim().max(100_000, '最多 100,000 個字').default('') }), async (tx, ctx, input) => {
  const meeting = await lockMeeting(tx, ctx, hearing, input.name)
  const no = requirePlanned(meeting)
  if (no) return no
  if (meeting.heldOn > ctx.today) return refusal('meeting.future', '開會日期還沒有到')
  const kept = await tx.selectFrom('committee_attendance').select('id').where('meeting_id', '=', meeting.id).where('attendance', 'is not', null).limit(1).executeTakeFirst()
  if (!kept) return refusal('meeting.attendance', '還沒有登錄出席，請先按「登錄出席」', { field: 'attendance' })
  await tx.updateTable('committee_meetings').set({ ends_at: input.endsAt || null, remarks: input.remarks }).where('id', '=', meeting.id).execute()
  await tx.updateTable('meetings').set({ live_item_id: null }).where('id', '=', meeting.id).execute()
  return (await finishMeeting(tx, ctx, hearing, meeting)) ?? done()
}, { permission: 'meetings.manage' })
