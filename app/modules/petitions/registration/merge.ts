import { z } from 'zod'
import { act, type ActContext, type StaffContext } from '../../../core/act.ts'
import type { Tx } from '../../../core/db.ts'
import { done, isRefusal, NotAllowed, NotFound, refusal, type Refusal } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import { registerPetition } from '../create.ts'
import { CaseNameInput } from '../inputs.ts'
import { type Held, hold, type LockedPetition, refuseNow } from '../petition.ts'
import { carry, lockMerged } from './merged.ts'

export const Merge = z.object({
  /** the case that will be answered */
  name: CaseNameInput,
  /** letters of the same matter, which join it */
  members: z.preprocess(namesWritten, z.array(CaseNameInput).min(1, '請寫出或勾選要併入的案件').max(50, '一次最多併 50 件')),
})

function namesWritten(value: unknown): unknown[] {
  return [value ?? []].flat().filter((name) => typeof name !== 'string' || name.trim() !== '')
}

/** 併案: letters of one matter are answered once, and each of them closes with that answer in its own channel. */
export const mergePetitions = act('petitions.merge', Merge, async (tx, given, input) => {
  const main = await hold(tx, given, input.name, 'merge')
  if (isRefusal(main)) return main
  const into = main.petition
  for (const name of new Set(input.members)) {
    const held = await holdMember(tx, given, name)
    if (isRefusal(held)) return held
    const no = await refuseJoining(tx, held.petition, into)
    if (no) return no
    await join(tx, held.ctx, held.petition, into)
  }
  return done({ count: new Set(input.members).size })
})

/** What cannot be joined is told in the form it was written in: a wrong number is no lost page. */
async function holdMember(tx: Tx, given: StaffContext, name: string): Promise<Held | Refusal> {
  try {
    const held = await hold(tx, given, name, 'merge')
    return isRefusal(held) ? { ...held, message: `${name}：${held.message}` } : held
  } catch (error) {
    if (error instanceof NotFound) return refusal('petition.unknown-member', `找不到「${name}」這件陳情，或它不在您的職務範圍內`, { field: 'members' })
    if (error instanceof NotAllowed) return refusal('petition.member-not-yours', `您不能併入「${name}」，請洽收發或它的主辦單位`, { field: 'members' })
    throw error
  }
}

/** The same without a hand: when one letter came to several mailboxes. Refused, nothing has changed. */
export async function joinSameLetter(tx: Tx, ctx: ActContext, member: LockedPetition, into: LockedPetition): Promise<Refusal | null> {
  const no = refuseNow('merge', into) ?? refuseNow('merge', member) ?? (await refuseJoining(tx, member, into))
  if (!no) await join(tx, ctx, member, into)
  return no
}

async function refuseJoining(tx: Tx, member: LockedPetition, into: LockedPetition): Promise<Refusal | null> {
  if (member.id === into.id) return refusal('petition.same-case', '不能把案件併入它自己')
  const own = await lockMerged(tx, member.id)
  if (own.length) return refusal('petition.has-merged', `${member.number ?? member.followNo} 已有 ${own.length} 件併入，請改以它為主案，或先取消那些併案`)
  return null
}

async function join(tx: Tx, ctx: ActContext, member: LockedPetition, into: LockedPetition): Promise<void> {
  // each letter stays a case of its own, with a number of its own
  if (!member.number) await registerPetition(tx, ctx, member.id)
  await tx.updateTable('cases').set({ merged_into: into.id }).where('id', '=', member.id).execute()
  await record(tx, ctx, 'petition.merged', { caseId: member.id, payload: { into: into.id } })
  await record(tx, ctx, 'petition.joined', { caseId: into.id, payload: { member: member.id } })
  await carry(tx, ctx, member, { unitId: into.unitId, officerId: into.officerId })
}

/** 取消併案: the letter goes its own way again, from the desk. */
export const takeApart = act('petitions.take-apart', z.object({ name: CaseNameInput }), async (tx, given, input) => {
  const held = await hold(tx, given, input.name, 'take-apart')
  if (isRefusal(held)) return held
  const { petition, ctx } = held
  const into = petition.mergedInto!
  await tx.updateTable('cases').set({ merged_into: null }).where('id', '=', petition.id).execute()
  await record(tx, ctx, 'petition.taken-apart', { caseId: petition.id, payload: { from: into } })
  // it was carried along without its own stage: back to where it stood, without a unit where it had none
  if (petition.stage === 'received' && petition.unitId !== null) await carry(tx, ctx, petition, { unitId: null, officerId: null })
  return done()
})

