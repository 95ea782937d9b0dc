import { z } from 'zod'
import { act, type StaffContext } from '../../../core/act.ts'
import { assignLead } from '../../../core/cases/assign.ts'
import type { Tx } from '../../../core/db.ts'
import { done, isRefusal, refusal, type Refusal } from '../../../core/errors.ts'
import { sendUp, type Asked } from '../handling/submissions.ts'
import { CaseNameInput, reason } from '../inputs.ts'
import { registerPetition } from '../create.ts'
import { closePetition, hold, type LockedPetition } from '../petition.ts'
import { type NoActionGround, noActionGrounds } from '../schema.ts'
import { lockMerged } from './merged.ts'

export const NoAction = z.object({
  name: CaseNameInput,
  ground: z.enum(Object.keys(noActionGrounds) as [NoActionGround, ...NoActionGround[]], { error: '請選擇行政程序法 §173 的事由' }),
  reason: reason('具體情形'),
})

/** 不予處理 on a ground of 行政程序法 §173: asked here, decided by the head. It is registered all the same. */
export const proposeNoAction = act('petitions.no-action', NoAction, async (tx, given, input) => {
  const held = await hold(tx, given, input.name, 'no-action')
  if (isRefusal(held)) return held
  const { ctx } = held
  let { petition } = held
  if ((await lockMerged(tx, petition.id)).length) return refusal('petition.has-merged', '有其他陳情人的信併入本案，請先取消併案')
  if (!petition.number) petition = { ...petition, number: await registerPetition(tx, ctx, petition.id) }
  if (petition.unitId === null) petition = await takeOn(tx, ctx, petition)
  return (await sendUp(tx, ctx, petition, 'no-action', { ground: input.ground, reason: input.reason })) ?? done()
})

/** What the desk itself proposes becomes a case of the desk's own unit: its head decides, and figures name it. */
async function takeOn(tx: Tx, ctx: StaffContext, petition: LockedPetition): Promise<LockedPetition> {
  const unitId = (ctx.person.posts.find((post) => post.role === 'clerk') ?? ctx.person.posts[0])!.unitId
  await assignLead(tx, { caseId: petition.id, unitId, officerId: ctx.person.id, at: ctx.now, endedAs: 'reassigned' })
  return { ...petition, unitId, officerId: ctx.person.id }
}

export async function closeWithoutAction(tx: Tx, ctx: StaffContext, petition: LockedPetition, asked: Asked['no-action']): Promise<Refusal | null> {
  await tx.updateTable('petitions').set({ ground: asked.ground }).where('id', '=', petition.id).execute()
  await closePetition(tx, ctx, petition, 'no-action', { ground: asked.ground })
  return null
}
