import { z } from 'zod'
import { act, type StaffContext } from '../../../core/act.ts'
import type { Tx } from '../../../core/db.ts'
import { done, isRefusal, type Refusal } from '../../../core/errors.ts'
import { type Asked, sendUp } from '../handling/submissions.ts'
import { CaseNameInput, optionalText } from '../inputs.ts'
import { registerPetition } from '../create.ts'
import { transferNotice } from '../notice-words.ts'
import { tellPetitioner } from '../notify.ts'
import { closePetition, hold, type LockedPetition } from '../petition.ts'
import { decidesAlone } from './decides-alone.ts'
import { closeMerged } from './joint-answer.ts'

export const Transfer = z.object({ name: CaseNameInput, agency: z.string().trim().min(2, '請填要移轉的機關').max(100, '機關名稱最多 100 個字'), note: optionalText(1000) })

/** 移轉 to the agency whose matter it is, at once; the petitioner is told (行政程序法 §172 I). */
export const transferPetition = act('petitions.transfer', Transfer, async (tx, given, input) => {
  const held = await hold(tx, given, input.name, 'transfer')
  if (isRefusal(held)) return held
  const { ctx } = held
  let { petition } = held
  if (!petition.number) petition = { ...petition, number: await registerPetition(tx, ctx, petition.id) }
  const asked = { agency: input.agency, note: input.note }
  if (!decidesAlone(ctx.person, 'petitions.transfer', petition)) return (await sendUp(tx, ctx, petition, 'transfer', asked)) ?? done({ decided: false })
  return (await closeTransferred(tx, ctx, petition, asked)) ?? done({ decided: true })
})

export async function closeTransferred(tx: Tx, ctx: StaffContext, petition: LockedPetition, asked: Asked['transfer']): Promise<Refusal | null> {
  const mark = (id: number) => tx.updateTable('petitions').set({ transferred_to: asked.agency }).where('id', '=', id).execute()
  await mark(petition.id)
  await closePetition(tx, ctx, petition, 'transferred')
  await tellPetitioner(tx, ctx, petition.id, transferNotice(petition, asked))
  await closeMerged(tx, ctx, petition, async (member) => {
    await mark(member.id)
    return transferNotice(member, asked)
  })
  return null
}
