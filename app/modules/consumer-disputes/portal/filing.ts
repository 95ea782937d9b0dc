import { z } from 'zod'
import { act } from '../../../core/act.ts'
import type { Upload } from '../../../core/documents/accept.ts'
import { done, isRefusal, refusal } from '../../../core/errors.ts'
import { filingActs, type FilingKind, noteFiling } from '../../../core/filing/filing.ts'
import { keepFiles } from '../../../core/filing/supplement.tsx'
import { createDispute } from '../create.ts'
import { publicPath } from '../paths.ts'
import { disputeOf, disputeShape, refuseDispute } from '../register.ts'
import { caseKind, numberPrefix } from '../schema.ts'

export const filing: FilingKind = {
  kind: caseKind, noun: 'consumer-dispute', title: '消費爭議申訴', numberPrefix, base: publicPath, received: 'received', tables: ['consumer_disputes'],
  confirmed: async () => {},
  erase: async (tx, id) => void (await tx.updateTable('consumer_disputes').set({ facts: '', asked: '', disputed_twd: null, category: null, first_on: null, first_to: null }).where('id', '=', id).execute()),
}

export const acts = filingActs(filing)

/** A complaint from the portal; it counts from now, once the mailed link is followed. */
export const fileDispute = act('consumer-disputes.file', z.object({ ...disputeShape, files: z.custom<Upload[]>(Array.isArray).default([]), origin: z.string().max(300) }), async (tx, ctx, input) => {
  const no = refuseDispute(input, ctx.today)
  if (no) return no
  const { consumerEmail: email } = input as { consumerEmail?: string | null }
  if (!email) return refusal('input.invalid', '請填電子郵件，確認信會寄到這裡', { field: 'consumerEmail' })
  const dispute = disputeOf(input)
  const { id, followNo, consumerId } = await createDispute(tx, { ...dispute, channel: 'portal', receivedAt: null })
  const refused = await keepFiles(tx, ctx, id, input.files)
  if (refused) return refused
  const noted = await noteFiling(tx, ctx, filing, { caseId: id, partyId: consumerId, title: dispute.title, followNo, email, origin: input.origin })
  return isRefusal(noted) ? { ...noted, field: 'consumerEmail' } : done({ untilOn: noted.untilOn })
}, { by: 'public' })
