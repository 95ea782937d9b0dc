import { sql } from 'kysely'
import type { ActContext } from '../../../core/act.ts'
import { type Db, type Tx, write } from '../../../core/db.ts'
import { record } from '../../../core/events/record.ts'
import { defineJob } from '../../../core/jobs/jobs.ts'
import { addDays, dayOf, endOf, startOf } from '../../../core/time.ts'
import { remindsFrom } from '../rules.ts'
import { findRules } from '../settings/settings.ts'
import '../tables.ts'
import { closeBooking, lockBooking } from './booking.ts'
import { offerOverLetter, reminderLetter } from './letters.ts'
import { mailBooking } from './mails.ts'
import { forgetHold } from './mine.ts'
import { offerFreeSlots, offerSlot } from './offer.ts'

/** Holds that nobody confirmed are deleted, offers that nobody took go to the next: the time is free again within minutes. */
export const lapseHolds = defineJob({ name: 'legal-advice.lapse', as: 'system', title: '法律諮詢：釋出逾時未確認的時間，通知下一位候補', every: '*/5 * * * *', keepDays: 7, run: async (db) => void (await lapseHoldsAt(db, new Date())) })

export async function lapseHoldsAt(db: Db, now: Date): Promise<number> {
  const due = await db.selectFrom('advice_bookings').select('id').where('hold_until', '<=', now).orderBy('hold_until').limit(500).execute()
  for (const { id } of due) await write(db, (tx) => lapse(tx, system(now), id))
  return due.length
}

async function lapse(tx: Tx, ctx: ActContext, id: number): Promise<void> {
  const booking = await lockBooking(tx, { id })
  if (!booking?.holdUntil || booking.holdUntil > ctx.now) return // confirmed or taken meanwhile
  if (booking.stage === 'offered') {
    await mailBooking(tx, booking.id, offerOverLetter())
    await closeBooking(tx, ctx, booking, 'not-offered')
  } else await forgetHold(tx, id)
  if (booking.slotId) await offerSlot(tx, ctx, booking.slotId)
  else await offerFreeSlots(tx, ctx, booking.sessionId)
}

/** The day before, at the hour that the county chose: where and when, and how to give it back. It looks every hour, since the hour is a setting. */
export const remind = defineJob({ name: 'legal-advice.remind', as: 'system', title: '法律諮詢：前一天提醒', every: '30 * * * *', keepDays: 30, run: async (db) => void (await remindAt(db, new Date())) })

/** Once a booking: the event tells that it was done, so a job that runs twice writes once. Who booked after the hour has only just had a mail. */
export async function remindAt(db: Db, now: Date): Promise<number> {
  const from = remindsFrom(dayOf(now), await findRules(db))
  if (now < from) return 0
  const tomorrow = addDays(dayOf(now), 1)
  const due = await sql<{ id: number; caseId: number }>`
    select b.id, b.case_id as "caseId" from advice_bookings b join cases c on c.id = b.case_id where c.stage = 'booked' and b.slot_at >= ${startOf(tomorrow)} and b.slot_at < ${endOf(tomorrow)} and b.email is not null
      and not exists (select from events e where e.case_id = c.id and (e.kind = 'legal-advice.reminded' or e.to_stage = 'booked' and e.happened_at >= ${from}))`.execute(db)
  let sent = 0
  for (const { id, caseId } of due.rows) {
    sent += await write(db, async (tx) => {
      const booking = await lockBooking(tx, { id })
      if (booking?.stage !== 'booked') return 0
      await record(tx, system(now), 'legal-advice.reminded', { caseId })
      await mailBooking(tx, id, reminderLetter(booking.slotAt!, booking.place))
      return 1
    })
  }
  return sent
}

const system = (now: Date): ActContext => ({ person: null, onBehalfOf: null, now, today: dayOf(now) })
