import { z } from 'zod'
import { act, type StaffContext } from '../../../core/act.ts'
import { handsIn } from '../../../core/cases/hands.ts'
import type { Tx } from '../../../core/db.ts'
import { done, isRefusal, NotAllowed, refusal, type Refusal, type Result } from '../../../core/errors.ts'
import { may, onBehalfOf } from '../../../core/identity/permissions.ts'
import { CaseNameInput } from '../inputs.ts'
import { apart } from '../permissions.ts'
import { tellStaff } from '../notify.ts'
import { hold, type LockedPetition, moveTo } from '../petition.ts'
import type { Stage } from '../schema.ts'
import { closeAsOtherProcedure } from '../registration/other-procedure.ts'
import { closeTransferred } from '../registration/transfer.ts'
import { closeWithoutAction } from '../registration/no-action.ts'
import { answerPetition } from './answer.ts'
import { findApprovers, type Step } from './approvers.ts'
import { carryOutExtension } from './extension.ts'
import { type Asked, submissionNames, type Submitted, tellApprovers } from './submissions.ts'

export const Decide = z.object({
  name: CaseNameInput,
  decision: z.enum(['approved', 'sent-back'], { error: '請選擇核定或退回' }),
  comment: z.string().trim().max(1000, '意見最多 1,000 個字').optional(),
  /** what the page showed: a newer submission must be looked at first */
  submissionId: z.coerce.number().int().optional().catch(undefined),
})

export type Decided = { outcome: 'approved' | 'passed-on' | 'sent-back' }

/** 核定 or 退回 of what was sent up: section chief, then head; a head who decides first ends it. */
export const decide = act('petitions.approve', Decide, async (tx, given, input): Promise<Result<Decided>> => {
  const held = await hold(tx, given, input.name, 'approve')
  if (isRefusal(held)) return held
  const { petition } = held
  const submission = await findPending(tx, petition.id)
  if (input.submissionId && input.submissionId !== submission.id) return refusal('petition.submission-changed', '這件已重新陳核，請看過新的內容再決定')
  const step = submission.step as Step
  const permission = step === 'head' ? 'petitions.approve-as-head' : 'petitions.approve-as-chief'
  if (!may(given.person, permission, petition)) throw new NotAllowed(permission)
  const ctx = { ...given, onBehalfOf: onBehalfOf(given.person, permission, petition) }
  const hands = await handsOf(tx, petition.id, submission)
  if (hands.includes(ctx.person.id) || (ctx.onBehalfOf !== null && hands.includes(ctx.onBehalfOf))) return refusal('petition.own-submission', `${apart['petitions.approve'].why}，請由其他主管或其代理人決定`)
  if (input.decision === 'sent-back' && !input.comment) return refusal('petition.no-comment', '退回要寫下意見，承辦人才知道怎麼改', { field: 'comment' })
  await tx
    .insertInto('petition_decisions')
    .values({ submission_id: submission.id, step, decision: input.decision, comment: input.comment || null, person_id: ctx.person.id, on_behalf_of: ctx.onBehalfOf })
    .execute()
  if (input.decision === 'sent-back') {
    await sendBack(tx, ctx, petition, submission)
    return done({ outcome: 'sent-back' })
  }
  const asHead = step === 'head' || may(ctx.person, 'petitions.approve-as-head', petition)
  if (!asHead) return (await passOn(tx, ctx, petition, submission)) ?? done({ outcome: 'passed-on' })
  await tx.updateTable('petition_submissions').set({ state: 'approved', step: 'done', decided_at: ctx.now }).where('id', '=', submission.id).execute()
  // 展期 leaves the stage as it was; what closes the case says so itself
  const no = await carryOut(tx, ctx, petition, submission)
  return no ?? done({ outcome: 'approved' })
})

type Pending = Awaited<ReturnType<typeof findPending>>

export async function findPending(tx: Tx, caseId: number) {
  return tx.selectFrom('petition_submissions').selectAll().where('case_id', '=', caseId).where('state', '=', 'pending').executeTakeFirstOrThrow()
}

/** Who sent this up, whose words it is, and for whom they did so. */
async function handsOf(tx: Tx, caseId: number, submission: Pending): Promise<number[]> {
  const draft = submission.draft_id === null ? null : await tx.selectFrom('petition_drafts').select('version').where('id', '=', submission.draft_id).executeTakeFirst()
  const [drafted, submitted] = apart['petitions.approve'].notWho
  const hands = await handsIn(tx, caseId, [{ kind: submitted, key: 'submission', value: submission.id }, ...(draft ? [{ kind: drafted, key: 'version', value: draft.version }] : [])])
  return [...hands, submission.submitted_by]
}

async function sendBack(tx: Tx, ctx: StaffContext, petition: LockedPetition, submission: Pending): Promise<void> {
  await tx.updateTable('petition_submissions').set({ state: 'sent-back', decided_at: ctx.now }).where('id', '=', submission.id).execute()
  await moveTo(tx, ctx, petition, (submission.from_stage ?? 'handling') as Stage, 'petition.sent-back', { submission: submission.id, what: submission.what, step: submission.step })
  await tellStaff(tx, [submission.submitted_by], {
    subject: `退回修改：${petition.number ?? petition.followNo} ${submissionNames[submission.what]}`,
    text: `「${petition.title}」的${submissionNames[submission.what]}已退回，意見在案件頁。`,
    purpose: 'petition.sent-back',
    caseId: petition.id,
  })
}

async function passOn(tx: Tx, ctx: StaffContext, petition: LockedPetition, submission: Pending): Promise<Refusal | null> {
  const approvers = await findApprovers(tx, petition.unitId!, ctx.today)
  const hands = await handsOf(tx, petition.id, submission)
  if (!approvers.some((one) => one.role === 'head' && !hands.includes(one.personId))) return refusal('petition.no-approver', '主辦單位目前沒有可以決定的主管，請洽系統管理人員')
  await tx.updateTable('petition_submissions').set({ step: 'head' }).where('id', '=', submission.id).execute()
  await moveTo(tx, ctx, petition, petition.stage, 'petition.step-approved', { submission: submission.id, what: submission.what, step: submission.step })
  await tellApprovers(tx, petition, approvers, 'head', submission.what)
  return null
}

async function carryOut(tx: Tx, ctx: StaffContext, petition: LockedPetition, submission: Pending): Promise<Refusal | null> {
  const what: Submitted = submission.what
  await moveTo(tx, ctx, petition, petition.stage, 'petition.approved', { submission: submission.id, what })
  const asked = submission.asked as Asked[typeof what]
  switch (what) {
    case 'answer': return answerPetition(tx, ctx, petition, submission.draft_id!)
    case 'extension': return carryOutExtension(tx, ctx, petition, asked as Asked['extension'])
    case 'no-action': return closeWithoutAction(tx, ctx, petition, asked as Asked['no-action'])
    case 'transfer': return closeTransferred(tx, ctx, petition, asked as Asked['transfer'])
    case 'other-procedure': return closeAsOtherProcedure(tx, ctx, petition, asked as Asked['other-procedure'])
  }
}

/** 抽回: whoever sent it up takes it back before it is decided. */
export const recallSubmission = act('petitions.recall', z.object({ name: CaseNameInput }), async (tx, given, input) => {
  const held = await hold(tx, given, input.name, 'recall')
  if (isRefusal(held)) return held
  const { petition, ctx } = held
  const submission = await findPending(tx, petition.id)
  if (submission.submitted_by !== ctx.person.id && petition.officerId !== ctx.person.id) return refusal('petition.not-your-submission', '只有送陳的人可以抽回')
  await cancelPending(tx, petition.id, ctx.now)
  await moveTo(tx, ctx, petition, (submission.from_stage ?? 'handling') as Stage, 'petition.recalled', { submission: submission.id, what: submission.what })
  return done()
})

/** Whatever was under approval falls away with the case. */
export async function cancelPending(tx: Tx, caseId: number, at: Date): Promise<void> {
  await tx.updateTable('petition_submissions').set({ state: 'cancelled', decided_at: at }).where('case_id', '=', caseId).where('state', '=', 'pending').execute()
}
