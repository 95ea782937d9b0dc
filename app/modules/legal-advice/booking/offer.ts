import { sql } from 'kysely'
import type { ActContext } from '../../../core/act.ts'
import type { Tx } from '../../../core/db.ts'
import { offerUntil } from '../rules.ts'
import { findRules } from '../settings/settings.ts'
import '../tables.ts'
import { lockBooking, lockSlot, moveTo } from './booking.ts'
import { offerLetter } from './letters.ts'
import { mailBooking } from './mails.ts'

/**
 * A time that became free goes to who waits longest for this session with a matter that the desk's lawyer does; they have it for some
 * hours, then the next. Nobody waits, or it is too late to ask: the time stays free for everybody. Gives the booking that was offered it.
 */
export async function offerSlot(tx: Tx, ctx: ActContext, slotId: number): Promise<number | null> {
  await lockSlot(tx, slotId)
  const slot = (await sql<{ at: Date; sessionId: number; deskId: number; specialities: number[] }>`
    select t.at, t.session_id as "sessionId", t.desk_id as "deskId", l.specialities from advice_slots t join cases c on c.id = t.session_id and c.stage = 'planned'
      join advice_desks d on d.id = t.desk_id join advice_lawyers l on l.id = d.lawyer_id
    where t.id = ${slotId} and not exists (select from advice_bookings b where b.slot_id = t.id)`.execute(tx)).rows[0]
  const until = slot && offerUntil(ctx.now, slot.at, await findRules(tx))
  if (!slot || !until) return null
  const next = (await sql<{ id: number }>`
    select b.id from advice_bookings b join cases c on c.id = b.case_id where b.session_id = ${slot.sessionId} and c.stage = 'waiting' and b.speciality_id = any(${slot.specialities}::bigint[])
    order by b.confirmed_at, b.id limit 1 for update of b skip locked`.execute(tx)).rows[0]
  if (!next) return null
  const booking = (await lockBooking(tx, next))!
  await tx.updateTable('advice_bookings').set({ slot_id: slotId, slot_at: slot.at, desk_id: slot.deskId, hold_until: until }).where('id', '=', booking.id).execute()
  await moveTo(tx, ctx, booking, 'offered', 'offered')
  await mailBooking(tx, booking.id, offerLetter(slot.at, booking.place, until))
  return booking.id
}

/** Every free time of a session that somebody waits for: after a hold lapsed, a time was given back, somebody joined the list. */
export async function offerFreeSlots(tx: Tx, ctx: ActContext, sessionId: number): Promise<void> {
  const free = await sql<{ id: number }>`select t.id from advice_slots t where t.session_id = ${sessionId} and t.at > ${ctx.now} and not exists (select from advice_bookings b where b.slot_id = t.id) order by t.at, t.desk_id`.execute(tx)
  for (const { id } of free.rows) await offerSlot(tx, ctx, id)
}
