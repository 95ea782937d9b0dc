import type { ActContext } from '../../core/act.ts'
import { startOf } from '../../core/time.ts'
import type { Day } from '../../core/time.ts'
import type { Tx } from '../../core/db.ts'
import { record } from '../../core/events/record.ts'
import { endDecisionClock } from './handling/clocks.ts'
import { outcomeOf } from './rules.ts'
import type { ClaimOutcome, Decision, Stage } from './schema.ts'
import './tables.ts'

export type ClaimDecision = { position: number; outcome: ClaimOutcome; basis: string | null; thenWhat: 'changed' | 'remanded' | 'none' | null; remandDays: number | null; note?: string }

/**
 * Writes a decision: one outcome for each claim, and what they make together. The decision's clock ends on its day, and the case waits for its
 * service. `to`: another stage than `decided`, for what was decided before. Throws where a claim is left out.
 */
export async function settleDecision(tx: Tx, ctx: ActContext, appeal: { id: number; stage: Stage }, decision: { decidedOn: Day; decisionNo: string | null; claims: readonly ClaimDecision[]; importId?: number }, to: Stage = 'decided'): Promise<Decision> {
  const count = await tx.selectFrom('appeal_claims').select('id').where('case_id', '=', appeal.id).execute()
  const name = outcomeOf(decision.claims.map(({ outcome }) => outcome))
  if (!name || count.length !== decision.claims.length) throw new Error('a decision gives each claim an outcome')
  for (const claim of decision.claims) {
    await tx.updateTable('appeal_claims').set({ outcome: claim.outcome, basis: claim.basis, then_what: claim.thenWhat, remand_days: claim.remandDays, ...(claim.note === undefined ? {} : { note: claim.note }) }).where('case_id', '=', appeal.id).where('position', '=', claim.position).execute()
  }
  await tx.updateTable('appeals').set({ decided_on: decision.decidedOn, decision: name, decision_no: decision.decisionNo }).where('id', '=', appeal.id).execute()
  await endDecisionClock(tx, appeal.id, startOf(decision.decidedOn))
  await tx.updateTable('cases').set({ stage: to }).where('id', '=', appeal.id).execute()
  await record(tx, ctx, 'appeal.decided', { caseId: appeal.id, fromStage: appeal.stage, toStage: to, payload: { on: decision.decidedOn, decision: name, claims: decision.claims.map(({ outcome }) => outcome), ...(decision.importId ? { import: decision.importId } : {}) } })
  return name
}
