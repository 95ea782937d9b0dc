import type { StaffContext } from '../../../core/act.ts'
import type { Tx } from '../../../core/db.ts'
import { refusal, type Refusal } from '../../../core/errors.ts'
import { type LockedPetition, moveTo } from '../petition.ts'
import { type Approver, findApprovers, firstStep, type Step } from './approvers.ts'
import { tellStaff } from '../notify.ts'

/** What can be sent up for approval. */
export const submissionNames = { answer: '答復', extension: '展期', 'no-action': '不予處理', transfer: '移轉', 'other-procedure': '轉其他程序' } as const
export type Submitted = keyof typeof submissionNames

/** What was asked, by kind; kept as it was asked and carried out when approved. */
export type Asked = {
  answer: { draftId: number }
  extension: { officeDays: number; reason: string }
  'no-action': { ground: string; reason: string }
  transfer: { agency: string; note: string | null }
  'other-procedure': { procedure: string; note: string | null }
}

/**
 * 陳核: sends something up. An extension leaves the case where it stands, so that work goes on; all else waits in
 * `approval`. Refused where nobody could approve it.
 */
export async function sendUp<W extends Submitted>(tx: Tx, ctx: StaffContext, petition: LockedPetition, what: W, asked: Asked[W]): Promise<Refusal | null> {
  if (petition.unitId === null) return refusal('petition.no-unit', '還沒有主辦單位，無人可以核定')
  const approvers = await findApprovers(tx, petition.unitId, ctx.today)
  // who wrote the draft that goes up is as little its judge as who sends it
  const author = 'draftId' in asked ? (await tx.selectFrom('petition_drafts').select('author_id').where('id', '=', asked.draftId as number).executeTakeFirst())?.author_id : null
  const step = firstStep(approvers, [ctx.person.id, ctx.onBehalfOf, author ?? null])
  if (!step) return refusal('petition.no-approver', '主辦單位沒有其他可以核定的主管（自己送的不能自己核定），請洽系統管理人員設定主管或代理人')
  const { id } = await tx
    .insertInto('petition_submissions')
    .values({
      case_id: petition.id,
      what,
      draft_id: 'draftId' in asked ? (asked.draftId as number) : null,
      asked: JSON.stringify(asked) as never,
      from_stage: petition.stage,
      step,
      submitted_by: ctx.person.id,
      submitted_at: ctx.now,
      decided_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await moveTo(tx, ctx, petition, what === 'extension' ? petition.stage : 'approval', 'petition.submitted', { submission: id, what, step })
  await tellApprovers(tx, petition, approvers, step, what)
  return null
}

export async function tellApprovers(tx: Tx, petition: LockedPetition, approvers: Approver[], step: Step, what: Submitted): Promise<void> {
  const nearest = approvers.filter((one) => one.role === step)
  await tellStaff(tx, nearest.filter((one) => one.unitId === nearest[0]?.unitId).map((one) => one.personId), {
    subject: `待核定：${petition.number ?? petition.followNo} ${submissionNames[what]}`,
    text: `「${petition.title}」的${submissionNames[what]}等您核定，請到「我的工作」查看。`,
    purpose: 'petition.submitted',
    caseId: petition.id,
  })
}
