import { z } from 'zod'
import { act } from '../../../core/act.ts'
import { done, isRefusal, refusal } from '../../../core/errors.ts'
import { reach, type Person } from '../../../core/identity/permissions.ts'
import { CaseNameInput, chosenId, reason } from '../inputs.ts'
import { keepNote } from '../notes.ts'
import { tellStaff } from '../notify.ts'
import { hold, type LockedPetition, moveTo } from '../petition.ts'

export const Contribution = z.object({
  name: CaseNameInput,
  text: z.string().trim().min(2, '請寫下貴單位的意見').max(8000, '意見最多 8,000 個字'),
  unitId: z.coerce.number().int().positive().optional().catch(undefined),
})

/** 會辦意見: what a joint unit says for the answer. A later one adds to it, none is overwritten. */
export const contribute = act('petitions.contribute', Contribution, async (tx, given, input) => {
  const held = await hold(tx, given, input.name, 'contribute')
  if (isRefusal(held)) return held
  const { petition, ctx } = held
  const unitId = contributingUnit(ctx.person, petition, input.unitId)
  if (unitId === null) return refusal('petition.not-joint', '貴單位不是這件的協辦單位，不用提供意見')
  await tx.insertInto('petition_contributions').values({ case_id: petition.id, unit_id: unitId, text: input.text, person_id: ctx.person.id }).execute()
  await moveTo(tx, ctx, petition, petition.stage, 'petition.contributed', { unit: unitId })
  if (petition.officerId) {
    await tellStaff(tx, [petition.officerId], { subject: `會辦意見到了：${petition.number ?? petition.followNo}`, text: `「${petition.title}」的協辦單位已提供意見，請到案件頁查看。`, purpose: 'petition.contributed', caseId: petition.id })
  }
  return done()
})

/** The joint unit of this case that the person speaks for; null when none is. */
export function contributingUnit(person: Person, petition: Pick<LockedPetition, 'jointUnitIds'>, wanted?: number): number | null {
  const within = reach(person, 'petitions.contribute')
  const mine = petition.jointUnitIds.filter((id) => within.all || within.unitIds.includes(id))
  return mine.find((id) => id === wanted) ?? mine[0] ?? null
}

export const Waive = z.object({ name: CaseNameInput, unitId: chosenId('協辦單位'), reason: reason('免會理由') })

/** 免會: the answer goes on without this unit's opinion, with a reason that stays on the case. */
export const waiveContribution = act('petitions.waive', Waive, async (tx, given, input) => {
  const held = await hold(tx, given, input.name, 'waive')
  if (isRefusal(held)) return held
  const { petition, ctx } = held
  if (!petition.jointUnitIds.includes(input.unitId)) return refusal('petition.not-joint', '這個單位不在協辦單位裡', { field: 'unitId' })
  await tx
    .updateTable('assignments')
    .set({ until_at: ctx.now, ended_as: 'waived', note: input.reason })
    .where('case_id', '=', petition.id)
    .where('unit_id', '=', input.unitId)
    .where('role', '=', 'joint')
    .where('until_at', 'is', null)
    .execute()
  const note = await keepNote(tx, ctx, petition.id, input.reason)
  await moveTo(tx, ctx, petition, petition.stage, 'petition.joint-waived', { unit: input.unitId, note })
  return done()
})
