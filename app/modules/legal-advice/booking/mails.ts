import { randomBytes } from 'node:crypto'
import type { Tx } from '../../../core/db.ts'
import { findSetting } from '../../../core/identity/settings.ts'
import { tokenHash } from '../../../core/identity/sessions.ts'
import { queueMail, refuseAddress } from '../../../core/mail/outbox.ts'
import { namePurposes } from '../../../core/mail/purposes.ts'
import { unseal } from '../../../core/personal-data/index.ts'
import { minePath } from '../paths.ts'
import '../tables.ts'

namePurposes({
  'legal-advice.confirm': '確認法律諮詢預約', 'legal-advice.booked': '法律諮詢預約完成', 'legal-advice.waiting': '法律諮詢候補', 'legal-advice.offer': '法律諮詢遞補',
  'legal-advice.reminder': '法律諮詢提醒', 'legal-advice.cancelled': '法律諮詢取消',
})

export type Letter = { subject: string; purpose: string; /** `link` opens the booking */ text: (link: string) => string }

/** Writes to who booked, with a link of this mail's own. False: there is no address, or it cannot be written to. */
export async function mailBooking(tx: Tx, bookingId: number, letter: Letter): Promise<boolean> {
  const booking = await tx.selectFrom('advice_bookings').select(['email', 'origin', 'case_id']).where('id', '=', bookingId).executeTakeFirstOrThrow()
  const to = unseal(booking.email)
  if (!to || refuseAddress(to)) return false
  const token = randomBytes(24).toString('base64url')
  await tx.insertInto('advice_links').values({ token_hash: tokenHash(token), booking_id: bookingId }).execute()
  const county = (await findSetting<string>(tx, 'county.name')) ?? '縣政府'
  await queueMail(tx, {
    to, subject: letter.subject, purpose: letter.purpose, secret: true, caseId: booking.case_id,
    text: `您好：\n\n${letter.text(`${booking.origin ?? ''}${minePath(token)}`)}\n\n${county} 敬啟\n（這封信由系統寄出，請不要直接回信。）`,
  })
  return true
}
