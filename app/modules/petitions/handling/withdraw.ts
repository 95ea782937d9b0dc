import { z } from 'zod'
import { act } from '../../../core/act.ts'
import { done, isRefusal, refusal } from '../../../core/errors.ts'
import { registerPetition } from '../create.ts'
import { CaseNameInput, reason } from '../inputs.ts'
import { keepNote } from '../notes.ts'
import { withdrawnNotice } from '../notice-words.ts'
import { tellPetitioner } from '../notify.ts'
import { closePetition, hold } from '../petition.ts'
import { lockMerged } from '../registration/merged.ts'
import { cancelPending } from './decide.ts'

export const Withdraw = z.object({ name: CaseNameInput, reason: reason('陳情人怎麼表示撤回') })

/** 撤回, as the petitioner told us; it is confirmed to them, so that nobody withdraws for another unnoticed. */
export const withdrawPetition = act('petitions.withdraw', Withdraw, async (tx, given, input) => {
  const held = await hold(tx, given, input.name, 'withdraw')
  if (isRefusal(held)) return held
  const { petition, ctx } = held
  if (petition.stage === 'unconfirmed') return refusal('petition.unconfirmed', '陳情人還沒有確認，不需要撤回；逾期未確認就不成案')
  const merged = await lockMerged(tx, petition.id)
  if (merged.length) return refusal('petition.has-merged', `有 ${merged.length} 件併入本案，別的陳情人還在等答復；請先取消併案，或由本案繼續答復`)
  const number = petition.number ?? (await registerPetition(tx, ctx, petition.id))
  await cancelPending(tx, petition.id, ctx.now)
  const note = await keepNote(tx, ctx, petition.id, input.reason)
  await tx.updateTable('cases').set({ merged_into: null }).where('id', '=', petition.id).execute()
  await closePetition(tx, ctx, petition, 'withdrawn', { note })
  await tellPetitioner(tx, ctx, petition.id, withdrawnNotice({ number, title: petition.title }))
  return done()
}, { stepUp: true })
