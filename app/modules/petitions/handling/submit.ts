import { z } from 'zod'
import { act } from '../../../core/act.ts'
import { done, isRefusal, refusal } from '../../../core/errors.ts'
import { CaseNameInput } from '../inputs.ts'
import { hold } from '../petition.ts'
import { answerFacts } from './answer-facts.ts'
import { allMissing } from './checks.ts'
import { lastDraft } from './draft.ts'
import { sendUp } from './submissions.ts'

/** 陳核 of the answer: the latest draft, after every check. What is missing comes in one refusal, its `fields` named after the checks. */
export const submitAnswer = act('petitions.submit', z.object({ name: CaseNameInput }), async (tx, given, input) => {
  const held = await hold(tx, given, input.name, 'submit')
  if (isRefusal(held)) return held
  const { petition, ctx } = held
  const missing = allMissing(await answerFacts(tx, petition.id))
  const [first] = missing
  if (first) {
    const fields = Object.fromEntries(missing.map((check) => [check.code, check.missing!]))
    return refusal(`petition.check-${first.code}`, `還不能陳核：${Object.values(fields).join('；')}`, { fields, ...(first.law ? { law: first.law } : {}) })
  }
  const draft = (await lastDraft(tx, petition.id))!
  return (await sendUp(tx, ctx, petition, 'answer', { draftId: draft.id })) ?? done()
})
