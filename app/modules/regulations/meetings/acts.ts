import { z } from 'zod'
import { act, type ActContext } from '../../../core/act.ts'
import { assignLead } from '../../../core/cases/assign.ts'
import { drawCaseNumber, newFollowNo } from '../../../core/cases/numbers.ts'
import type { Tx } from '../../../core/db.ts'
import { done, isRefusal, NotFound, refusal, type Refusal } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import { type Day, parseDay, rocDay } from '../../../core/time.ts'
import { type LockedProposal, lockForStaff } from '../lock.ts'
import { meetingKind, meetingPrefix } from '../schema.ts'
import type { StepId } from '../steps.ts'
import { refuseStep } from '../steps.ts'
import { perform } from '../take-step.ts'
import '../tables.ts'

export const decisions = { passed: '照案通過', 'passed-amended': '修正通過', again: '再審', returned: '退回' } as const
export type Decision = keyof typeof decisions
export const attendances = { present: '出席', deputy: '代理出席', absent: '請假', recused: '迴避' } as const

const lines = z.string().max(10_000).transform((text) => [...new Set(text.split('\n').map((line) => line.trim()).filter(Boolean))])

const Plan = z.object({
  on: z.string().trim().transform((text, check) => parseDay(text) ?? (check.addIssue({ code: 'custom', message: '請填開會日期，例如 110/4/1' }), '' as Day)),
  startsAt: z.string().trim().regex(/^([01]?\d|2[0-3]):[0-5]\d$/, '時間請寫成 09:30'),
  place: z.string().trim().min(1, '請填地點').max(100),
  chair: z.string().trim().min(1, '請填主席').max(50),
  members: lines.refine((all) => all.length > 0, '請填委員，一行一位').refine((all) => all.every((line) => line.length <= 50), '每一行最多 50 個字'),
  items: z.preprocess((value) => (value === undefined || value === '' ? [] : [value].flat()), z.array(z.string().max(40)).min(1, '請選擇要審查的法規案')),
})

/** 法規審查會議 with its agenda: a case of its own. Only proposals that are in review can be on it. */
export const planMeeting = act('regulations.plan-meeting', Plan, async (tx, ctx, input) => {
  const proposals: LockedProposal[] = []
  for (const number of input.items) {
    const { proposal } = await lockForStaff(tx, ctx, number, 'regulations.meetings')
    if (proposal.stage !== 'review') return refusal('meeting.not-in-review', `${number} 不在法制審查階段`, { field: 'items' })
    proposals.push(proposal)
  }
  const number = await drawCaseNumber(tx, meetingKind, meetingPrefix, ctx.today)
  const { id } = await tx
    .insertInto('cases')
    .values({ kind: meetingKind, follow_no: newFollowNo(), number, title: `${rocDay(input.on)} 法規審查會議`, stage: 'planned', unit_id: null, officer_id: null, township: null, received_at: ctx.now, registered_at: ctx.now, due_on: null, closed_at: null, outcome: null, merged_into: null, previous_id: null, import_id: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  await tx.insertInto('regulation_meetings').values({ id, held_on: input.on, starts_at: input.startsAt, place: input.place, chair: input.chair, record: '' }).execute()
  await tx.insertInto('regulation_meeting_items').values(proposals.map((proposal, position) => ({ meeting_id: id, case_id: proposal.id, position: position + 1, decision: null }))).execute()
  await tx.insertInto('regulation_meeting_members').values(input.members.map((name) => ({ meeting_id: id, name, duty: '委員', attendance: null }))).execute()
  await assignLead(tx, { caseId: id, unitId: ctx.person.posts[0]?.unitId ?? null, officerId: ctx.person.id, at: ctx.now, endedAs: 'reassigned' })
  await record(tx, ctx, 'regulation-meeting.planned', { caseId: id, toStage: 'planned', payload: { on: input.on, items: proposals.length } })
  await record(tx, ctx, 'regulation-meeting.registered', { caseId: id, payload: { number } })
  return done({ number })
}, { permission: 'regulations.meetings' })

const Held = z.object({
  name: z.string().max(40),
  record: z.string().trim().min(2, '請寫會議紀錄').max(100_000, '會議紀錄最多 100,000 個字'),
  /** by id of the member */
  attendance: z.record(z.string(), z.enum(Object.keys(attendances) as [keyof typeof attendances], { error: '請選擇每位委員的出席情形' })),
  /** by id of the agenda item */
  decisions: z.record(z.string(), z.enum(Object.keys(decisions) as [Decision, ...Decision[]], { error: '請選擇每一案的決議' })),
  notes: z.record(z.string(), z.string().max(2000)).default({}),
})

/** The record of a meeting that was held: who was there, what was decided of each item; the proposals go on accordingly. */
export const recordMeeting = act('regulations.record-meeting', Held, async (tx, ctx, input) => {
  const meeting = await lockMeeting(tx, input.name)
  if (meeting.stage !== 'planned') return refusal('meeting.closed', '這次會議已經結束')
  if (meeting.held_on > ctx.today) return refusal('meeting.future', '開會日期還沒有到')
  const members = await tx.selectFrom('regulation_meeting_members').select('id').where('meeting_id', '=', meeting.id).execute()
  if (members.some(({ id }) => !input.attendance[id])) return refusal('meeting.attendance', '請選擇每位委員的出席情形', { field: 'attendance' })
  if (!members.some(({ id }) => input.attendance[id] === 'present' || input.attendance[id] === 'deputy')) return refusal('meeting.nobody', '沒有人出席，請改登錄取消', { field: 'attendance' })
  for (const { id } of members) await tx.updateTable('regulation_meeting_members').set({ attendance: input.attendance[id]! }).where('id', '=', id).execute()
  const items = await tx.selectFrom('regulation_meeting_items').innerJoin('cases', 'cases.id', 'case_id').select(['regulation_meeting_items.id', 'cases.number']).where('meeting_id', '=', meeting.id).orderBy('position').execute()
  for (const item of items) {
    const decision = input.decisions[item.id]
    if (!decision) return refusal('meeting.decision', '請選擇每一案的決議', { field: `decision-${item.id}` })
    const note = input.notes[item.id]?.trim() ?? ''
    if (decision !== 'passed' && !note) return refusal('meeting.note', `${item.number}：不是照案通過，請寫決議內容`, { field: `note-${item.id}` })
    await tx.updateTable('regulation_meeting_items').set({ decision, note }).where('id', '=', item.id).execute()
    const no = await carryOut(tx, ctx, item.number!, decision, note, meeting)
    if (no) return no
  }
  await tx.updateTable('regulation_meetings').set({ record: input.record }).where('id', '=', meeting.id).execute()
  await close(tx, ctx, meeting, 'held')
  return done()
}, { permission: 'regulations.meetings' })

/** A proposal that passed goes on, one that was returned goes back; one to be looked at again stays in review. */
async function carryOut(tx: Tx, ctx: ActContext, number: string, decision: Decision, note: string, meeting: Meeting): Promise<Refusal | null> {
  if (decision === 'again') return null
  const { proposal } = await lockForStaff(tx, ctx as never, number, 'regulations.meetings')
  const step: StepId = decision === 'returned' ? 'review-returned' : 'review-passed'
  const no = refuseStep(step, proposal, meeting.held_on)
  if (no) return refusal(no.code, `${number}：${no.message}`)
  const stage = await perform(tx, ctx, step, proposal, { on: meeting.held_on, documentNo: meeting.number, note: note || decisions[decision], effectiveOn: null, until: null })
  return isRefusal(stage) ? stage : null
}

/** A meeting that does not take place; its items stay in review. */
export const cancelMeeting = act('regulations.cancel-meeting', z.object({ name: z.string().max(40), reason: z.string().trim().min(2, '請寫下取消的理由').max(1000) }), async (tx, ctx, input) => {
  const meeting = await lockMeeting(tx, input.name)
  if (meeting.stage !== 'planned') return refusal('meeting.closed', '這次會議已經結束')
  await tx.updateTable('regulation_meetings').set({ record: `取消：${input.reason}` }).where('id', '=', meeting.id).execute()
  await close(tx, ctx, meeting, 'cancelled')
  return done()
}, { permission: 'regulations.meetings' })

type Meeting = { id: number; number: string; stage: string; held_on: Day }

async function lockMeeting(tx: Tx, name: string): Promise<Meeting> {
  const meeting = await tx.selectFrom('cases').innerJoin('regulation_meetings', 'regulation_meetings.id', 'cases.id').select(['cases.id', 'number', 'stage', 'held_on']).where('number', '=', name).where('kind', '=', meetingKind).forUpdate('cases').executeTakeFirst()
  if (!meeting) throw new NotFound('找不到這次會議')
  return meeting as Meeting
}

async function close(tx: Tx, ctx: ActContext, meeting: Meeting, outcome: 'held' | 'cancelled'): Promise<void> {
  await tx.updateTable('cases').set({ stage: 'closed', closed_at: ctx.now, outcome }).where('id', '=', meeting.id).execute()
  await tx.updateTable('assignments').set({ until_at: ctx.now, ended_as: 'closed' }).where('case_id', '=', meeting.id).where('until_at', 'is', null).execute()
  await record(tx, ctx, `regulation-meeting.${outcome}`, { caseId: meeting.id, fromStage: 'planned', toStage: 'closed', payload: { outcome } })
}
