import { z } from 'zod'
import { act } from '../../../core/act.ts'
import { done, isRefusal, refusal } from '../../../core/errors.ts'
import { CaseNameInput, reason } from '../inputs.ts'
import { keepNote } from '../notes.ts'
import { hold, moveTo } from '../petition.ts'
import { withdrawPublicationOf } from '../publication/actions.ts'
import { sees } from '../visible.ts'

export const Confide = z.object({ name: CaseNameInput, confidential: z.enum(['1', '0']).transform((text) => text === '1'), reason: reason('理由') })

/** 列為保密 or 解除: only those named on it see it, and it is never published (行政程序法 §170 II). */
export const confidePetition = act('petitions.confide', Confide, async (tx, given, input) => {
  const held = await hold(tx, given, input.name, 'confide')
  if (isRefusal(held)) return held
  const { petition, ctx } = held
  if (petition.confidential === input.confidential) return refusal('petition.already-so', input.confidential ? '已列為保密' : '沒有列為保密')
  const note = await keepNote(tx, ctx, petition.id, input.reason)
  await tx.updateTable('cases').set({ confidential: input.confidential }).where('id', '=', petition.id).execute()
  await moveTo(tx, ctx, petition, petition.stage, input.confidential ? 'petition.confided' : 'petition.disclosed', { note })
  if (input.confidential) await withdrawPublicationOf(tx, ctx, petition.id, '列為保密')
  // who marks it is not thereby named on it
  return done({ seen: await sees(tx, ctx.person, petition.id) })
}, { stepUp: true })
