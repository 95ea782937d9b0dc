import type { ActContext } from '../../../core/act.ts'
import type { Tx } from '../../../core/db.ts'
import { attachDocument, storeDocument } from '../../../core/documents/store.ts'
import { seal } from '../../../core/personal-data/index.ts'
import { passHoldOn } from '../../../core/personal-data/legal-holds.ts'
import { cleanLine } from '../../../core/mail/clean.ts'
import { senderOf } from './content.ts'
import { inboxKindOf, isFromProgram, type Reading } from './reading.ts'
import type { HandledAs } from './tables.ts'

/** A letter's place in the inbox, held by this transaction. */
export type InboxLetter = { id: number; mailbox: string; documentId: number; receivedAt: Date }

export const originalMediaType = 'message/rfc822'

/** Keeps the original and gives it a place in the inbox; null when this mailbox has had these very bytes before. */
export async function keepInInbox(tx: Tx, reading: Reading, mailbox: string, receivedAt: Date): Promise<InboxLetter | null> {
  const document = await storeDocument(tx, reading.raw, originalMediaType)
  const sender = senderOf(reading.letter)
  const kept = await tx
    .insertInto('petition_inbox')
    .values({
      sha256: reading.sha256, mailbox, document_id: document.id, kind: inboxKindOf(reading.kind), from_program: isFromProgram(reading.kind),
      message_id: reading.letter.messageId, subject: cleanLine(reading.letter.subject) || '（無主旨）',
      sender_name: seal(sender.name), sender_email: seal(sender.email), sender_hash: reading.senderHash, text_hash: reading.textHash,
      received_at: receivedAt, case_id: null, mail_id: null, note: null, handled_as: null, handled_by: null, handled_at: null, reason: null,
    })
    .onConflict((conflict) => conflict.columns(['sha256', 'mailbox']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return kept ? { id: kept.id, mailbox, documentId: document.id, receivedAt } : null
}

/** What became of a letter; `by` is null where the program did it. One that was held back hands that on to its case. */
export async function markHandled(tx: Tx, ctx: ActContext, id: number, as: HandledAs, more: { caseId?: number; mailId?: number; note?: string | null; reason?: string } = {}): Promise<void> {
  await tx
    .updateTable('petition_inbox')
    .set({
      handled_as: as, handled_at: ctx.now, handled_by: ctx.person?.id ?? null,
      ...(more.caseId === undefined ? {} : { case_id: more.caseId }), ...(more.mailId === undefined ? {} : { mail_id: more.mailId }),
      ...(more.note === undefined ? {} : { note: more.note }), ...(more.reason === undefined ? {} : { reason: more.reason }),
    })
    .where('id', '=', id)
    .execute()
  if (more.caseId !== undefined) await passHoldOn(tx, ctx, 'petition_inbox', id, more.caseId)
}

/** It waits for somebody, who reads why. */
export async function leaveWaiting(tx: Tx, id: number, note: string, about: { caseId?: number | null; mailId?: number | null } = {}): Promise<void> {
  await tx.updateTable('petition_inbox').set({ note, case_id: about.caseId ?? null, mail_id: about.mailId ?? null }).where('id', '=', id).execute()
}

/** The untouched original beside the case. */
export async function attachOriginal(tx: Tx, ctx: ActContext, caseId: number, letter: InboxLetter, name: string): Promise<void> {
  await attachDocument(tx, { caseId, documentId: letter.documentId, name, kind: 'original-mail', personId: ctx.person?.id ?? null })
}
