import { sql } from 'kysely'
import { z } from 'zod'
import { act, type StaffContext } from '../../../core/act.ts'
import type { Reader, Tx } from '../../../core/db.ts'
import { cleanOutgoing } from '../../../core/documents/outgoing.ts'
import { attachDocument, storeDocument } from '../../../core/documents/store.ts'
import { done, isRefusal, NotFound, refusal, type Refusal } from '../../../core/errors.ts'
import type { AcceptedFile } from '../../../core/documents/accepted-files.ts'
import { CaseNameInput } from '../inputs.ts'
import { hold, moveTo } from '../petition.ts'

// Files that go out with the answer. Until it is approved they are a draft's, which the petitioner does not see.

const draftKind = 'answer-draft'
/** Mail servers refuse larger letters. */
const bytesMax = 10 * 1024 * 1024

export type AnswerFile = { id: number; documentId: number; name: string; mediaType: string; sha256: string; size: number }

/** The files that would go out, in their latest versions. */
export async function findAnswerFiles(reader: Reader, caseId: number): Promise<AnswerFile[]> {
  const found = await sql<AnswerFile>`
    select d.id, d.document_id as "documentId", d.name, f.media_type as "mediaType", encode(f.sha256, 'hex') as sha256, f.size
    from case_documents d join documents f on f.id = d.document_id
    where d.case_id = ${caseId} and d.kind = ${draftKind} and not exists (select from case_documents n where n.replaces_id = d.id and n.kind = ${draftKind}) order by d.id`.execute(reader)
  return found.rows
}

/**
 * Puts files to the draft, without their hidden data; the same name again replaces the one before. Refused where the answer could no
 * longer be mailed. `found`: what the officer should know of them before they go out.
 */
export async function addAnswerFiles(tx: Tx, ctx: StaffContext, caseId: number, files: AcceptedFile[]): Promise<{ refused?: false; found: string[] } | Refusal> {
  const cleaned = await cleanOutgoing(files)
  if (isRefusal(cleaned)) return cleaned
  for (const file of cleaned.files) {
    const { id } = await storeDocument(tx, file.bytes, file.mediaType)
    await attachDocument(tx, { caseId, documentId: id, name: file.name, kind: draftKind, personId: ctx.person.id })
  }
  const bytes = (await findAnswerFiles(tx, caseId)).reduce((sum, file) => sum + file.size, 0)
  return bytes > bytesMax ? refusal('petition.files-too-large', `答復的附件合計請在 ${bytesMax / 1024 / 1024} MB 以內，否則寄不到`, { field: 'files' }) : { found: cleaned.found }
}

/** Takes a file from the draft; it stays with the case as a working paper. */
export const dropAnswerFile = act('petitions.drop-answer-file', z.object({ name: CaseNameInput, fileId: z.coerce.number().int().positive() }), async (tx, given, input) => {
  const held = await hold(tx, given, input.name, 'draft')
  if (isRefusal(held)) return held
  const { petition, ctx } = held
  const dropped = await tx.updateTable('case_documents').set({ kind: 'working-paper' }).where('id', '=', input.fileId).where('case_id', '=', petition.id).where('kind', '=', draftKind).returning('id').executeTakeFirst()
  if (!dropped) throw new NotFound('找不到這個檔案')
  await moveTo(tx, ctx, petition, petition.stage, 'petition.answer-file-dropped', { file: dropped.id })
  return done()
}, { permission: 'petitions.draft' })

/** The answer was approved: its files are the petitioner's to see, and those of every letter joined to it. */
export async function releaseAnswerFiles(tx: Tx, ctx: StaffContext, caseId: number, files: AnswerFile[]): Promise<void> {
  for (const file of files) {
    const released = await tx.updateTable('case_documents').set({ kind: 'answer' }).where('id', '=', file.id).where('case_id', '=', caseId).returning('id').executeTakeFirst()
    if (!released) await attachDocument(tx, { caseId, documentId: file.documentId, name: file.name, kind: 'answer', personId: ctx.person.id })
  }
}
