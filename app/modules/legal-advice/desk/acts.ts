import { sql } from 'kysely'
import { z } from 'zod'
import { act, type StaffContext } from '../../../core/act.ts'
import type { Tx } from '../../../core/db.ts'
import { done, NotFound, refusal, type Refusal } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import { closeBooking, type LockedBooking, lockBooking, moveTo } from '../booking/booking.ts'
import { nextTurn, type Turn } from '../rules.ts'
import { lockSession } from '../sessions/acts.ts'
import { sealForLawyer } from './lawyer-key.ts'
import '../tables.ts'

/** The desk of this very person at a session: advice is given in person, no deputy sits there. */
async function lockDesk(tx: Tx, ctx: StaffContext, number: string) {
  const session = await lockSession(tx, number)
  const { rows } = await sql<{ id: number; lawyerId: number; specialities: number[] }>`
    select d.id, l.id as "lawyerId", l.specialities from advice_desks d join advice_lawyers l on l.id = d.lawyer_id where d.session_id = ${session.id} and l.person_id = ${ctx.person.id}`.execute(tx)
  if (!rows[0]) throw new NotFound('找不到您的場次')
  return { session, desk: rows[0] }
}

/** 叫下一位. Two desks that call at once get two people: the session is held meanwhile. */
export const callNext = act('legal-advice.call-next', z.object({ number: z.string().max(40) }), async (tx, ctx, input) => {
  const { session, desk } = await lockDesk(tx, ctx, input.number)
  if (session.stage !== 'planned') return refusal('session.closed', '這個場次已經結束')
  const waiting = await sql<Turn & { id: number; stage: string }>`
    select b.id, b.ticket, b.slot_at as "slotAt", b.desk_id as "deskId", b.speciality_id as "specialityId", c.stage from advice_bookings b join cases c on c.id = b.case_id where b.session_id = ${session.id} and c.stage in ('arrived', 'called')`.execute(tx)
  if (waiting.rows.some((one) => one.stage === 'called' && one.deskId === desk.id)) return refusal('advice.busy', '還有一位諮詢中，請先登錄結果')
  const next = nextTurn(waiting.rows.filter(({ stage }) => stage === 'arrived'), desk, ctx.now) as (Turn & { id: number }) | null
  if (!next) return refusal('advice.nobody', '目前沒有人在等')
  const booking = (await lockBooking(tx, { id: next.id }))!
  await tx.updateTable('advice_bookings').set({ called_at: ctx.now, desk_id: desk.id }).where('id', '=', booking.id).execute()
  await moveTo(tx, ctx, booking, 'called', 'called')
  return done({ ticket: next.ticket, name: booking.number! })
}, { permission: 'legal-advice.advise' })

const results = { served: 'served', 'no-show': 'no-show', recused: 'recused' } as const
export const resultNames = { served: '已諮詢', 'no-show': '叫號未到', recused: '有利益衝突，迴避' }

/** What became of who was called. 迴避 is of the lawyer: the person goes back into the queue of another desk that does the same, where there is one. */
export const endConsultation = act('legal-advice.end-consultation', z.object({ name: z.string().max(40), result: z.enum(Object.keys(results) as [keyof typeof results], { error: '請選擇結果' }) }), async (tx, ctx, input) => {
  const booking = await lockOwn(tx, ctx, input.name)
  if (booking.stage !== 'called') return refusal('advice.stage', '這一位不在諮詢中')
  const other = input.result === 'recused' ? await otherDesk(tx, booking) : null
  if (other !== null) {
    await tx.updateTable('advice_bookings').set({ called_at: null, desk_id: other }).where('id', '=', booking.id).execute()
    await moveTo(tx, ctx, booking, 'arrived', 'recused-to-other')
    return done({ moved: true })
  }
  await closeBooking(tx, ctx, booking, input.result)
  return done({ moved: false })
}, { permission: 'legal-advice.advise' })

async function otherDesk(tx: Tx, booking: LockedBooking): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`select d.id from advice_desks d join advice_lawyers l on l.id = d.lawyer_id where d.session_id = ${booking.sessionId} and d.id <> ${booking.deskId} and ${booking.specialityId}::bigint = any(l.specialities) order by d.no limit 1`.execute(tx)
  return rows[0]?.id ?? null
}

/** The lawyer's own record: sealed under the lawyer's own key, theirs alone. Written anew, the one before stays in history, sealed too. */
export const writeRecord = act('legal-advice.write-record', z.object({ name: z.string().max(40), text: z.string().trim().min(2, '請寫下紀錄').max(20_000, '最多 20,000 個字') }), async (tx, ctx, input) => {
  const booking = await lockOwn(tx, ctx, input.name)
  const no = refuseRecord(booking)
  if (no) return no
  const lawyer = await lawyerOf(tx, ctx)
  const text = await sealForLawyer(tx, lawyer, input.text)
  await tx
    .insertInto('advice_records')
    .values({ case_id: booking.caseId!, lawyer_id: lawyer, text, written_at: ctx.now })
    .onConflict((conflict) => conflict.columns(['case_id', 'lawyer_id']).doUpdateSet({ text, written_at: ctx.now }))
    .execute()
  await record(tx, ctx, 'legal-advice.record-written', { caseId: booking.caseId! })
  return done()
}, { permission: 'legal-advice.advise' })

function refuseRecord(booking: LockedBooking): Refusal | null {
  const may = booking.stage === 'called' || (booking.stage === 'closed' && booking.outcome === 'served')
  return may ? null : refusal('advice.stage', '諮詢開始以後才能寫紀錄')
}

/** A consultation at this person's own desk. */
async function lockOwn(tx: Tx, ctx: StaffContext, name: string): Promise<LockedBooking> {
  const booking = await lockBooking(tx, { caseNumber: name })
  const own = booking && (await sql`select from advice_desks d join advice_lawyers l on l.id = d.lawyer_id where d.id = ${booking.deskId} and l.person_id = ${ctx.person.id}`.execute(tx)).rows.length
  if (!own) throw new NotFound('找不到這件諮詢')
  return booking
}

async function lawyerOf(tx: Tx, ctx: StaffContext): Promise<number> {
  return (await tx.selectFrom('advice_lawyers').select('id').where('person_id', '=', ctx.person.id).executeTakeFirstOrThrow()).id
}
