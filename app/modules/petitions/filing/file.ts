import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '../../../core/act.ts'
import { computeDeadline } from '../../../core/clocks/compute.ts'
import type { Tx } from '../../../core/db.ts'
import { attachDocument } from '../../../core/documents/store.ts'
import { done, refusal } from '../../../core/errors.ts'
import { personalHashes, seal } from '../../../core/personal-data/index.ts'
import { tokenHash } from '../../../core/identity/sessions.ts'
import { addDays, type Day, endOf } from '../../../core/time.ts'
import { createPetition } from '../create.ts'
import { dropDraft, lockDraft, newDraftToken } from './drafts.ts'
import { newFollowCode } from '../../../core/filing/follow-code.ts'
import { checkFiling, type Filing } from './letter.ts'
import { mailConfirmation } from './mails.ts'
import { wordsOf } from './words/index.ts'

/** How many filings of one address may wait for their confirmation: the form must not become a way to flood a mailbox. */
export const waitingMax = 5

const FileLetter = z.object({ token: z.string().max(100), origin: z.string().max(300) })

/**
 * Files the draft of this token: a petition that waits for its confirmation, with a random follow number; the mail with
 * the link goes out. The answer holds the follow code sealed, since the answers of acts are kept.
 */
export const fileLetter = act(
  'petitions.file',
  FileLetter,
  async (tx, ctx, input) => {
    const draft = await lockDraft(tx, input.token)
    const words = wordsOf[draft?.language ?? 'zh']
    if (!draft) return refusal('filing.no-draft', words.errors.draftGone)
    const { filing, errors } = checkFiling(draft.fields, words)
    if (!filing) return refusal('input.invalid', Object.values(errors)[0]!, { fields: errors })
    if (await tooManyWaiting(tx, filing.email, ctx.now)) return refusal('filing.too-many', words.errors.tooMany, { field: 'email' })

    const code = newFollowCode()
    const token = newConfirmToken()
    const untilOn = confirmUntil(ctx.today)
    const { id, followNo } = await createPetition(tx, ctx, {
      channel: 'mayor-mail',
      ...letterOf(filing),
      receivedAt: null,
      language: draft.language,
      followCode: code,
      confirm: { tokenHash: tokenHash(token), until: endOf(untilOn) },
      previousId: draft.previousId ?? null,
    })
    for (const file of draft.files) await attachDocument(tx, { caseId: id, documentId: file.id, name: file.name, kind: 'attachment' })
    await dropDraft(tx, input.token)
    await mailConfirmation(tx, filing.email, { id, title: filing.title, followNo, origin: input.origin, language: draft.language, token, code, untilOn })
    return done({ id, followNo, untilOn, sealed: seal(JSON.stringify({ code, email: filing.email }))!.toString('base64') })
  },
  { by: 'public' },
)

function letterOf(filing: Filing) {
  const { name, email, phone, address, ...letter } = filing
  return { ...letter, sender: { name, email, phone, address } }
}

export const newConfirmToken = newDraftToken

/** petition-confirm-3cd, from the day the mail goes out: the last day on which the link works. */
export function confirmUntil(today: Day): Day {
  const answer = computeDeadline('petition-confirm-3cd', today)
  return answer.kind === 'due' ? answer.day : addDays(today, 3) // beyond the office calendar: plain days
}

async function tooManyWaiting(tx: Tx, email: string, now: Date): Promise<boolean> {
  const found = await sql<{ waiting: number }>`
    select count(*) as waiting from petitions p join cases c on c.id = p.id
    where p.email_hash = any(${personalHashes('email', email)}::bytea[]) and c.stage = 'unconfirmed' and p.filed_at > ${new Date(now.getTime() - 86_400_000)}`.execute(tx)
  return found.rows[0]!.waiting >= waitingMax
}
