import { z } from 'zod'
import { act } from '../../../core/act.ts'
import type { Upload } from '../../../core/documents/accept.ts'
import { done, isRefusal, refusal } from '../../../core/errors.ts'
import { filingActs, type FilingKind, noteFiling } from '../../../core/filing/filing.ts'
import { keepFiles } from '../../../core/filing/supplement.tsx'
import { createClaim, startPeriod } from '../create.ts'
import { publicPath } from '../paths.ts'
import { claimOf, claimShape, refuseClaim } from '../register.ts'
import { caseKind, numberPrefix } from '../schema.ts'

export const filing: FilingKind = {
  kind: caseKind, noun: 'compensation', title: '國家賠償請求', numberPrefix, base: publicPath, received: 'received', tables: ['compensations'],
  confirmed: (tx, ctx, id, receivedAt) => startPeriod(tx, id, receivedAt, ctx.now),
  erase: async (tx, id) => void (await tx.updateTable('compensations').set({ facts: '', evidence: '', restoration: null, other_agencies: null, place: null, requested_twd: null, damage_on: null, known_on: null, agency: null, agency_unit_id: null }).where('id', '=', id).execute()),
}

export const acts = filingActs(filing)

/** A claim from the portal: it counts from now, once the mailed link is followed. */
export const fileClaim = act('compensations.file', z.object({ ...claimShape, files: z.custom<Upload[]>(Array.isArray).default([]), origin: z.string().max(300) }), async (tx, ctx, input) => {
  const no = refuseClaim(input, ctx.today)
  if (no) return no
  const { claimantEmail: email } = input as { claimantEmail?: string | null }
  if (!email) return refusal('input.invalid', '請填電子郵件，確認信會寄到這裡', { field: 'claimantEmail' })
  const { agency: _agency, ...claim } = claimOf(input)
  // whom the claimant holds liable is theirs to say, the agency is the section's to determine (國家賠償法 §9)
  const { id, followNo, claimantId } = await createClaim(tx, ctx, { ...claim, facts: input.agency ? `${claim.facts}\n\n（請求權人認為負責的機關：${input.agency}）` : claim.facts, agency: null, basis: null, channel: 'portal', receivedAt: null })
  const refused = await keepFiles(tx, ctx, id, input.files)
  if (refused) return refused
  const noted = await noteFiling(tx, ctx, filing, { caseId: id, partyId: claimantId, title: claim.title, followNo, email, origin: input.origin })
  return isRefusal(noted) ? { ...noted, field: 'claimantEmail' } : done({ untilOn: noted.untilOn })
}, { by: 'public' })
