import { sql } from 'kysely'
import type { ActContext } from '../../../core/act.ts'
import { computeDeadline, type DeadlineParams, type ServiceKind } from '../../../core/clocks/index.ts'
import type { Tx } from '../../../core/db.ts'
import { type Day, startOf } from '../../../core/time.ts'
import type { LockedAppeal } from '../appeal.ts'
import { meetSideClock, startSideClock } from '../handling/clocks.ts'
import { closeAppeal } from '../take-step.ts'
import './tables.ts'

/** An original left the house: from the first on a late correction no longer annuls the decision (審議規則 §24). */
export async function decisionSent(tx: Tx, ctx: ActContext, appeal: LockedAppeal, on: Day): Promise<void> {
  await tx.updateTable('appeals').set({ dispatched_on: on }).where('id', '=', appeal.id).where('dispatched_on', 'is', null).execute()
  await closeWhenServed(tx, ctx, appeal)
}

/**
 * An original reached its party. When all have theirs and the agency has its own, the case ends, and the periods of whoever is next begin. The clock
 * of the suit is that of whoever was served last: after it the decision is final for all. Each party's own two months: `litigationUntil`.
 */
export async function closeWhenServed(tx: Tx, ctx: ActContext, appeal: LockedAppeal): Promise<void> {
  if (appeal.decision === null) return
  const originals = await tx.selectFrom('appeal_letters').leftJoin('appeal_parties as p', 'p.id', 'party_id').select(['party_id', 'sent_on', 'served_on', 'service_kind', 'effective_on', 'p.until']).where('appeal_letters.case_id', '=', appeal.id).where('kind', '=', 'decision').execute()
  // one that never reached who was succeeded since is served on the successor instead
  const [parties, agency] = [originals.filter(({ party_id: party, served_on: served, until }) => party !== null && (until === null || served !== null)), originals.find(({ party_id: party }) => party === null)]
  if (!parties.length || parties.some(({ served_on: served }) => served === null) || !agency?.sent_on) return
  const last = parties.toSorted((a, b) => (a.effective_on! < b.effective_on! ? -1 : 1)).at(-1)!
  const litigation = () => startSideClock(tx, appeal.id, 'appeal-litigation-2mo', last.served_on!, litigationParams(last.served_on!, last.service_kind))
  if (appeal.stage === 'closed') {
    // a service put right after the case ended: the clock that still runs, if nobody has sued
    if (await tx.selectFrom('case_clocks').select('id').where('case_id', '=', appeal.id).where('rule', '=', 'appeal-litigation-2mo').where('met_at', 'is', null).executeTakeFirst()) await litigation()
    return
  }
  if (appeal.stage !== 'decided') return
  await meetSideClock(tx, appeal.id, 'appeal-service-15d', startOf(last.served_on!))
  await closeAppeal(tx, ctx, { id: appeal.id, stage: appeal.stage }, appeal.decision)
  await litigation()
  const { rows } = await sql<{ days: number | null }>`select max(remand_days) as days from appeal_claims where case_id = ${appeal.id}`.execute(tx)
  const days = rows[0]?.days ?? null
  // 訴願法 §81 II, §82 I: from the agency's receipt; an exchanged document arrives on the day it is sent
  if (days) await startSideClock(tx, appeal.id, 'appeal-remand-period', agency.sent_on, { days })
}

/** Facts of 訴願法 §90 for one original: how it was served (a deposit counts after ten days, §47 III), and the three years of 行政訴訟法 §106 II. */
export const litigationParams = (servedOn: Day, kind: string | null): DeadlineParams => ({ servedOn, ...(kind && kind !== '送達' ? { serviceKind: kind as ServiceKind } : {}) })

/** The last day to sue for whom this original was served on; null where it cannot be told. */
export function litigationUntil(servedOn: Day, kind: string | null): Day | null {
  const answer = computeDeadline('appeal-litigation-2mo', servedOn, litigationParams(servedOn, kind))
  return answer.kind === 'due' ? answer.day : null
}
