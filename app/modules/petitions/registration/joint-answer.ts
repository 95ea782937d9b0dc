import type { StaffContext } from '../../../core/act.ts'
import type { Tx } from '../../../core/db.ts'
import { type Notice, tellPetitioner } from '../notify.ts'
import { closePetition, type LockedPetition } from '../petition.ts'
import { carry, lockMerged } from './merged.ts'

/** 併案: each joined letter closes with the one joint outcome and is told of it in its own channel. */
export async function closeMerged(tx: Tx, ctx: StaffContext, into: LockedPetition, notice: (member: LockedPetition) => Promise<Notice>): Promise<void> {
  for (const member of await lockMerged(tx, into.id)) {
    await carry(tx, ctx, member, { unitId: into.unitId, officerId: into.officerId })
    const told = await notice(member)
    await closePetition(tx, ctx, member, 'merged', { into: into.number })
    await tellPetitioner(tx, ctx, member.id, told)
  }
}
