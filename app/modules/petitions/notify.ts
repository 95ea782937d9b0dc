import type { ActContext } from '../../core/act.ts'
import type { Tx } from '../../core/db.ts'
import { unseal } from '../../core/identity/personal-data.ts'
import { refuseAddress, queueMail } from '../../core/mail/outbox.ts'
import './tables.ts'

export type Notice = { subject: string; text: string; /** `petition.receipt`, `petition.extension` … */ purpose?: string }

/**
 * Tells the resident by mail, in the act's own transaction; sent after commit. False where the petition has no
 * address that can be written to: then it is told by post, by telephone or on the follow page.
 */
export async function notifyResident(tx: Tx, _ctx: ActContext, petition: { id: number }, notice: Notice): Promise<boolean> {
  const row = await tx.selectFrom('petitions').select('sender_email').where('id', '=', petition.id).executeTakeFirst()
  const to = unseal(row?.sender_email)
  if (!to || refuseAddress(to)) return false
  await queueMail(tx, { to, subject: notice.subject, text: notice.text, purpose: notice.purpose ?? 'petition.notice', caseId: petition.id })
  return true
}
