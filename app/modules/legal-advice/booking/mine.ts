import { sql } from 'kysely'
import { z } from 'zod'
import { act, type ActContext } from '../../../core/act.ts'
import type { Reader, Tx } from '../../../core/db.ts'
import { done, refusal, type Refusal } from '../../../core/errors.ts'
import { tokenHash } from '../../../core/identity/sessions.ts'
import { type Day } from '../../../core/time.ts'
import type { Language } from '../../../core/web/language.ts'
import { inWords } from '../in-words.ts'
import { refuseCancel } from '../rules.ts'
import type { Outcome, Stage } from '../schema.ts'
import '../tables.ts'
import { closeBooking, type LockedBooking, lockBooking, moveTo, openCase } from './booking.ts'
import { bookedLetter, waitingLetter } from './letters.ts'
import { mailBooking } from './mails.ts'
import { offerFreeSlots, offerSlot } from './offer.ts'

/** What a mailed link opens. `stage` null: not confirmed yet. `holdUntil`: to be confirmed, or an offer to be taken, by. */
export type Mine = {
  id: number; number: string | null; stage: Stage | null; outcome: Outcome | null; slotAt: Date | null; holdUntil: Date | null; ticket: number | null; ahead: number; changedAt: Date
  session: string; sessionStage: 'planned' | 'closed'; heldOn: Day; startsAt: string; endsAt: string; minutes: number; place: string; note: string; speciality: string | null; desk: number | null; lawyer: string | null
}

/** Null: the link is incomplete, or what it opened was deleted. `ahead`: how many wait before for this session. */
export async function findMine(reader: Reader, token: string, language: Language = 'zh'): Promise<Mine | null> {
  const { rows } = await sql<Mine>`
    select b.id, c.number, c.stage, c.outcome, b.slot_at as "slotAt", b.hold_until as "holdUntil", b.ticket, b.sys_from as "changedAt", x.number as session, x.stage as "sessionStage", s.held_on as "heldOn",
      to_char(s.starts_at, 'HH24:MI') as "startsAt", to_char(s.ends_at, 'HH24:MI') as "endsAt", s.minutes, s.place, s.note, ${inWords(language, 'p.name')} as speciality, d.no as desk, l.name as lawyer,
      (select count(*) from advice_bookings o join cases oc on oc.id = o.case_id where o.session_id = b.session_id and oc.stage = 'waiting' and (o.confirmed_at, o.id) < (b.confirmed_at, b.id)) as ahead
    from advice_links k join advice_bookings b on b.id = k.booking_id join advice_sessions s on s.id = b.session_id join cases x on x.id = s.id
      left join cases c on c.id = b.case_id left join advice_specialities p on p.id = b.speciality_id left join advice_desks d on d.id = b.desk_id left join advice_lawyers l on l.id = d.lawyer_id
    where k.token_hash = ${tokenHash(token)}`.execute(reader)
  return rows[0] ?? null
}

const Token = z.object({ token: z.string().max(100) })
const unknown = () => refusal('advice.unknown', '這個連結不完整，或預約已經刪除')

async function lockMine(tx: Tx, token: string): Promise<LockedBooking | undefined> {
  const link = await tx.selectFrom('advice_links').select('booking_id').where('token_hash', '=', tokenHash(token)).executeTakeFirst()
  return link && lockBooking(tx, { id: link.booking_id })
}

/** The link was followed and the button pressed: the time is theirs, or they stand on the waiting list. Pressing again changes nothing. */
export const confirmBooking = act('legal-advice.confirm', Token, async (tx, ctx, { token }) => {
  const booking = await lockMine(tx, token)
  if (!booking) return unknown()
  if (booking.stage) return done({ again: true })
  if (booking.sessionStage !== 'planned') return refusal('advice.session-over', '這個場次已經取消或結束了，請選別的時間')
  if (ctx.now >= booking.holdUntil!) return refusal('advice.expired', '確認的期限已經過了，請再預約一次')
  const stage = booking.slotId ? 'booked' : 'waiting'
  const opened = await openCase(tx, ctx, booking, stage)
  if (stage === 'booked') await mailBooked(tx, booking)
  else {
    await mailBooking(tx, booking.id, waitingLetter(opened.number))
    await offerFreeSlots(tx, ctx, booking.sessionId)
  }
  return done({ again: false })
}, { by: 'public' })

/** Who was offered a time takes it. */
export const acceptOffer = act('legal-advice.accept', Token, async (tx, ctx, { token }) => {
  const booking = await lockMine(tx, token)
  if (!booking) return unknown()
  if (booking.stage === 'booked') return done()
  const late = refuseOffer(booking, ctx)
  if (late) return late
  await tx.updateTable('advice_bookings').set({ hold_until: null }).where('id', '=', booking.id).execute()
  await moveTo(tx, ctx, booking, 'booked', 'accepted')
  await mailBooked(tx, booking)
  return done()
}, { by: 'public' })

/** The offer's own deadline was made not to reach past the closing of its time: rules that were changed since shorten no promise. */
function refuseOffer(booking: LockedBooking, { now }: ActContext): Refusal | null {
  if (booking.stage === 'offered' && booking.sessionStage === 'planned' && now < booking.holdUntil!) return null
  return refusal('advice.offer-over', '這個時間已經讓給下一位了')
}

/** The time, or the place on the list, is given back; who waits next is offered it. */
export const cancelOwn = act('legal-advice.cancel', Token, async (tx, ctx, { token }) => {
  const booking = await lockMine(tx, token)
  if (!booking?.stage) return booking ? dropHold(tx, ctx, booking) : unknown()
  if (booking.stage === 'closed' && booking.outcome === 'cancelled') return done()
  const no = refuseCancel(booking.stage, booking.slotAt, ctx.now)
  if (no) return no
  await closeBooking(tx, ctx, booking, 'cancelled')
  if (booking.slotId) await offerSlot(tx, ctx, booking.slotId)
  return done()
}, { by: 'public' })

/** What was never confirmed leaves nothing behind. */
async function dropHold(tx: Tx, ctx: ActContext, booking: LockedBooking) {
  await forgetHold(tx, booking.id)
  if (booking.slotId) await offerSlot(tx, ctx, booking.slotId)
  return done()
}

/** Takes an unconfirmed hold away with its earlier versions (個資法 §11 III). */
export async function forgetHold(tx: Tx, id: number): Promise<void> {
  await tx.deleteFrom('advice_bookings').where('id', '=', id).where('case_id', 'is', null).execute()
  await sql`select windlion.erase_history('advice_bookings', 'id', ${id}::bigint)`.execute(tx)
}

export async function mailBooked(tx: Tx, booking: Pick<LockedBooking, 'id' | 'slotAt' | 'place'>): Promise<void> {
  await mailBooking(tx, booking.id, bookedLetter(booking.slotAt!, booking.place))
}
