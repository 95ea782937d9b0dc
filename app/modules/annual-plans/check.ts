import { z } from 'zod'
import { act } from '../../core/act.ts'
import { done, refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { lockForStaff } from './proposal.ts'
import './tables.ts'

const Check = z.object({ name: z.string().min(1).max(40), decision: z.enum(['complete', 'returned'], { error: '請選擇結果' }), note: z.string().trim().max(2000, '最多 2,000 個字').default('') })

/** The control section looks whether a proposal is complete: on to review, or back to its unit with what is missing. */
export const checkProposal = act('annual-plans.check', Check, async (tx, given, input) => {
  const { proposal, ctx } = await lockForStaff(tx, given, input.name, 'annual-plans.manage')
  const from = input.decision === 'complete' ? ['submitted'] : ['submitted', 'complete']
  if (!from.includes(proposal.stage)) return refusal('plan.stage', proposal.stage === 'closed' ? '這件已經審定' : '這件不在可以檢查的階段')
  if (input.decision === 'returned' && input.note.length < 4) return refusal('plan.note', '請寫下要補正什麼', { field: 'note' })
  await tx.updateTable('plan_proposals').set({ returned_note: input.decision === 'returned' ? input.note : null }).where('id', '=', proposal.id).execute()
  await tx.updateTable('cases').set({ stage: input.decision }).where('id', '=', proposal.id).execute()
  await record(tx, ctx, input.decision === 'complete' ? 'plan-proposal.checked' : 'plan-proposal.returned', { caseId: proposal.id, fromStage: proposal.stage, toStage: input.decision })
  return done()
}, { permission: 'annual-plans.manage' })
