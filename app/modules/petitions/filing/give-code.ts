import type { ActContext } from '../../../core/act.ts'
import type { Tx } from '../../../core/db.ts'
import { record } from '../../../core/events/record.ts'
import type { Language } from '../../../core/web/language.ts'
import { renewFollowCode } from './follow-code.ts'
import { mailCode } from './mails.ts'
import '../tables.ts'

/**
 * A follow code of their own for whoever's petition came in by the desk, or who lost theirs; mailed, never shown to
 * staff. False, and nothing changed, where there is no address.
 */
export async function giveFollowCode(tx: Tx, ctx: ActContext, petition: { id: number; title: string; followNo: string }): Promise<boolean> {
  const row = await tx.selectFrom('petitions').select('sender_email').where('id', '=', petition.id).executeTakeFirst()
  if (!row?.sender_email) return false
  const code = await renewFollowCode(tx, petition.id)
  await record(tx, ctx, 'petition.code-renewed', { caseId: petition.id })
  return mailCode(tx, { id: petition.id, title: petition.title, followNo: petition.followNo, code, language: await languageOf(tx, petition.id) })
}

/** The language the petition was filed in. */
export async function languageOf(tx: Tx, caseId: number): Promise<Language> {
  const row = await tx.selectFrom('petitions').select('language').where('id', '=', caseId).executeTakeFirst()
  return row?.language === 'en' ? 'en' : 'zh'
}
