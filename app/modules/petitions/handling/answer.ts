import type { StaffContext } from '../../../core/act.ts'
import type { Tx } from '../../../core/db.ts'
import { refusal, type Refusal } from '../../../core/errors.ts'
import { type Answer, answerNotice } from '../notice-words.ts'
import { tellPetitioner } from '../notify.ts'
import { closePetition, type LockedPetition } from '../petition.ts'
import { closeMerged } from '../registration/joint-answer.ts'
import { reindex } from '../reindex.ts'
import { type AnswerFile, findAnswerFiles, releaseAnswerFiles } from './answer-files.ts'
import { answerFacts } from './answer-facts.ts'
import { firstMissing } from './checks.ts'

/** The answer as approved goes out in the petitioner's way, the case closes, and with it every letter joined to it. */
export async function answerPetition(tx: Tx, ctx: StaffContext, petition: LockedPetition, draftId: number): Promise<Refusal | null> {
  const missing = firstMissing(await answerFacts(tx, petition.id))
  if (missing) return refusal(`petition.check-${missing.code}`, `還不能核定：${missing.missing}。請退回承辦人處理`)
  const draft = await tx.selectFrom('petition_drafts').selectAll().where('id', '=', draftId).executeTakeFirstOrThrow()
  const answer = { text: draft.text, remedyAdvice: draft.remedy_advice }
  const files = await findAnswerFiles(tx, petition.id)
  await keepAnswer(tx, ctx, petition, answer, files)
  await closePetition(tx, ctx, petition, 'answered', { draft: draft.version })
  await tellPetitioner(tx, ctx, petition.id, { ...answerNotice(petition, answer), attachments: files })
  await closeMerged(tx, ctx, petition, async (member) => {
    await keepAnswer(tx, ctx, member, answer, files)
    return { ...answerNotice(member, answer), attachments: files }
  })
  return null
}

async function keepAnswer(tx: Tx, ctx: StaffContext, petition: LockedPetition, answer: Answer, files: AnswerFile[]): Promise<void> {
  await tx.updateTable('petitions').set({ answer: answer.text, remedy_advice: answer.remedyAdvice, answered_at: ctx.now }).where('id', '=', petition.id).execute()
  await releaseAnswerFiles(tx, ctx, petition.id, files)
  await reindex(tx, petition.id)
}
