import type { ActContext } from '../../../core/act.ts'
import type { Tx } from '../../../core/db.ts'
import { attachDocument, storeDocument } from '../../../core/documents/store.ts'
import { record } from '../../../core/events/record.ts'
import { createPetition } from '../create.ts'
import type { AcceptedFile } from '../../../core/documents/accepted-files.ts'
import { newFollowCode } from '../../../core/filing/follow-code.ts'
import { keepNote } from '../notes.ts'
import type { Channel } from '../schema.ts'
import { type Content, wholeTextName } from './content.ts'
import { attachOriginal, type InboxLetter, markHandled } from './inbox.ts'
import type { Reading } from './reading.ts'

export type MadePetition = { id: number; followNo: string; code: string; channel: Channel; title: string }

/** A petition of the letter, received when it arrived, with the original and its files beside it. */
export async function makePetition(
  tx: Tx, ctx: ActContext, letter: InboxLetter, reading: Reading,
  as: { content: Content; channel: Channel; previousId?: number | null; confidential?: boolean; remarks?: string[] },
): Promise<MadePetition> {
  const { content, channel } = as
  const code = newFollowCode()
  const { id, followNo } = await createPetition(tx, ctx, {
    channel, title: content.title, body: content.body, sender: content.sender, receivedAt: letter.receivedAt, mailboxRef: content.mailboxRef,
    language: content.language, followCode: code, previousId: as.previousId ?? null, confidential: as.confidential ?? false,
  })
  if (as.previousId) await record(tx, ctx, 'petition.asked-again', { caseId: as.previousId, payload: { by: id } })
  await attachOriginal(tx, ctx, id, letter, '原始郵件.eml')
  await attachFiles(tx, ctx, id, 'attachment', reading.files, content.whole)
  await remark(tx, ctx, id, letter.id, [...content.remarks, ...reading.fileRemarks, ...(as.remarks ?? [])])
  await markHandled(tx, ctx, letter.id, 'petition', { caseId: id })
  return { id, followNo, code, channel, title: content.title }
}

export async function attachFiles(tx: Tx, ctx: ActContext, caseId: number, kind: 'attachment' | 'supplement', files: AcceptedFile[], whole: string | null): Promise<void> {
  const all = whole === null ? files : [{ name: wholeTextName, mediaType: 'text/plain', bytes: Buffer.from(whole) }, ...files]
  for (const file of all) {
    const document = await storeDocument(tx, file.bytes, file.mediaType)
    await attachDocument(tx, { caseId, documentId: document.id, name: file.name, kind, personId: ctx.person?.id ?? null })
  }
}

/** What the desk should know of the reading, in the case's history. */
export async function remark(tx: Tx, ctx: ActContext, caseId: number, letterId: number, remarks: string[]): Promise<void> {
  if (!remarks.length) return
  const note = await keepNote(tx, ctx, caseId, remarks.map((each) => `${each}。`).join('\n'))
  await record(tx, ctx, 'petition.letter-remarked', { caseId, payload: { letter: letterId, note } })
}
