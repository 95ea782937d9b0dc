import { z } from 'zod'
import { act } from '../../core/act.ts'
import type { Reader } from '../../core/db.ts'
import { AcceptedFiles } from '../../core/documents/accepted-files.ts'
import { cleanOutgoing } from '../../core/documents/outgoing.ts'
import { attachDocument, storeDocument } from '../../core/documents/store.ts'
import { done, isRefusal, refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import type { Attachment } from '../../core/laws/text.ts'
import { findCaseFiles } from '../../core/procedure/case-files.ts'
import { lockForStaff } from './lock.ts'
import { refuseFrozen } from './propose.ts'
import './tables.ts'

/** Files of a proposal that become 附件 of its law. */
export const attachmentKind = 'law-attachment'

const Saved = z.object({
  name: z.string().min(1).max(40),
  /** names that shall not be attached any more: of the law, or added here before */
  drop: z.union([z.string(), z.array(z.string())]).optional().transform((given) => (given === undefined ? [] : [given].flat())),
  files: AcceptedFiles,
})

/**
 * 附件 of the text that a proposal leads to: what the law has, without those taken out, with the files added; one of the same name takes the place
 * of the other. They change as long as the draft may, are cleaned of what one does not see in them, and are published with the text.
 */
export const saveAttachments = act('regulations.save-attachments', Saved, async (tx, given, input) => {
  const { proposal, ctx } = await lockForStaff(tx, given, input.name, 'regulations.draft')
  const no = refuseFrozen(proposal.stage)
  if (no) return no
  if (proposal.change !== 'enact' && proposal.change !== 'amend') return refusal('regulation.no-wording', '這件不改條文，不能改附件')
  const cleaned = await cleanOutgoing(input.files)
  if (isRefusal(cleaned)) return cleaned
  const dropped = new Set([...proposal.droppedAttachments, ...input.drop])
  for (const { id, name } of await ofProposal(tx, proposal.id)) if (input.drop.includes(name)) await tx.updateTable('case_documents').set({ kind: 'working-paper' }).where('id', '=', id).execute()
  for (const file of cleaned.files) {
    dropped.delete(file.name)
    const { id } = await storeDocument(tx, file.bytes, file.mediaType)
    await attachDocument(tx, { caseId: proposal.id, documentId: id, name: file.name, kind: attachmentKind, personId: ctx.person.id })
  }
  await tx.updateTable('regulations').set({ dropped_attachments: JSON.stringify([...dropped]) as never }).where('id', '=', proposal.id).execute()
  await record(tx, ctx, 'regulation.attachments-changed', { caseId: proposal.id, payload: { added: cleaned.files.length, dropped: input.drop.length } })
  return done({ found: cleaned.found })
}, { permission: 'regulations.draft' })

const ofProposal = async (reader: Reader, caseId: number) => (await findCaseFiles(reader, caseId)).filter(({ kind }) => kind === attachmentKind)

/** The 附件 that the law has with this proposal: the last version of each name. */
export async function attachmentsWith(reader: Reader, proposal: { id: number; droppedAttachments: readonly string[] }, before: readonly Attachment[]): Promise<Attachment[]> {
  const added = new Map((await ofProposal(reader, proposal.id)).map((file): [string, Attachment] => [file.name, { name: file.name, text: '', sha256: file.sha256, mediaType: file.mediaType, bytes: file.bytes }]))
  const kept = before.filter(({ name }) => !proposal.droppedAttachments.includes(name)).map((one) => added.get(one.name) ?? one)
  return [...kept, ...[...added.values()].filter(({ name }) => !kept.some((one) => one.name === name))]
}
