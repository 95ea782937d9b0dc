import { sql } from 'kysely'
import { z } from 'zod'
import { act, type ActContext, type StaffContext } from '../../../core/act.ts'
import { assignLead } from '../../../core/cases/assign.ts'
import { drawCaseNumber } from '../../../core/cases/numbers.ts'
import { insertCase } from '../../../core/cases/open.ts'
import { officeCalendar } from '../../../core/clocks/calendar.ts'
import type { Tx } from '../../../core/db.ts'
import { dayField } from '../../../core/day-fields.ts'
import { done, isRefusal, NotFound, refusal, type Refusal } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import { addDays, type Day, rocDay } from '../../../core/time.ts'
import { closeBooking, lockBooking } from '../booking/booking.ts'
import { sessionCancelledLetter } from '../booking/letters.ts'
import { mailBooking } from '../booking/mails.ts'
import { minutesOf, seriesDays, seriesDaysMax, slotTimes } from '../rules.ts'
import { sessionKind, sessionPrefix } from '../schema.ts'
import { ruleFields } from '../service-rules.ts'
import '../tables.ts'

const time = (message: string) => z.string().trim().regex(/^([01]?\d|2[0-3]):[0-5]\d$/, message).transform((text) => text.padStart(5, '0'))

const Hours = z.object({
  startsAt: time('開始時間請寫成 14:00'),
  endsAt: time('結束時間請寫成 17:00'),
  minutes: z.coerce.number({ error: '每次的分鐘請填數字' }).int().min(ruleFields.minutes.from, `每次至少 ${ruleFields.minutes.from} 分鐘`).max(ruleFields.minutes.to, `每次最多 ${ruleFields.minutes.to} 分鐘`),
  place: z.string().trim().min(1, '請填地點').max(100, '地點最多 100 個字'),
  note: z.string().trim().max(500, '說明最多 500 個字').default(''),
  lawyers: z.preprocess((value) => (value === undefined || value === '' ? [] : [value].flat()), z.array(z.coerce.number().int()).min(1, '請選擇諮詢律師').max(20)),
})
type HoursInput = z.output<typeof Hours>

/** One session with a desk for each lawyer. On a day on which the office is closed only when that is said to be meant. */
export const planSession = act('legal-advice.plan-session', Hours.extend({ on: dayField('請填日期，例如 110/4/7'), closed: z.string().optional() }), async (tx, ctx, input) => {
  if (officeCalendar.isOpen(input.on) === false && input.closed !== 'yes') return refusal('session.closed-day', `${rocDay(input.on)} 不辦公，要在這一天辦理請勾選`, { field: 'closed' })
  const made = await openSession(tx, ctx, input.on, input)
  return isRefusal(made) ? made : done({ number: made.number })
}, { permission: 'legal-advice.plan' })

const Series = Hours.extend({
  from: dayField('請填開始日期，例如 110/4/1'),
  until: dayField('請填結束日期，例如 110/9/30'),
  weekday: z.coerce.number().int().min(1, '請選擇星期幾').max(7, '請選擇星期幾'),
  everyWeeks: z.coerce.number().int().min(1).max(8).default(1),
})

/** 每週三 14:00–17:00: a session on each of these days, but not where the office is closed. All or none. */
export const planSeries = act('legal-advice.plan-series', Series, async (tx, ctx, input) => {
  if (input.until < input.from) return refusal('session.until', '結束日期在開始日期以前', { field: 'until' })
  if (input.until > addDays(input.from, seriesDaysMax)) return refusal('session.too-long', `一次最多排 ${seriesDaysMax} 天`, { field: 'until' })
  const days = seriesDays(input.from, input.until, input.weekday, input.everyWeeks, officeCalendar)
  const open = days.filter(({ skipped }) => !skipped)
  if (!open.length) return refusal('session.none', '這段期間沒有可以排的日子', { field: 'until' })
  for (const { day } of open) {
    const made = await openSession(tx, ctx, day, input)
    if (isRefusal(made)) return { ...made, message: `${rocDay(day)}：${made.message}` }
  }
  return done({ count: open.length, skipped: days.filter(({ skipped }) => skipped).map(({ day }) => day) })
}, { permission: 'legal-advice.plan' })

async function openSession(tx: Tx, ctx: StaffContext, on: Day, input: HoursInput): Promise<{ number: string } | Refusal> {
  const no = refuseHours(on, input, ctx) ?? (await refuseLawyers(tx, on, input))
  if (no) return no
  const number = await drawCaseNumber(tx, sessionKind, sessionPrefix, on)
  const id = await insertCase(tx, { kind: sessionKind, number, title: `${rocDay(on)} 法律諮詢`, stage: 'planned', receivedAt: ctx.now, registeredAt: ctx.now })
  await tx.insertInto('advice_sessions').values({ id, held_on: on, starts_at: input.startsAt, ends_at: input.endsAt, minutes: input.minutes, place: input.place, note: input.note }).execute()
  const desks = await tx.insertInto('advice_desks').values(input.lawyers.map((lawyer, i) => ({ session_id: id, no: i + 1, lawyer_id: lawyer }))).returning('id').execute()
  const times = slotTimes(on, input.startsAt, input.endsAt, input.minutes)
  await tx.insertInto('advice_slots').values(desks.flatMap((desk) => times.map((at) => ({ session_id: id, desk_id: desk.id, at })))).execute()
  await assignLead(tx, { caseId: id, unitId: ctx.person.posts[0]?.unitId ?? null, officerId: ctx.person.id, at: ctx.now, endedAs: 'reassigned' })
  await record(tx, ctx, 'legal-session.planned', { caseId: id, toStage: 'planned', payload: { on, desks: desks.length, slots: desks.length * times.length } })
  await record(tx, ctx, 'legal-session.registered', { caseId: id, payload: { number } })
  return { number }
}

function refuseHours(on: Day, { startsAt, endsAt, minutes }: HoursInput, ctx: ActContext): Refusal | null {
  if (on < ctx.today) return refusal('session.past', '日期已經過了', { field: 'on' })
  if (minutesOf(endsAt) - minutesOf(startsAt) < minutes) return refusal('session.hours', '結束時間要在開始時間以後，至少夠一次諮詢', { field: 'endsAt' })
  return null
}

/** On the roster on that day, and not at another session at the same time. */
async function refuseLawyers(tx: Tx, on: Day, { lawyers, startsAt, endsAt }: HoursInput): Promise<Refusal | null> {
  const found = await sql<{ id: number; name: string; valid: boolean; busy: boolean }>`
    select l.id, l.name, l.valid_from <= ${on}::date and coalesce(l.valid_until, 'infinity'::date) >= ${on}::date and l.specialities <> '{}' as valid,
      exists (select from advice_desks d join advice_sessions s on s.id = d.session_id join cases c on c.id = s.id
        where d.lawyer_id = l.id and s.held_on = ${on}::date and coalesce(c.outcome, '') <> 'cancelled' and s.starts_at < ${endsAt}::time and s.ends_at > ${startsAt}::time) as busy
    from advice_lawyers l where l.id = any(${lawyers}::bigint[]) for update`.execute(tx)
  if (found.rows.length < new Set(lawyers).size) return refusal('session.lawyer-unknown', '找不到所選的律師', { field: 'lawyers' })
  const invalid = found.rows.find(({ valid }) => !valid)
  if (invalid) return refusal('session.lawyer-invalid', `${invalid.name}律師這一天不在聘期內，或還沒有填諮詢類別`, { field: 'lawyers' })
  const busy = found.rows.find((one) => one.busy)
  return busy ? refusal('session.lawyer-busy', `${busy.name}律師這段時間已經有別的場次`, { field: 'lawyers' }) : null
}

/** 場次取消, by illness or typhoon: everybody who has a time or waits is told by mail; who gave no mail stands in the answer. */
export const cancelSession = act('legal-advice.cancel-session', z.object({ number: z.string().max(40), reason: z.string().trim().min(2, '請寫下取消的理由，會寫在通知裡').max(500) }), async (tx, ctx, input) => {
  const session = await lockSession(tx, input.number)
  if (session.stage !== 'planned') return refusal('session.closed', '這個場次已經結束')
  const open = await tx.selectFrom('advice_bookings').innerJoin('cases', 'cases.id', 'case_id').select(['advice_bookings.id']).where('session_id', '=', session.id).where('cases.closed_at', 'is', null).orderBy('advice_bookings.id').execute()
  let told = 0
  for (const { id } of open) {
    const booking = (await lockBooking(tx, { id }))!
    const written = await mailBooking(tx, id, sessionCancelledLetter({ heldOn: session.heldOn, slotAt: booking.slotAt, waited: !booking.slotId, place: booking.place, reason: input.reason }))
    if (written) told += 1
    await closeBooking(tx, ctx, booking, 'session-cancelled')
  }
  await tx.updateTable('advice_sessions').set({ note: `取消：${input.reason}` }).where('id', '=', session.id).execute()
  await closeSession(tx, ctx, session.id, 'cancelled')
  return done({ told, untold: open.length - told })
}, { permission: 'legal-advice.plan', stepUp: true })

/** 場次結束: who has not come is 未到, who still waits gets nothing more. Nobody may still sit at a desk or wait to be called. */
export const endSession = act('legal-advice.end-session', z.object({ number: z.string().max(40) }), async (tx, ctx, input) => {
  const session = await lockSession(tx, input.number)
  if (session.stage !== 'planned') return refusal('session.closed', '這個場次已經結束')
  if (session.heldOn > ctx.today) return refusal('session.future', '場次的日期還沒有到')
  const open = await sql<{ id: number; stage: string }>`select b.id, c.stage from advice_bookings b join cases c on c.id = b.case_id where b.session_id = ${session.id} and c.closed_at is null order by b.id`.execute(tx)
  if (open.rows.some(({ stage }) => stage === 'arrived' || stage === 'called')) return refusal('session.people', '還有人在等叫號或諮詢中，請先登錄結果')
  for (const { id } of open.rows) {
    const booking = (await lockBooking(tx, { id }))!
    await closeBooking(tx, ctx, booking, booking.stage === 'booked' ? 'no-show' : 'not-offered')
  }
  await closeSession(tx, ctx, session.id, 'held')
  return done()
}, { permission: 'legal-advice.counter' })

export type LockedSession = { id: number; number: string; stage: 'planned' | 'closed'; heldOn: Day }

export async function lockSession(tx: Tx, number: string): Promise<LockedSession> {
  const { rows } = await sql<LockedSession>`select c.id, c.number, c.stage, s.held_on as "heldOn" from cases c join advice_sessions s on s.id = c.id where c.number = ${number} and c.kind = ${sessionKind} for update of c`.execute(tx)
  if (!rows[0]) throw new NotFound('找不到這個場次')
  return rows[0]
}

async function closeSession(tx: Tx, ctx: ActContext, id: number, outcome: 'held' | 'cancelled'): Promise<void> {
  await tx.updateTable('cases').set({ stage: 'closed', closed_at: ctx.now, outcome }).where('id', '=', id).execute()
  await tx.updateTable('assignments').set({ until_at: ctx.now, ended_as: 'closed' }).where('case_id', '=', id).where('until_at', 'is', null).execute()
  await record(tx, ctx, `legal-session.${outcome}`, { caseId: id, fromStage: 'planned', toStage: 'closed', payload: { outcome } })
}
