import { setMainClock, startSideClock as startBeside } from '../cases/due.ts'
import type { DeadlineParams } from '../clocks/rule.ts'
import type { Tx } from '../db.ts'
import { type Day, startOf } from '../time.ts'

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

/** A clock beside that of the stage, also of a closed case: it runs until it is met. The same rule again takes the place of the one that runs. */
export async function startSideClock(tx: Tx, caseId: number, now: Date, rule: string, triggerOn: Day, params: DeadlineParams = {}): Promise<Day | null> {
  await meetClock(tx, caseId, rule, now)
  return (await startBeside(tx, { caseId, rule, trigger: startOf(triggerOn), params })).dueOn
}

/** Meets the side clock of a rule, if it runs. */
export async function meetClock(tx: Tx, caseId: number, rule: string, at: Date): Promise<void> {
  await tx.updateTable('case_clocks').set({ met_at: at }).where('case_id', '=', caseId).where('rule', '=', rule).where('main', '=', false).where('met_at', 'is', null).execute()
}
