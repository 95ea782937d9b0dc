import { z } from 'zod'
import { act } from '../../../core/act.ts'
import type { Upload } from '../../../core/documents/accept.ts'
import { done, isRefusal, refusal } from '../../../core/errors.ts'
import { filingActs, noteFiling } from '../../../core/filing/filing.ts'
import { keepFiles } from '../../../core/filing/supplement.tsx'
import { createDispute } from '../create.ts'
import { filing } from '../filing-kind.ts'
import { disputeOf, disputeShape, refuseDispute } from '../register.ts'

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
