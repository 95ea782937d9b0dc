import { z } from 'zod'
import { act } from '../../../core/act.ts'
import { findDueReasons } from '../../../core/cases/due.ts'
import type { Db } from '../../../core/db.ts'
import { done, refusal } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import { personalHash, seal, unseal } from '../../../core/personal-data/index.ts'
import { tokenHash } from '../../../core/identity/sessions.ts'
import { refuseAddress } from '../../../core/mail/outbox.ts'
import { type Day, endOf } from '../../../core/time.ts'
import type { Language } from '../../../core/web/language.ts'
import { startClock } from '../create.ts'
import { lockById, moveTo } from '../petition.ts'
import type { Stage } from '../schema.ts'
import { cleanCode } from '../../../core/filing/clean.ts'
import { confirmUntil, newConfirmToken } from './file.ts'
import { renewFollowCode } from './follow-code.ts'
import { mailConfirmation, mailReceipt } from './mails.ts'
import { wordsOf } from './words/index.ts'

/** What a confirmation link leads to. */
export type Awaited = { id: number; followNo: string; title: string; stage: Stage; filedAt: Date; until: Date; dueOn: Day | null; explanation: string[]; state: 'waiting' | 'confirmed' | 'expired' }

/** The filing of a confirmation link; null when the link is incomplete, was replaced, or never was ours. */
export async function findAwaited(db: Db, token: string, now: Date): Promise<Awaited | null> {
  const row = await byToken(db, token)
    .leftJoin('case_clocks', (on) => on.onRef('case_clocks.case_id', '=', 'cases.id').on('case_clocks.main', '=', true))
    .select(['cases.id', 'follow_no', 'title', 'stage', 'filed_at', 'confirm_until', 'confirmed_at', 'cases.due_on', 'case_clocks.explanation'])
    .executeTakeFirst()
  if (!row) return null
  return {
    id: row.id, followNo: row.follow_no, title: row.title, stage: row.stage as Stage, filedAt: row.filed_at, until: row.confirm_until!, dueOn: row.due_on, explanation: row.explanation ?? [],
    state: row.confirmed_at ? 'confirmed' : row.stage === 'unconfirmed' && now < row.confirm_until! ? 'waiting' : 'expired',
  }
}

function byToken(db: Db, token: string) {
  return db.selectFrom('petitions').innerJoin('cases', 'cases.id', 'petitions.id').where('confirm_token_hash', '=', tokenHash(token))
}

/**
 * The resident has pressed the button: the petition is received now, and the thirty working days begin
 * (petition-30wd). Its 案號 is drawn when the desk registers it. Pressing again changes nothing.
 */
export const confirmFiling = act(
  'petitions.confirm',
  z.object({ token: z.string().max(100) }),
  async (tx, ctx, input) => {
    const found = await byToken(tx, input.token).select(['cases.id']).executeTakeFirst()
    if (!found) return refusal('confirm.unknown', wordsOf.zh.confirm.unknownText)
    const petition = await lockById(tx, found.id)
    const detail = await tx.selectFrom('petitions').select(['confirmed_at', 'confirm_until', 'language']).where('id', '=', petition.id).executeTakeFirstOrThrow()
    if (detail.confirmed_at) return done({ id: petition.id, followNo: petition.followNo, again: true })
    const words = wordsOf[detail.language as Language] ?? wordsOf.zh
    if (petition.stage !== 'unconfirmed' || ctx.now >= detail.confirm_until!) return refusal('confirm.expired', words.confirm.expiredText)
    await tx.updateTable('cases').set({ received_at: ctx.now }).where('id', '=', petition.id).execute()
    await tx.updateTable('petitions').set({ confirmed_at: ctx.now }).where('id', '=', petition.id).execute()
    await startClock(tx, petition.id, ctx.now)
    await moveTo(tx, ctx, petition, 'received', 'petition.confirmed')
    const { due_on: dueOn } = await tx.selectFrom('cases').select('due_on').where('id', '=', petition.id).executeTakeFirstOrThrow()
    await mailReceipt(tx, { id: petition.id, title: petition.title, followNo: petition.followNo, language: detail.language as Language, dueOn, reasons: await findDueReasons(tx, petition.id) })
    return done({ id: petition.id, followNo: petition.followNo, again: false })
  },
  { by: 'public' },
)

const Resend = z.object({ id: z.number(), email: z.string().optional(), origin: z.string().max(300) })

/**
 * The confirmation mail once more, perhaps to a corrected address. The period begins anew with the new mail, whose
 * link and code replace the earlier ones. Only for whoever holds the page shown after filing.
 */
export const resendConfirmation = act(
  'petitions.resend-confirmation',
  Resend,
  async (tx, ctx, input) => {
    const petition = await lockById(tx, input.id)
    const detail = await tx.selectFrom('petitions').select(['sender_email', 'confirm_resent_at', 'language']).where('id', '=', petition.id).executeTakeFirstOrThrow()
    const language = detail.language as Language
    const words = wordsOf[language] ?? wordsOf.zh
    if (petition.stage !== 'unconfirmed') return refusal('confirm.not-waiting', petition.stage === 'lapsed' ? words.confirm.expiredText : words.confirm.already)
    if (detail.confirm_resent_at) return refusal('confirm.resent-already', words.filed.resentAlready)
    const email = cleanCode(input.email) || unseal(detail.sender_email)!
    if (refuseAddress(email)) return refusal('confirm.bad-address', words.errors.email, { field: 'email' })
    const token = newConfirmToken()
    const code = await renewFollowCode(tx, petition.id)
    const untilOn = confirmUntil(ctx.today)
    await tx
      .updateTable('petitions')
      .set({ sender_email: seal(email), email_hash: personalHash('email', email), confirm_token_hash: tokenHash(token), confirm_until: endOf(untilOn), confirm_resent_at: ctx.now })
      .where('id', '=', petition.id)
      .execute()
    await record(tx, ctx, 'petition.confirmation-resent', { caseId: petition.id })
    await mailConfirmation(tx, email, { id: petition.id, title: petition.title, followNo: petition.followNo, origin: input.origin, language, token, code, untilOn })
    return done({ id: petition.id, followNo: petition.followNo, untilOn, sealed: seal(JSON.stringify({ code, email }))!.toString('base64') })
  },
  { by: 'public' },
)

