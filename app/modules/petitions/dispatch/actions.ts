import { z } from 'zod'
import { act } from '../../../core/act.ts'
import { addJoint, assignLead } from '../../../core/cases/assign.ts'
import type { Tx } from '../../../core/db.ts'
import { done, isRefusal, refusal, type Refusal } from '../../../core/errors.ts'
import type { Day } from '../../../core/time.ts'
import { registerPetition } from '../create.ts'
import { CaseNameInput, chosenId, chosenIds, reason, remark } from '../inputs.ts'
import { keepNote } from '../notes.ts'
import { hold, type LockedPetition, moveTo } from '../petition.ts'
import { carryMerged } from '../registration/merged.ts'
import { tellStaff } from '../notify.ts'

export const Dispatch = z.object({
  name: CaseNameInput,
  unitId: chosenId('主辦單位'),
  jointUnitIds: chosenIds,
  note: remark,
  /** what the rules had suggested, to learn how often they are right */
  suggestedUnitId: z.coerce.number().int().optional().catch(undefined),
})

/** 分文: one lead unit, any number of joint units. A filing without 案號 is registered by the way. */
export const dispatchPetition = act('petitions.dispatch', Dispatch, async (tx, given, input) => {
  const held = await hold(tx, given, input.name, 'dispatch')
  if (isRefusal(held)) return held
  const { petition, ctx } = held
  const no = (await refuseUnits(tx, [input.unitId, ...input.jointUnitIds], ctx.today)) ?? refuseJoint(petition, input.unitId, input.jointUnitIds)
  if (no) return no
  const number = petition.number ?? (await registerPetition(tx, ctx, petition.id))
  await assignLead(tx, { caseId: petition.id, unitId: input.unitId, at: ctx.now, endedAs: 'reassigned' })
  await addJoint(tx, { caseId: petition.id, unitIds: input.jointUnitIds, at: ctx.now })
  const note = await keepNote(tx, ctx, petition.id, input.note)
  await moveTo(tx, ctx, petition, 'dispatched', 'petition.dispatched', { unit: input.unitId, joint: input.jointUnitIds, suggested: input.suggestedUnitId ?? null, note })
  await carryMerged(tx, ctx, petition, { unitId: input.unitId, officerId: null })
  return done({ number })
})

export const Return = z.object({ name: CaseNameInput, reason: reason('退文理由'), suggestedUnitId: z.coerce.number().int().positive().optional().catch(undefined) })

/** 退文: not ours; the desk gets it back with the reason, and the clock runs on. */
export const returnPetition = act('petitions.return', Return, async (tx, given, input) => {
  const held = await hold(tx, given, input.name, 'return')
  if (isRefusal(held)) return held
  const { petition, ctx } = held
  const note = await keepNote(tx, ctx, petition.id, input.reason)
  await assignLead(tx, { caseId: petition.id, unitId: null, at: ctx.now, endedAs: 'returned', note: input.reason })
  await tx.updateTable('assignments').set({ until_at: ctx.now, ended_as: 'returned' }).where('case_id', '=', petition.id).where('until_at', 'is', null).execute()
  await moveTo(tx, ctx, petition, 'received', 'petition.returned', { from: petition.unitId, suggested: input.suggestedUnitId ?? null, note })
  await carryMerged(tx, ctx, petition, { unitId: null, officerId: null })
  return done()
})

export const Reassign = z.object({ name: CaseNameInput, unitId: chosenId('主辦單位'), reason: reason('改分理由') })

/** 改分: the desk gives it to another unit without waiting for it to come back. */
export const reassignPetition = act('petitions.reassign', Reassign, async (tx, given, input) => {
  const held = await hold(tx, given, input.name, 'reassign')
  if (isRefusal(held)) return held
  const { petition, ctx } = held
  const no = await refuseUnits(tx, [input.unitId], ctx.today)
  if (no) return no
  if (input.unitId === petition.unitId) return refusal('petition.same-unit', '這件已經在這個單位', { field: 'unitId' })
  const note = await keepNote(tx, ctx, petition.id, input.reason)
  await assignLead(tx, { caseId: petition.id, unitId: input.unitId, at: ctx.now, endedAs: 'reassigned' })
  await tx.updateTable('assignments').set({ until_at: ctx.now, ended_as: 'reassigned' }).where('case_id', '=', petition.id).where('unit_id', '=', input.unitId).where('role', '=', 'joint').where('until_at', 'is', null).execute()
  await moveTo(tx, ctx, petition, 'dispatched', 'petition.reassigned', { from: petition.unitId, unit: input.unitId, note })
  await carryMerged(tx, ctx, petition, { unitId: input.unitId, officerId: null })
  if (petition.officerId) {
    await tellStaff(tx, [petition.officerId], {
      subject: `${petition.number ?? petition.followNo} 已改分其他單位`,
      text: `您承辦的「${petition.title}」已由收發改分其他單位，不需再辦。`,
      purpose: 'petition.reassigned',
      caseId: petition.id,
    })
  }
  return done()
})

export const AddJoint = z.object({ name: CaseNameInput, jointUnitIds: chosenIds.refine((ids) => ids.length > 0, '請選擇要加會的單位') })

/** 加會: further units whose opinion the answer needs. */
export const addJointUnits = act('petitions.add-joint', AddJoint, async (tx, given, input) => {
  const held = await hold(tx, given, input.name, 'add-joint')
  if (isRefusal(held)) return held
  const { petition, ctx } = held
  const no = (await refuseUnits(tx, input.jointUnitIds, ctx.today)) ?? refuseJoint(petition, petition.unitId!, input.jointUnitIds)
  if (no) return no
  await addJoint(tx, { caseId: petition.id, unitIds: input.jointUnitIds, at: ctx.now })
  await moveTo(tx, ctx, petition, petition.stage, 'petition.joint-added', { joint: input.jointUnitIds })
  return done()
})

function refuseJoint(petition: LockedPetition, leadId: number, jointIds: number[]): Refusal | null {
  if (!jointIds.length) return null
  if (jointIds.includes(leadId)) return refusal('petition.lead-is-joint', '主辦單位不用同時列為協辦', { field: 'jointUnitIds' })
  if (petition.confidential) return refusal('petition.confidential', '保密案件不加會其他單位', { field: 'jointUnitIds', law: '行政程序法 §170 II' })
  return null
}

async function refuseUnits(tx: Tx, ids: number[], today: Day): Promise<Refusal | null> {
  const found = await tx
    .selectFrom('units')
    .select('id')
    .where('id', 'in', ids)
    .where('valid_from', '<=', today)
    .where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>=', today)]))
    .execute()
  return found.length === new Set(ids).size ? null : refusal('petition.no-such-unit', '這個單位已裁併或不存在，請另選', { field: 'unitId' })
}
