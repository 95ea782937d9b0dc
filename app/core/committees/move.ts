import { z } from 'zod'
import { act, type StaffContext } from '../act.ts'
import type { Tx } from '../db.ts'
import { done, refusal, type Refusal, type Result } from '../errors.ts'
import { record } from '../events/record.ts'
import { findSetting } from '../identity/settings.ts'
import { queueMail } from '../mail/outbox.ts'
import { namePurposes } from '../mail/purposes.ts'
import { unseal } from '../personal-data/index.ts'
import { type Day, parseDay, rocDay } from '../time.ts'
import { itemsOf } from './agenda.ts'
import { bodyOf, makeCalendarFile } from './calendar-file.ts'
import { findCommittee, seatedOn } from './committee.ts'
import { type Hearing, meetingPath } from './hearing.ts'
import { closeMeeting, lockMeeting, type LockedMeeting, requirePlanned } from './lock.ts'
import { findHeld, type HeldMeeting } from './queries.ts'
import { modes } from './words.ts'
import './tables.ts'

namePurposes({ 'meeting.moved': '會議改期通知', 'meeting.cancelled': '會議取消通知' })

const name = z.string().max(40)
const origin = z.string().max(200).default('')
const Move = z.object({
  name, origin,
  newOn: z.string().trim().transform((text, check) => parseDay(text) ?? (check.addIssue({ code: 'custom', message: '請填新的開會日期，例如 110/4/1' }), '' as Day)),
  newStartsAt: z.string().trim().regex(/^([01]?\d|2[0-3]):[0-5]\d$/, '時間請寫成 09:30'),
  newPlace: z.string().trim().min(1, '請填地點').max(100),
  newMode: z.enum(Object.keys(modes) as [keyof typeof modes]).default('on-site'),
  why: z.string().trim().min(2, '請寫下改期的理由').max(1000),
})

/** Another day, time or place; who was invited by mail is told, with the file that moves it in their calendar. Gives how many. Not once it has begun. */
export const moveMeetingAct = (hearing: Hearing) => act(`${hearing.kind}.move`, Move, async (tx, ctx, input): Promise<Result<{ count: number }>> => {
  const meeting = await lockMeeting(tx, ctx, hearing, input.name)
  const before = await findHeld(tx, meeting.id)
  const no = requirePlanned(meeting) ?? refuseMove(before, input, ctx.today) ?? (await refuseOtherMembers(tx, hearing, before, input.newOn)) ?? (await hearing.refuseMove?.(tx, meeting.id, input.newOn)) ?? null
  if (no) return no
  await tx.updateTable('committee_meetings').set({ held_on: input.newOn, starts_at: input.newStartsAt, place: input.newPlace, mode: input.newMode }).where('id', '=', meeting.id).execute()
  await tx.updateTable('cases').set({ title: `${rocDay(input.newOn)} ${bodyOf(before.title)}` }).where('id', '=', meeting.id).execute()
  await record(tx, ctx, `${hearing.kind}.moved`, { caseId: meeting.id, payload: { from: before.heldOn, on: input.newOn, reason: input.why } })
  return done({ count: await tellInvited(tx, ctx, hearing, meeting, { before, reason: input.why, origin: input.origin }) })
}, { permission: hearing.manage })

type Wish = Pick<z.output<typeof Move>, 'newOn' | 'newStartsAt' | 'newPlace' | 'newMode'>

/** Whether a planned meeting may be put elsewhere: not into the past, not to where it is, not once somebody was marked there or something was decided. */
export function refuseMove(now: Pick<HeldMeeting, 'heldOn' | 'startsAt' | 'place' | 'mode' | 'people' | 'items'>, { newOn, newStartsAt, newPlace, newMode }: Wish, today: Day): Refusal | null {
  if (now.people.some(({ attendance }) => attendance) || now.items.some(({ decision }) => decision)) return refusal('meeting.begun', '會議已經開始，不能改期', { field: 'newOn' })
  if (newOn < today) return refusal('meeting.past', '新的開會日期已經過了', { field: 'newOn' })
  if (newOn === now.heldOn && newStartsAt.padStart(5, '0') === now.startsAt && newPlace === now.place && newMode === now.mode) return refusal('meeting.same', '日期、時間、地點都和原來一樣', { field: 'newOn' })
  return null
}

/** Whose term begins or ends in between would have a seat on one of the days only. */
async function refuseOtherMembers(tx: Tx, hearing: Hearing, before: HeldMeeting, on: Day): Promise<Refusal | null> {
  const committee = hearing.committee && (await findCommittee(tx, hearing))
  if (!committee) return null
  const now = before.people.flatMap(({ memberId }) => memberId ?? []).toSorted((a, b) => a - b)
  const then = seatedOn(committee.members, on).map(({ id }) => id).toSorted((a, b) => a - b)
  return now.join() === then.join() ? null : refusal('meeting.members', `${rocDay(on)} 的委員和原定的不同，請取消這次會議，另外排定`, { field: 'newOn' })
}

/** A meeting that does not take place; its items are free for another, and who was invited by mail is told. Gives how many. */
export const cancelMeetingAct = (hearing: Hearing) => act(`${hearing.kind}.cancel`, z.object({ name, origin, reason: z.string().trim().min(2, '請寫下取消的理由').max(1000) }), async (tx, ctx, input): Promise<Result<{ count: number }>> => {
  const meeting = await lockMeeting(tx, ctx, hearing, input.name)
  const no = requirePlanned(meeting) ?? (await hearing.refuseCancel?.(tx, meeting.id)) ?? null
  if (no) return no
  await tx.updateTable('committee_meetings').set({ minutes: `取消：${input.reason}` }).where('id', '=', meeting.id).execute()
  for (const { caseId } of await itemsOf(tx, meeting.id)) if (caseId) await hearing.onAgenda?.(tx, ctx, caseId, null)
  const count = await tellInvited(tx, ctx, hearing, meeting, { reason: input.reason, origin: input.origin })
  await closeMeeting(tx, ctx, hearing, meeting, 'cancelled')
  return done({ count })
}, { permission: hearing.manage })

/** Where mails about this meeting went: each address once. Those destroyed by the rules of retention are left out. */
async function addressesOf(tx: Tx, meetingId: number): Promise<string[]> {
  const sent = await tx.selectFrom('mail_messages').select('to_encrypted').where('case_id', '=', meetingId).where('purpose', '=', 'meeting.invitation').orderBy('id').execute()
  return [...new Set(sent.flatMap(({ to_encrypted: to }) => unseal(to) ?? []))]
}

/** `before`: what it was, where it is moved; without it the meeting is cancelled. */
async function tellInvited(tx: Tx, ctx: StaffContext, hearing: Hearing, meeting: LockedMeeting, about: { before?: HeldMeeting; reason: string; origin: string }): Promise<number> {
  const to = await addressesOf(tx, meeting.id)
  if (!to.length) return 0
  const held = await findHeld(tx, meeting.id)
  const url = `${about.origin}${meetingPath(hearing, meeting.number)}`
  const attachments = [await makeCalendarFile(tx, ctx, meeting, held, url, about.before ? undefined : true)]
  const county = (await findSetting<string>(tx, 'county.name')) ?? '縣政府'
  const [subject, text] = about.before ? movedLetter(about.before, held, about.reason) : cancelledLetter(held, about.reason)
  const end = [`案號：${meeting.number}`, `會議資料：${url}`, `附檔可以${about.before ? '更新' : '取消'}行事曆上的這次會議。`].join('\n')
  for (const one of to) await queueMail(tx, { to: one, subject, text: ['您好：', ...text, end, `${county} 敬啟\n（這封信由系統寄出，請不要直接回信。）`].join('\n\n'), purpose: about.before ? 'meeting.moved' : 'meeting.cancelled', caseId: meeting.id, attachments })
  return to.length
}

const whenAndWhere = ({ heldOn, startsAt, place, mode }: HeldMeeting): string => `${rocDay(heldOn)} ${startsAt}，${place}${mode === 'on-site' ? '' : `（${modes[mode]}）`}`

const movedLetter = (before: HeldMeeting, now: HeldMeeting, reason: string): [string, string[]] => [
  `會議改期通知：${bodyOf(now.title)}改為 ${rocDay(now.heldOn)} ${now.startsAt}`,
  [`${bodyOf(now.title)}的時間或地點有變更，請依新的時間出席。`, `原定：${whenAndWhere(before)}\n改為：${whenAndWhere(now)}\n理由：${reason}`],
]

const cancelledLetter = (held: HeldMeeting, reason: string): [string, string[]] => [
  `會議取消通知：${rocDay(held.heldOn)} ${bodyOf(held.title)}`,
  [`原定 ${whenAndWhere(held)} 的${bodyOf(held.title)}取消。`, `理由：${reason}`],
]
