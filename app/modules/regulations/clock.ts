import type { Tx } from '../../core/db.ts'
import { setMainClock } from '../../core/cases/due.ts'
import type { DeadlineParams } from '../../core/clocks/rule.ts'
import { type Day, startOf } from '../../core/time.ts'

/** Ends the clock that runs: met now, and no due day left. */
export async function endClock(tx: Tx, caseId: number, now: Date): Promise<void> {
  await tx.updateTable('case_clocks').set({ main: false, met_at: now }).where('case_id', '=', caseId).where('main', '=', true).execute()
  await tx.updateTable('cases').set({ due_on: null }).where('id', '=', caseId).execute()
}

/** One clock runs at a time: that of the stage. Gives its due day. */
export async function startClock(tx: Tx, caseId: number, now: Date, rule: string, triggerOn: Day, params: DeadlineParams = {}): Promise<Day | null> {
  await endClock(tx, caseId, now)
  return setMainClock(tx, { caseId, rule, trigger: startOf(triggerOn), params, cause: 'received', at: now })
}
