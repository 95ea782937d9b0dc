import { z } from 'zod'
import { act, type StaffContext } from '../act.ts'
import type { Tx } from '../db.ts'
import { done, isRefusal, NotFound, refusal, type Refusal, type Result } from '../errors.ts'
import { record } from '../events/record.ts'
import { answerOf } from '../procedure/answers.ts'
import type { Answers } from '../procedure/tables.ts'
import { toldAnswer } from '../procedure/told.ts'
import { type Day, parseDay } from '../time.ts'
import { rulesOf } from './committee.ts'
import { decisionLabels, type Hearing } from './hearing.ts'
import { closeMeeting, type LockedMeeting, lockMeeting, requirePlanned } from './lock.ts'
import { writeMinutes } from './minutes.ts'
import { findHeld, type HeldItem, type HeldMeeting } from './queries.ts'
import { type CommitteeRules, isThere, refuseDeputies, refuseOpenRecusal, refuseQuorum, refuseTally } from './rules.ts'
import { askers, attendances, type Attendance, votes } from './words.ts'
import './tables.ts'

const codes = <T extends object>(of: T) => Object.keys(of) as [keyof T & string, ...(keyof T & string)[]]
const count = z.preprocess((value) => (value === '' || value === undefined ? null : value), z.coerce.number({ error: '票數請填數字' }).int('票數請填整數').min(0, '票數不能是負的').max(999).nullable())
const byId = <T extends z.ZodType>(value: T) => z.record(z.string(), value).default({})

export const attendanceFields = { attendance: byId(z.enum(codes(attendances))), deputies: byId(z.string().trim().max(50)) }

const Held = z.object({
  name: z.string().max(40),
  endsAt: z.string().trim().regex(/^(([01]?\d|2[0-3]):[0-5]\d)?$/, '時間請寫成 11:30').default(''),
  remarks: z.string().trim().max(100_000, '最多 100,000 個字').default(''),
  /** by id of the attendance row */
  ...attendanceFields,
  /** by id of the agenda item */
  decisions: byId(z.string().max(40)),
  texts: byId(z.string().trim().max(10_000, '最多 10,000 個字')),
  /** by name of the question, then by id of the agenda item */
  answers: byId(byId(z.string().max(20_000, '最多 20,000 個字'))),
  for: byId(count), against: byId(count), abstain: byId(count),
  /** keep what is there so far, or end the meeting */
  next: z.enum(['keep', 'finish']).default('keep'),
})

/** Recording a meeting as one form while it runs, and ending it: then each decision takes effect. */
export function holdActs(hearing: Hearing) {
  return {
    recordMeeting: act(`${hearing.kind}.record`, Held, async (tx, ctx, input) => {
      const meeting = await lockMeeting(tx, ctx, hearing, input.name)
      const no = requirePlanned(meeting)
      if (no) return no
      if (meeting.heldOn > ctx.today) return refusal('meeting.future', '開會日期還沒有到')
      const before = await findHeld(tx, meeting.id)
      const unknown = before.items.find(({ id }) => input.decisions[id] && !hearing.decisions[input.decisions[id]!])
      if (unknown) return refusal('input.invalid', '請選擇決議', { field: `decision-${unknown.id}` })
      const answers = answersOf(hearing, before, input.answers)
      if (isRefusal(answers)) return answers
      await keep(tx, meeting, before, input, answers.value)
      if (input.next === 'keep') {
        await record(tx, ctx, `${hearing.kind}.recorded`, { caseId: meeting.id })
        return done()
      }
      return await finishMeeting(tx, ctx, hearing, meeting) ?? done()
    }, { permission: hearing.manage }),
  }
}

/** What is recorded of one item apart: who sits it out, votes by name; and the approval of the minutes. */
export function itemActs(hearing: Hearing) {
  return {
    /** Whether a member sits out one item; asked again, the answer is changed. */
    recuseMember: act(`${hearing.kind}.recuse`, z.object({
      name: z.string().max(40), item: z.coerce.number().int(), member: z.coerce.number({ error: '請選擇委員' }).int(),
      ground: z.enum(hearing.grounds as [string, ...string[]], { error: '請選擇事由' }), askedBy: z.enum(codes(askers), { error: '請選擇由誰提出' }),
      facts: z.string().trim().max(2000).default(''), granted: z.enum(['yes', 'no', 'open'], { error: '請選擇決定' }),
    }), async (tx, ctx, input) => {
      const { meeting, item } = await lockMeetingItem(tx, ctx, hearing, input.name, input.item)
      const no = requirePlanned(meeting)
      if (no) return no
      const member = await tx.selectFrom('committee_attendance').select(['id', 'seat']).where('meeting_id', '=', meeting.id).where('id', '=', input.member).executeTakeFirst()
      if (!member || member.seat === 'other') return refusal('input.invalid', '請選擇委員', { field: 'member' })
      if (input.askedBy !== 'self' && input.facts.length < 2) return refusal('recusal.facts', '請寫下申請的原因及事實', { field: 'facts', law: '行政程序法 §33 II' })
      const granted = input.granted === 'open' ? null : input.granted === 'yes'
      const values = { ground: input.ground, asked_by: input.askedBy, facts: input.facts, granted }
      await tx.insertInto('committee_recusals').values({ meeting_id: meeting.id, item_id: item.id, attendance_id: member.id, ...values }).onConflict((conflict) => conflict.columns(['item_id', 'attendance_id']).doUpdateSet(values)).execute()
      if (granted) await tx.updateTable('committee_ballots').set({ vote: null }).where('item_id', '=', item.id).where('attendance_id', '=', member.id).execute()
      await retally(tx, item.id)
      await record(tx, ctx, `${hearing.kind}.recusal-${granted === null ? 'asked' : granted ? 'granted' : 'refused'}`, { caseId: meeting.id, payload: { item: item.id, member: member.id, ground: input.ground } })
      return done()
    }, { permission: hearing.manage }),

    /** Votes by name, with the dissent that a member asked to have in the record (訴願法 §54 I); the counts follow from them. */
    recordBallots: act(`${hearing.kind}.vote`, z.object({ name: z.string().max(40), item: z.coerce.number().int(), votes: byId(z.enum(codes(votes))), dissents: byId(z.string().trim().max(5000)) }), async (tx, ctx, input) => {
      const { meeting, item } = await lockMeetingItem(tx, ctx, hearing, input.name, input.item)
      const no = requirePlanned(meeting)
      if (no) return no
      const held = await findHeld(tx, meeting.id)
      const recused = held.items.find(({ id }) => id === item.id)!.recusals.filter(({ granted }) => granted).map(({ memberId }) => memberId)
      for (const one of held.people.filter(({ seat }) => seat !== 'other')) {
        const [vote, dissent] = [input.votes[one.id] ?? null, input.dissents[one.id] ?? '']
        if ((vote || dissent) && recused.includes(one.id)) return refusal('ballot.recused', `${one.name} 迴避本案，不能表決`, { field: `vote-${one.id}` })
        await tx.insertInto('committee_ballots').values({ meeting_id: meeting.id, item_id: item.id, attendance_id: one.id, vote, dissent }).onConflict((conflict) => conflict.columns(['item_id', 'attendance_id']).doUpdateSet({ vote, dissent })).execute()
      }
      await retally(tx, item.id)
      await record(tx, ctx, `${hearing.kind}.voted`, { caseId: meeting.id, payload: { item: item.id } })
      return done()
    }, { permission: hearing.manage }),

    /** The minutes were read and agreed to, usually at the next meeting. */
    approveMinutes: act(`${hearing.kind}.approve-minutes`, z.object({
      name: z.string().max(40), on: z.string().trim().transform((text, check) => parseDay(text) ?? (check.addIssue({ code: 'custom', message: '請填確認的日期，例如 110/4/1' }), '' as Day)), note: z.string().trim().max(2000).default(''),
    }), async (tx, ctx, input) => {
      const meeting = await lockMeeting(tx, ctx, hearing, input.name)
      const { outcome, approved_on: approved } = await tx.selectFrom('cases').innerJoin('committee_meetings as m', 'm.id', 'cases.id').select(['outcome', 'approved_on']).where('cases.id', '=', meeting.id).executeTakeFirstOrThrow()
      if (outcome !== 'held') return refusal('meeting.not-held', '會議結束後才有紀錄可以確認')
      if (approved) return refusal('meeting.approved', '紀錄已經確認')
      if (input.on < meeting.heldOn || input.on > ctx.today) return refusal('meeting.approval-day', '確認的日期不能早於開會日或晚於今天', { field: 'on' })
      await approveMinutes(tx, ctx, hearing, meeting.id, input.on, input.note)
      return done()
    }, { permission: hearing.manage }),
  }
}

/** Minutes of a held meeting are approved, in the transaction of whoever found that they may be. */
export async function approveMinutes(tx: Tx, ctx: StaffContext, hearing: Hearing, meetingId: number, on: Day, note: string): Promise<void> {
  await tx.updateTable('committee_meetings').set({ approved_on: on, approval_note: note }).where('id', '=', meetingId).execute()
  await record(tx, ctx, `${hearing.kind}.minutes-approved`, { caseId: meetingId, payload: { on } })
}

export async function lockMeetingItem(tx: Tx, ctx: StaffContext, hearing: Hearing, name: string, itemId: number): Promise<{ meeting: LockedMeeting; item: { id: number } }> {
  const meeting = await lockMeeting(tx, ctx, hearing, name)
  const item = await tx.selectFrom('committee_items').select('id').where('meeting_id', '=', meeting.id).where('id', '=', itemId).executeTakeFirst()
  if (!item) throw new NotFound('找不到這個議案')
  return { meeting, item }
}

async function keep(tx: Tx, meeting: LockedMeeting, before: HeldMeeting, input: z.output<typeof Held>, answers: Map<number, Answers>): Promise<void> {
  await tx.updateTable('committee_meetings').set({ ends_at: input.endsAt || null, remarks: input.remarks }).where('id', '=', meeting.id).execute()
  await keepAttendance(tx, before, input)
  for (const item of before.items) {
    const counts = [input.for[item.id] ?? null, input.against[item.id] ?? null, input.abstain[item.id] ?? null] as const
    const tally = item.ballots.some(({ vote }) => vote) || counts.every((one) => one === null) ? {} : { votes_for: counts[0] ?? 0, votes_against: counts[1] ?? 0, votes_abstain: counts[2] ?? 0 }
    const cleared = item.ballots.some(({ vote }) => vote) || Object.keys(tally).length ? {} : { votes_for: null, votes_against: null, votes_abstain: null }
    await tx.updateTable('committee_items').set({ decision: input.decisions[item.id] || null, decision_text: input.texts[item.id] ?? '', answers: JSON.stringify(answers.get(item.id) ?? {}) as never, ...tally, ...cleared }).where('id', '=', item.id).execute()
  }
}

/** What was asked of each case, read as each question wants it; what is left out can still be given before the meeting ends. */
function answersOf(hearing: Hearing, before: HeldMeeting, given: Record<string, Record<string, string>>): Result<Map<number, Answers>> {
  const all = new Map<number, Answers>()
  for (const { id } of before.items.filter(({ caseId }) => caseId !== null)) {
    const answers: Answers = {}
    for (const ask of hearing.asks ?? []) {
      const read = answerOf({ ...ask, required: false }).safeParse(given[ask.name]?.[id])
      if (!read.success) return refusal('input.invalid', read.error.issues[0]!.message, { field: `${ask.name}-${id}` })
      answers[ask.name] = read.data
    }
    all.set(id, answers)
  }
  return done(all)
}

/** Who is there, of everybody who was asked. */
export async function keepAttendance(tx: Tx, before: HeldMeeting, input: { attendance: Record<string, Attendance>; deputies: Record<string, string> }): Promise<void> {
  for (const one of before.people) {
    const attendance: Attendance | null = input.attendance[one.id] ?? null
    await tx.updateTable('committee_attendance').set({ attendance, deputy: attendance === 'deputy' ? (input.deputies[one.id] ?? '') : '' }).where('id', '=', one.id).execute()
  }
}

/** Counts of the votes by name; none cast leaves counts that were typed. */
async function retally(tx: Tx, itemId: number): Promise<void> {
  const cast = await tx.selectFrom('committee_ballots').select('vote').where('item_id', '=', itemId).where('vote', 'is not', null).execute()
  if (!cast.length) return
  const number = (vote: string) => cast.filter((one) => one.vote === vote).length
  await tx.updateTable('committee_items').set({ votes_for: number('for'), votes_against: number('against'), votes_abstain: number('abstain') }).where('id', '=', itemId).execute()
}

/** Judges quorum and votes of each item, writes the minutes, lets each decision take effect, closes the meeting. */
export async function finishMeeting(tx: Tx, ctx: StaffContext, hearing: Hearing, meeting: LockedMeeting): Promise<Refusal | null> {
  const [held, rules] = [await findHeld(tx, meeting.id), await rulesOf(tx, meeting.committeeId)]
  const silent = held.people.find((one) => one.seat !== 'other' && one.attendance === null)
  if (silent) return refusal('meeting.attendance', `請選擇 ${silent.name} 的出席情形`, { field: `attendance-${silent.id}` })
  if (held.endsAt && held.endsAt <= held.startsAt) return refusal('meeting.ends', `散會時間要在開會時間 ${held.startsAt} 之後`, { field: 'endsAt' })
  if (!held.people.some(isThere)) return refusal('meeting.nobody', '沒有人出席，請改登錄取消')
  const sent = refuseDeputies(rules, held.people)
  if (sent) return sent
  for (const item of held.items) {
    const no = refuseItem(hearing, rules, held, item)
    if (no) return { ...no, message: item.number ? `${item.number}：${no.message}` : no.message }
  }
  await tx.updateTable('committee_meetings').set({ minutes: writeMinutes({ ...held, items: held.items.map((item) => ({ ...item, told: (hearing.asks ?? []).flatMap((ask) => toldAnswer(ask, undefined as never, item.answers[ask.name])) })) }, decisionLabels(hearing), await hearing.minutes?.(tx, meeting.id)) }).where('id', '=', meeting.id).execute()
  for (const item of held.items) {
    if (item.caseId === null) continue
    const no = await hearing.carryOut(tx, ctx, { id: item.id, caseId: item.caseId, number: item.number!, decision: item.decision!, text: item.text, answers: item.answers, meeting })
    if (no) return { ...no, message: `${item.number}：${no.message}` }
  }
  const no = await hearing.afterItems?.(tx, ctx, meeting)
  if (no) return no
  await closeMeeting(tx, ctx, hearing, meeting, 'held')
  return null
}

/** Why the meeting cannot end with this item as it is: no decision, no quorum, not enough votes. */
function refuseItem(hearing: Hearing, rules: CommitteeRules, held: HeldMeeting, item: HeldItem): Refusal | null {
  const recused = item.recusals.filter(({ granted }) => granted).map(({ memberId }) => memberId)
  const kind = item.decision === null ? undefined : hearing.decisions[item.decision]
  if (!kind) return refusal('meeting.decision', '請選擇決議', { field: `decision-${item.id}` })
  if (kind.needsText && !item.text) return refusal('meeting.note', '請寫決議內容', { field: `text-${item.id}` })
  const unasked = item.caseId === null ? undefined : hearing.asks?.find((ask) => ask.required !== false && ask.kind !== 'yes' && (item.answers[ask.name] ?? null) === null)
  if (unasked) return refusal('meeting.asked', `請填${unasked.label}`, { field: `${unasked.name}-${item.id}` })
  return refuseOpenRecusal(item.recusals) ?? refuseQuorum(rules, held.people, recused) ?? refuseTally(rules, held.people, recused, item.tally)
}
