import { z } from 'zod'
import { act, type StaffContext } from '../act.ts'
import { assignLead } from '../cases/assign.ts'
import { drawCaseNumber } from '../cases/numbers.ts'
import { insertCase } from '../cases/open.ts'
import type { Tx } from '../db.ts'
import { done, isRefusal, refusal, type Result } from '../errors.ts'
import { record } from '../events/record.ts'
import { type Day, parseDay, rocDay } from '../time.ts'
import { itemsOf, setAgenda, type Wanted } from './agenda.ts'
import { ensureCommittee, findCommittee, seatedOn } from './committee.ts'
import type { Called, Hearing } from './hearing.ts'
import { inviteByMailAct, markSent } from './invite.ts'
import { lockMeeting, requirePlanned } from './lock.ts'
import { cancelMeetingAct, moveMeetingAct } from './move.ts'
import { refuseComposition } from './rules.ts'
import { modes } from './words.ts'
import './tables.ts'

export const textLines = z.string().max(10_000).default('').transform((text) => [...new Set(text.split('\n').map((line) => line.trim()).filter(Boolean))]).refine((all) => all.every((line) => line.length <= 200), '每一行最多 200 個字')
export const several = z.preprocess((value) => (value === undefined || value === '' ? [] : [value].flat()), z.array(z.string().max(40)))
const clock = z.string().trim().regex(/^([01]?\d|2[0-3]):[0-5]\d$/, '時間請寫成 09:30')
const heldOn = z.string().trim().transform((text, check) => parseDay(text) ?? (check.addIssue({ code: 'custom', message: '請填開會日期，例如 110/4/1' }), '' as Day))

const Agenda = { items: several, others: textLines }
/** When, where, who presides, who comes: what every call of a meeting asks. */
export const callFields = {
  on: heldOn, startsAt: clock,
  place: z.string().trim().min(1, '請填地點').max(100),
  mode: z.enum(Object.keys(modes) as [keyof typeof modes]).default('on-site'),
  chair: z.string().trim().max(50).default(''),
  sitting: z.preprocess((value) => (value === '' ? undefined : value), z.coerce.number().int().min(1).max(9999).optional()),
  /** who comes besides the members; where there is no committee, who comes at all */
  people: textLines,
}
const Plan = z.object({ ...callFields, ...Agenda })
export type Call = Omit<z.output<typeof Plan>, 'items' | 'others'> & {
  /** who sits for which unit, where a meeting is made up of units */
  seats?: readonly { unitId: number; name: string; title: string }[]
  /** the unit that calls it; left out: the caller's */
  unitId?: number | null
  /** whose meeting it is; left out: the caller's */
  officerId?: number | null
  agenda: readonly Wanted[]
}

/** Calls a meeting: a case of its own with people and agenda. Inside an act that has checked who may. */
export async function callMeeting(tx: Tx, ctx: StaffContext, hearing: Called, input: Call): Promise<Result<{ id: number; number: string }>> {
  const committee = await findCommittee(tx, hearing)
  const members = committee ? seatedOn(committee.members, input.on) : []
  const seats = input.seats ?? []
  if (committee && !members.length) return refusal('meeting.no-members', `${committee.name}在 ${rocDay(input.on)} 沒有委員，請先登錄委員`, { field: 'on' })
  if (!committee && !input.people.length && !seats.length) return refusal('meeting.no-people', '請填出席人員，一行一位', { field: 'people' })
  const wrong = committee && refuseComposition(committee.rules, members)
  if (wrong) return wrong
  const chair = input.chair || (members.find(({ seat }) => seat === 'chair')?.name ?? '')
  if (!chair) return refusal('meeting.chair', '請填主席', { field: 'chair' })

  const number = await drawCaseNumber(tx, hearing.kind, hearing.prefix, ctx.today)
  const id = await insertCase(tx, { kind: hearing.kind, number, title: `${rocDay(input.on)} ${hearing.label}`, stage: 'planned', receivedAt: ctx.now, registeredAt: ctx.now })
  await tx
    .insertInto('committee_meetings')
    .values({ id, committee_id: hearing.committee && members.length ? (await ensureCommittee(tx, hearing.committee)).id : null, sitting: input.sitting ?? null, held_on: input.on, starts_at: input.startsAt, ends_at: null, place: input.place, mode: input.mode, chair, invited_on: null, approved_on: null })
    .execute()
  const people = [
    ...members.map((one) => ({ member_id: one.id, unit_id: null, name: one.name, title: one.title, seat: one.seat, outside: one.outside })),
    ...seats.map((one) => ({ member_id: null, unit_id: one.unitId, name: one.name, title: one.title, seat: 'member' as const, outside: false })),
    ...input.people.map((line) => ({ member_id: null, unit_id: null, ...nameAndTitle(line), seat: 'other' as const, outside: false })),
  ]
  if (people.length) await tx.insertInto('committee_attendance').values(people.map((one) => ({ meeting_id: id, ...one, attendance: null }))).execute()
  const items = await setAgenda(tx, ctx, hearing, { id, heldOn: input.on }, input.agenda)
  if (isRefusal(items)) return items
  await assignLead(tx, { caseId: id, unitId: input.unitId ?? ctx.person.posts[0]?.unitId ?? null, officerId: input.officerId ?? ctx.person.id, at: ctx.now, endedAs: 'reassigned' })
  await record(tx, ctx, `${hearing.kind}.planned`, { caseId: id, toStage: 'planned', payload: { on: input.on, items: items.value } })
  await record(tx, ctx, `${hearing.kind}.registered`, { caseId: id, payload: { number } })
  return done({ id, number })
}

/** Calling a meeting with everything in one form, and changing its agenda likewise. */
export function planActs(hearing: Hearing) {
  return {
    planMeeting: act(`${hearing.kind}.plan`, Plan, async (tx, ctx, { items, others, ...input }) => {
      const called = await callMeeting(tx, ctx, hearing, { ...input, agenda: [...items.map((number) => ({ number })), ...others.map((subject) => ({ subject }))] })
      return isRefusal(called) ? called : done({ number: called.value.number })
    }, { permission: hearing.manage }),

    /** Another agenda: the earlier one stays to be compared. */
    changeAgenda: act(`${hearing.kind}.change-agenda`, z.object({ name: z.string().max(40), ...Agenda }), async (tx, ctx, input) => {
      const meeting = await lockMeeting(tx, ctx, hearing, input.name)
      const no = requirePlanned(meeting)
      if (no) return no
      const kept = await itemsOf(tx, meeting.id)
      const wanted = [
        ...input.items.map((number): Wanted => kept.find((one) => one.number === number) ?? { number }),
        ...input.others.map((subject): Wanted => kept.find((one) => one.caseId === null && one.subject === subject) ?? { subject }),
      ].map((one): Wanted => ('id' in one ? { id: one.id } : one))
      const items = await setAgenda(tx, ctx, hearing, meeting, wanted)
      if (isRefusal(items)) return items
      await record(tx, ctx, `${hearing.kind}.agenda-changed`, { caseId: meeting.id, payload: { items: items.value } })
      return done()
    }, { permission: hearing.manage }),
  }
}

/** The invitation, moving and cancelling: the same however a meeting was called. */
export function callingActs(hearing: Hearing) {
  return {
    /** 開會通知 was sent, with the agenda as it stands. */
    inviteToMeeting: act(`${hearing.kind}.invite`, z.object({ name: z.string().max(40), on: heldOn }), async (tx, ctx, input) => {
      const meeting = await lockMeeting(tx, ctx, hearing, input.name)
      const no = requirePlanned(meeting)
      if (no) return no
      if (input.on > ctx.today || input.on > meeting.heldOn) return refusal('meeting.invited', '開會通知的發文日不能晚於今天或開會日', { field: 'on' })
      await markSent(tx, meeting.id, input.on)
      await record(tx, ctx, `${hearing.kind}.invited`, { caseId: meeting.id, payload: { on: input.on } })
      return done()
    }, { permission: hearing.manage }),

    inviteByMail: inviteByMailAct(hearing),

    moveMeeting: moveMeetingAct(hearing),
    cancelMeeting: cancelMeetingAct(hearing),
  }
}

/** 「王示範，工務處處長」 → name and title. */
function nameAndTitle(line: string): { name: string; title: string } {
  const [name, ...rest] = line.split(/[，,、]/)
  return { name: name!.trim() || line, title: rest.join('，').trim() }
}
