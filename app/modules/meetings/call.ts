import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '../../core/act.ts'
import { setAgenda, itemsOf, type Wanted } from '../../core/committees/agenda.ts'
import { lockMeeting, requirePlanned } from '../../core/committees/lock.ts'
import { callFields, callMeeting, several, textLines } from '../../core/committees/plan.ts'
import type { Tx } from '../../core/db.ts'
import { optionalDay } from '../../core/day-fields.ts'
import { done, isRefusal, NotAllowed, refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { addDays, rocDay } from '../../core/time.ts'
import { findBody, findSeats, isInForce, mayCall } from './bodies.ts'
import { hearing } from './hearing.ts'
import { meetingKind } from './schema.ts'

const Agenda = { items: several, reports: textLines, discussions: textLines }
const words = ({ reports, discussions }: { reports: string[]; discussions: string[] }): Wanted[] => [...reports.map((subject) => ({ subject, section: 'report' })), ...discussions.map((subject) => ({ subject, section: 'discussion' }))]

/** Calls a meeting of a body: its units sit, its chair presides unless another name is given. */
export const callBody = act('meetings.call', z.object({ ...callFields, ...Agenda, body: z.string().max(40), units: z.preprocess((value) => (value === undefined || value === '' ? [] : [value].flat()), z.array(z.coerce.number().int())), proposalsDueOn: optionalDay('收件截止日看不懂，例如 110/4/1') }), async (tx, ctx, { body: code, units, items, reports, discussions, proposalsDueOn, ...input }) => {
  const body = await findBody(tx, code)
  if (!mayCall(ctx.person, body)) throw new NotAllowed('meetings.manage')
  if (body.caseKind !== meetingKind) return refusal('body.elsewhere', `${body.name}的會議在自己的作業裡排定`, { field: 'body' })
  if (!isInForce(body, input.on)) return refusal('body.ended', `${body.name}在 ${rocDay(input.on)} 不存在`, { field: 'on' })
  if (proposalsDueOn && proposalsDueOn > input.on) return refusal('meeting.proposals-due', '提案收件截止日晚於開會日', { field: 'proposalsDueOn' })
  const all = await findSeats(tx, { ...body, unitIds: [...body.unitIds, ...units] }, input.on)
  const called = await callMeeting(tx, ctx, { ...hearing, label: body.name }, {
    ...input, chair: input.chair || body.chair, unitId: body.ownerUnitId ?? ctx.person.posts[0]?.unitId ?? null,
    seats: all.filter(({ unitId }) => units.includes(unitId)),
    agenda: [...items.map((number) => ({ number })), ...words({ reports, discussions })],
  })
  if (isRefusal(called)) return called.code === 'meeting.no-items' ? { ...called, message: '請至少填一個議案或報告事項', field: 'reports' } : called
  await tx.insertInto('meetings').values({ id: called.value.id, body_id: body.id, proposals_due_on: proposalsDueOn ?? (body.proposalsDueDays === null ? null : addDays(input.on, -body.proposalsDueDays)), begun_at: null, live_item_id: null }).execute()
  await lateAsMotions(tx, called.value.id)
  return done({ number: called.value.number })
}, { permission: 'meetings.manage' })

/** Another agenda, in the order of the numbers typed beside each item; what is not kept is taken off. */
export const rearrange = act('meetings.rearrange', z.object({
  name: z.string().max(40), ...Agenda,
  /** id of the item → place */
  places: z.record(z.string(), z.coerce.number({ error: '順序請填數字' }).min(0).max(999)).default({}),
  keep: z.preprocess((value) => (value === undefined || value === '' ? [] : [value].flat()), z.array(z.coerce.number().int())),
}), async (tx, ctx, input) => {
  const meeting = await lockMeeting(tx, ctx, hearing, input.name)
  const no = requirePlanned(meeting)
  if (no) return no
  const kept = (await itemsOf(tx, meeting.id)).filter(({ id }) => input.keep.includes(id))
  const place = ({ id }: { id: number }, i: number) => input.places[id] ?? i + 1
  const sorted = kept.map((one, i) => ({ id: one.id, at: place(one, i) })).toSorted((a, b) => a.at - b.at)
  const items = await setAgenda(tx, ctx, hearing, meeting, [...sorted.map(({ id }): Wanted => ({ id })), ...input.items.map((number): Wanted => ({ number })), ...words(input)])
  if (isRefusal(items)) return items
  await lateAsMotions(tx, meeting.id)
  await record(tx, ctx, 'meeting.agenda-changed', { caseId: meeting.id, payload: { items: items.value } })
  return done()
}, { permission: 'meetings.manage' })

/** What was handed in after the last day for proposals is treated as 臨時動議. */
async function lateAsMotions(tx: Tx, meetingId: number): Promise<void> {
  await sql`update committee_items i set section = 'motion' from meeting_proposals p, meetings m where i.meeting_id = ${meetingId} and m.id = i.meeting_id and p.id = i.case_id and p.submitted_on > m.proposals_due_on and i.section <> 'motion'`.execute(tx)
}
