import { sql } from 'kysely'
import type { ActContext } from '../../../core/act.ts'
import { assignLead } from '../../../core/cases/assign.ts'
import { drawCaseNumber } from '../../../core/cases/numbers.ts'
import { insertCase } from '../../../core/cases/open.ts'
import type { Tx } from '../../../core/db.ts'
import { record } from '../../../core/events/record.ts'
import { isParty, unseal } from '../../../core/personal-data/index.ts'
import { adviceKind, advicePrefix, type Outcome, type Stage } from '../schema.ts'
import '../tables.ts'

/** A booking held for an act, with its session. `stage` null: not confirmed yet. */
export type LockedBooking = {
  id: number; caseId: number | null; number: string | null; stage: Stage | null; outcome: Outcome | null; sessionId: number; session: string; sessionStage: 'planned' | 'closed'
  slotId: number | null; slotAt: Date | null; deskId: number | null; specialityId: number | null; holdUntil: Date | null; ticket: number | null; place: string
}

type Named = { id: number } | { caseNumber: string }

/**
 * Holds a booking for an act. Always in one order, so that acts wait for each other and never both: the session (shared: it is not
 * ended meanwhile), the time, the booking.
 */
export async function lockBooking(tx: Tx, by: Named): Promise<LockedBooking | undefined> {
  const at = (await sql<{ id: number; sessionId: number; slotId: number | null }>`select b.id, b.session_id as "sessionId", b.slot_id as "slotId" from advice_bookings b
    where ${'id' in by ? sql`b.id = ${by.id}` : sql`b.case_id = (select id from cases where number = ${by.caseNumber} and kind = ${adviceKind})`}`.execute(tx)).rows[0]
  if (!at) return undefined
  await sql`select from cases where id = ${at.sessionId} for share`.execute(tx)
  if (at.slotId) await lockSlot(tx, at.slotId)
  return (await sql<LockedBooking>`
    select b.id, b.case_id as "caseId", c.number, c.stage, c.outcome, b.session_id as "sessionId", x.number as session, x.stage as "sessionStage", b.slot_id as "slotId", b.slot_at as "slotAt",
      b.desk_id as "deskId", b.speciality_id as "specialityId", b.hold_until as "holdUntil", b.ticket, s.place
    from advice_bookings b join advice_sessions s on s.id = b.session_id join cases x on x.id = b.session_id left join cases c on c.id = b.case_id where b.id = ${at.id} for update of b`.execute(tx)).rows[0]
}

/** Who takes a time, gives one back or offers one on holds it first; what was read of it before is asked again. */
export async function lockSlot(tx: Tx, id: number): Promise<void> {
  await sql`select from advice_slots where id = ${id} for update`.execute(tx)
}

/**
 * A hold that was confirmed becomes a case: number, unit of its session, first event. Its names are compared with the parties of the
 * county's cases; only yes or no is kept.
 */
export async function openCase(tx: Tx, ctx: ActContext, booking: { id: number; sessionId: number }, stage: Stage): Promise<{ caseId: number; number: string }> {
  const session = await tx.selectFrom('cases').select(['unit_id']).where('id', '=', booking.sessionId).executeTakeFirstOrThrow()
  const number = await drawCaseNumber(tx, adviceKind, advicePrefix, ctx.today)
  const caseId = await insertCase(tx, { kind: adviceKind, number, title: '法律諮詢', stage, receivedAt: ctx.now, registeredAt: ctx.now, confidential: true })
  const { name, opponent } = await tx.selectFrom('advice_bookings').select(['name', 'opponent']).where('id', '=', booking.id).executeTakeFirstOrThrow()
  const conflict = await isParty(tx, [unseal(name), unseal(opponent)])
  await tx.updateTable('advice_bookings').set({ case_id: caseId, confirmed_at: ctx.now, hold_until: null, conflict }).where('id', '=', booking.id).execute()
  await assignLead(tx, { caseId, unitId: session.unit_id, at: ctx.now, endedAs: 'reassigned' })
  await record(tx, ctx, `legal-advice.${stage}`, { caseId, toStage: stage, payload: { session: booking.sessionId } })
  await record(tx, ctx, 'legal-advice.registered', { caseId, payload: { number } })
  return { caseId, number }
}

/** From one stage to another; the booking's own columns are set in the same act. */
export async function moveTo(tx: Tx, ctx: ActContext, booking: { caseId: number | null; stage: Stage | null }, stage: Exclude<Stage, 'closed'>, event: string): Promise<void> {
  await tx.updateTable('cases').set({ stage }).where('id', '=', booking.caseId!).execute()
  await record(tx, ctx, `legal-advice.${event}`, { caseId: booking.caseId!, fromStage: booking.stage!, toStage: stage })
}

/** Ends it. The slot is kept by who was served or did not come; of all others it becomes free, which the caller offers on. */
export async function closeBooking(tx: Tx, ctx: ActContext, booking: { id: number; caseId: number | null; stage: Stage | null }, outcome: Outcome): Promise<void> {
  const keeps = outcome === 'served' || outcome === 'no-show'
  await tx.updateTable('advice_bookings').set({ ended_at: ctx.now, hold_until: null, ...(keeps ? {} : { slot_id: null }) }).where('id', '=', booking.id).execute()
  await tx.updateTable('cases').set({ stage: 'closed', closed_at: ctx.now, outcome }).where('id', '=', booking.caseId!).execute()
  await tx.updateTable('assignments').set({ until_at: ctx.now, ended_as: 'closed' }).where('case_id', '=', booking.caseId!).where('until_at', 'is', null).execute()
  await record(tx, ctx, `legal-advice.${outcome}`, { caseId: booking.caseId!, fromStage: booking.stage!, toStage: 'closed', payload: { outcome } })
}
