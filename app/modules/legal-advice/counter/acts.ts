import { sql } from 'kysely'
import { z } from 'zod'
import { act, type StaffContext } from '../../../core/act.ts'
import type { Tx } from '../../../core/db.ts'
import { done, NotFound, refusal, type Refusal } from '../../../core/errors.ts'
import { refuseAddress } from '../../../core/mail/outbox.ts'
import { isParty, unseal } from '../../../core/personal-data/index.ts'
import { languages } from '../../../core/web/language.ts'
import { closeBooking, type LockedBooking, lockBooking, moveTo, openCase } from '../booking/booking.ts'
import { Contact, findSlot, insertBooking } from '../booking/hold.ts'
import { mailBooked } from '../booking/mine.ts'
import { offerSlot } from '../booking/offer.ts'
import { type LockedSession, lockSession } from '../sessions/acts.ts'
import '../tables.ts'

const Person = Contact.extend({
  session: z.string().max(40),
  speciality: z.coerce.number({ error: '請選擇類別' }).int(),
  email: z.string().trim().default('').refine((email) => !email || !refuseAddress(email), '電子郵件的寫法不對，例如 name@example.org'),
  origin: z.string().max(300),
  /** of the mails; the lawyer sees it too */
  language: z.enum(languages).default('zh'),
})

/** The desk books a time for somebody who came by or telephoned; no confirmation is asked. With an address they get the mail. */
export const bookAtCounter = act('legal-advice.book-at-counter', Person.extend({ slot: z.coerce.number({ error: '請選擇時間' }).int() }), async (tx, ctx, input) => {
  const session = await lockSession(tx, input.session)
  const slot = await findSlot(tx, input.slot)
  if (!slot || slot.sessionId !== session.id) return refusal('advice.gone', '這個時間已經不開放預約', { field: 'slot' })
  if (ctx.now >= slot.at) return refusal('advice.closed', '這個時間已經過了，請改登錄現場候位', { field: 'slot' })
  if (!slot.specialities.includes(input.speciality)) return refusal('advice.other-speciality', '這個時間的律師不辦理這一類', { field: 'speciality' })
  const id = await insertBooking(tx, { sessionId: session.id, slot, specialityId: input.speciality, way: 'counter', language: input.language, contact: input, email: input.email || null, origin: input.origin, holdUntil: null, at: ctx.now })
  if (id === null) return refusal('slot.taken', '這個時間剛剛被別人約走了', { field: 'slot' })
  const { number } = await openCase(tx, ctx, { id, sessionId: session.id }, 'booked')
  await mailBooked(tx, (await lockBooking(tx, { id }))!)
  return done({ number })
}, { permission: 'legal-advice.counter' })

/** Somebody walks in on the day: a number in the same queue, no time. */
export const takeWalkIn = act('legal-advice.walk-in', Person, async (tx, ctx, input) => {
  const session = await lockSession(tx, input.session)
  const no = refuseToday(session, ctx)
  if (no) return no
  const id = (await insertBooking(tx, { sessionId: session.id, slot: null, specialityId: input.speciality, way: 'walk-in', language: input.language, contact: input, email: input.email || null, origin: input.origin, holdUntil: null, at: ctx.now }))!
  const { number } = await openCase(tx, ctx, { id, sessionId: session.id }, 'booked')
  const ticket = await arrive(tx, ctx, (await lockBooking(tx, { id }))!)
  return done({ number, ticket })
}, { permission: 'legal-advice.counter' })

const One = z.object({ name: z.string().max(40) })

/** 報到: a number for the waiting room. The names are compared with the county's parties once more, since cases came in meanwhile. */
export const checkIn = act('legal-advice.check-in', One, async (tx, ctx, input) => {
  const { booking, session } = await lockConsultation(tx, input.name)
  const no = refuseToday(session, ctx)
  if (no) return no
  if (booking.stage === 'arrived' || booking.stage === 'called') return done({ ticket: booking.ticket! })
  if (booking.stage !== 'booked') return refusal('advice.stage', '只有已預約的可以報到')
  return done({ ticket: await arrive(tx, ctx, booking) })
}, { permission: 'legal-advice.counter' })

async function arrive(tx: Tx, ctx: StaffContext, booking: LockedBooking): Promise<number> {
  const { n: ticket } = (await sql<{ n: number }>`select coalesce(max(ticket), 0) + 1 as n from advice_bookings where session_id = ${booking.sessionId}`.execute(tx)).rows[0]!
  const { name, opponent } = await tx.selectFrom('advice_bookings').select(['name', 'opponent']).where('id', '=', booking.id).executeTakeFirstOrThrow()
  const conflict = await isParty(tx, [unseal(name), unseal(opponent)])
  await tx.updateTable('advice_bookings').set({ ticket, arrived_at: ctx.now, conflict }).where('id', '=', booking.id).execute()
  await moveTo(tx, ctx, booking, 'arrived', 'arrived')
  return ticket
}

/** Somebody who was marked wrongly, or comes late after 未到, is put right by undoing the last step of the day. */
export const undoArrival = act('legal-advice.undo-arrival', One, async (tx, ctx, input) => {
  const { booking } = await lockConsultation(tx, input.name)
  if (booking.stage !== 'arrived') return refusal('advice.stage', '只有已報到、還沒叫號的可以取消報到')
  await tx.updateTable('advice_bookings').set({ ticket: null, arrived_at: null }).where('id', '=', booking.id).execute()
  await moveTo(tx, ctx, booking, 'booked', 'arrival-undone')
  return done()
}, { permission: 'legal-advice.counter' })

/** 未到, or a cancellation that came by telephone. A time that is still to come goes to who waits. */
export const endWithout = act('legal-advice.end-without', One.extend({ outcome: z.enum(['no-show', 'cancelled'], { error: '請選擇結果' }) }), async (tx, ctx, input) => {
  const { booking } = await lockConsultation(tx, input.name)
  if (booking.stage === 'closed') return refusal('advice.over', '這一件已經結束')
  if (booking.stage === 'called') return refusal('advice.stage', '正在諮詢中，請由律師登錄結果')
  if (input.outcome === 'no-show' && (booking.stage === 'waiting' || booking.stage === 'offered')) return refusal('advice.stage', '還沒有時間的人不會是未到')
  if (input.outcome === 'no-show' && booking.slotAt && ctx.now < booking.slotAt) return refusal('advice.early', '約定的時間還沒有到')
  await closeBooking(tx, ctx, booking, input.outcome)
  if (input.outcome === 'cancelled' && booking.slotId) await offerSlot(tx, ctx, booking.slotId)
  return done()
}, { permission: 'legal-advice.counter' })

function refuseToday(session: { stage: string; heldOn: string }, ctx: StaffContext): Refusal | null {
  if (session.stage !== 'planned') return refusal('session.closed', '這個場次已經結束')
  return session.heldOn === ctx.today ? null : refusal('session.other-day', '報到和現場候位只在場次當天')
}

/** The session is held first: a number is drawn, or the day may be ended meanwhile. */
async function lockConsultation(tx: Tx, name: string): Promise<{ booking: LockedBooking; session: LockedSession }> {
  const { rows } = await sql<{ number: string }>`select x.number from cases c join advice_bookings b on b.case_id = c.id join cases x on x.id = b.session_id where c.number = ${name}`.execute(tx)
  if (!rows[0]) throw new NotFound('找不到這件諮詢')
  const session = await lockSession(tx, rows[0].number)
  return { session, booking: (await lockBooking(tx, { caseNumber: name }))! }
}
