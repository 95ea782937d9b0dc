import { z } from 'zod'
import { act } from '../../../core/act.ts'
import type { Tx } from '../../../core/db.ts'
import { done, isRefusal, refusal } from '../../../core/errors.ts'
import { AcceptedFiles } from '../../../core/documents/accepted-files.ts'
import { CaseNameInput } from '../inputs.ts'
import { hold, moveTo } from '../petition.ts'
import { addAnswerFiles } from './answer-files.ts'

/** An answer of more characters belongs into an attachment. */
export const answerMax = 10_000

export const QuestionMark = z.object({ no: z.coerce.number().int().positive(), state: z.enum(['open', 'answered', 'not-applicable']), note: z.string().trim().max(300).optional() })

export const Draft = z.object({
  name: CaseNameInput,
  text: z.string().trim().max(answerMax, `答復最多 ${answerMax.toLocaleString('en')} 個字`),
  remedy: z.enum(['undecided', 'none', 'given']).default('undecided'),
  remedyAdvice: z.string().trim().max(2000, '救濟教示最多 2,000 個字').optional(),
  questions: z.array(QuestionMark).max(50).default([]),
  /** go out with the answer */
  files: AcceptedFiles,
  /** the version this was written from, so that two who write at once do not undo each other */
  basedOn: z.coerce.number().int().min(0).optional(),
})

/** 擬答: each save is a version of its own; the questions ticked are those of the letter. `found`: what is still in the files. */
export const saveDraft = act('petitions.draft', Draft, async (tx, given, input) => {
  const held = await hold(tx, given, input.name, 'draft')
  if (isRefusal(held)) return held
  const { petition, ctx } = held
  if (!input.text) return refusal('petition.empty-answer', '答復是空的，請先寫內容', { field: 'text' })
  if (input.remedy === 'given' && !input.remedyAdvice) return refusal('petition.no-advice', '請寫下要告訴陳情人的救濟方法，或改選「無涉」', { field: 'remedyAdvice', law: '行政程序法 §172 II' })
  const last = await lastDraft(tx, petition.id)
  if (last && input.basedOn !== undefined && input.basedOn < last.version) return refusal('petition.draft-changed', `這段期間已有第 ${last.version} 版，請先看過再存；您寫的還在下面`, { field: 'text' })
  await markQuestions(tx, petition.id, input.questions)
  const added = await addAnswerFiles(tx, ctx, petition.id, input.files)
  if (isRefusal(added)) return added
  const advice = input.remedy === 'given' ? input.remedyAdvice! : null
  if (last && last.text === input.text && last.remedy === input.remedy && last.remedy_advice === advice && !input.files.length) return done({ version: last.version, found: added.found })
  const version = (last?.version ?? 0) + 1
  await tx.insertInto('petition_drafts').values({ case_id: petition.id, version, text: input.text, remedy: input.remedy, remedy_advice: advice, author_id: ctx.person.id }).execute()
  await moveTo(tx, ctx, petition, petition.stage, 'petition.drafted', { version })
  return done({ version, found: added.found })
})

export async function lastDraft(tx: Tx, caseId: number) {
  return tx.selectFrom('petition_drafts').selectAll().where('case_id', '=', caseId).orderBy('version', 'desc').limit(1).executeTakeFirst()
}

async function markQuestions(tx: Tx, caseId: number, marks: z.output<typeof QuestionMark>[]): Promise<void> {
  for (const mark of marks) {
    await tx.updateTable('petition_questions').set({ state: mark.state, note: mark.note || null }).where('case_id', '=', caseId).where('no', '=', mark.no).execute()
  }
}
