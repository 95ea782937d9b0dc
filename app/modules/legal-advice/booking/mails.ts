import { randomBytes } from 'node:crypto'
import type { Tx } from '../../../core/db.ts'
import { findSetting } from '../../../core/identity/settings.ts'
import { tokenHash } from '../../../core/identity/sessions.ts'
import { queueMail, refuseAddress } from '../../../core/mail/outbox.ts'
import { namePurposes } from '../../../core/mail/purposes.ts'
import { unseal } from '../../../core/personal-data/index.ts'
import type { Language } from '../../../core/web/language.ts'
import { minePath } from '../paths.ts'
import '../tables.ts'

namePurposes({
  'legal-advice.confirm': '確認法律諮詢預約', 'legal-advice.booked': '法律諮詢預約完成', 'legal-advice.waiting': '法律諮詢候補', 'legal-advice.offer': '法律諮詢遞補',
  'legal-advice.reminder': '法律諮詢提醒', 'legal-advice.cancelled': '法律諮詢取消',
})

/** `link` opens the booking. */
export type Letter = { purpose: string } & Record<Language, { subject: string; text(link: string): string }>

/** Writes to who booked, in the language in which they did, with a link of this mail's own. False: there is no address, or it cannot be written to. */
export async function mailBooking(tx: Tx, bookingId: number, letter: Letter): Promise<boolean> {
  const booking = await tx.selectFrom('advice_bookings').select(['email', 'origin', 'case_id', 'language']).where('id', '=', bookingId).executeTakeFirstOrThrow()
  const to = unseal(booking.email)
  if (!to || refuseAddress(to)) return false
  const token = randomBytes(24).toString('base64url')
  await tx.insertInto('advice_links').values({ token_hash: tokenHash(token), booking_id: bookingId }).execute()
  const language = booking.language ?? 'zh'
  const { subject, text } = letter[language]
  const words = text(`${booking.origin ?? ''}${minePath(language, token)}`)
  await queueMail(tx, { to, subject, purpose: letter.purpose, secret: true, caseId: booking.case_id, text: await signed(tx, words, language) })
  return true
}

async function signed(tx: Tx, text: string, language: Language): Promise<string> {
  const county = (await findSetting<string>(tx, 'county.name')) ?? '縣政府'
  if (language === 'en') return `${text}\n\n${(await findSetting<string>(tx, 'county.name-en')) ?? county}\n(This mail is sent by the system; please do not answer it.)`
  return `您好：\n\n${text}\n\n${county} 敬啟\n（這封信由系統寄出，請不要直接回信。）`
}
