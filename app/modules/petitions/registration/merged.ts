import type { ActContext } from '../../../core/act.ts'
import { assignLead } from '../../../core/cases/assign.ts'
import type { Tx } from '../../../core/db.ts'
import { record } from '../../../core/events/record.ts'
import { lockById, type LockedPetition } from '../petition.ts'

/** The open letters joined to this case (併案), held; they are answered by its answer. */
export async function lockMerged(tx: Tx, caseId: number): Promise<LockedPetition[]> {
  const rows = await tx.selectFrom('cases').select('id').where('merged_into', '=', caseId).where('closed_at', 'is', null).orderBy('id').execute()
  const members: LockedPetition[] = []
  for (const row of rows) members.push(await lockById(tx, row.id))
  return members
}

/** Merged letters go with the case they were merged into: same unit, same officer. */
export async function carryMerged(tx: Tx, ctx: ActContext, into: LockedPetition, to: { unitId: number | null; officerId: number | null }): Promise<void> {
  for (const member of await lockMerged(tx, into.id)) await carry(tx, ctx, member, to)
}

/** The same by the main case's id, for what hands over cases of every kind. */
export async function carryMergedOf(tx: Tx, ctx: ActContext, caseId: number, to: { unitId: number; officerId: number }): Promise<void> {
  await carryMerged(tx, ctx, await lockById(tx, caseId), to)
}

export async function carry(tx: Tx, ctx: ActContext, member: LockedPetition, to: { unitId: number | null; officerId: number | null }): Promise<void> {
  if (member.unitId === to.unitId && member.officerId === to.officerId) return
  await assignLead(tx, { caseId: member.id, unitId: to.unitId, officerId: to.officerId, at: ctx.now, endedAs: 'reassigned' })
  await record(tx, ctx, 'petition.carried', { caseId: member.id, payload: { unit: to.unitId, officer: to.officerId } })
}
