import type { Tx } from '../db.ts'
import { type Day } from '../time.ts'
import { computeDeadline } from '../clocks/compute.ts'
import { officeCalendar } from '../clocks/calendar.ts'
import type { DeadlineParams } from '../clocks/rule.ts'

type Cause = 'received' | 'extension' | 'pause' | 'resume' | 'corrected'

/**
 * Starts the main clock of a case, or computes it anew after a change of its facts (extension, pause), and
 * stores the answer with its explanation. `at`: from when the new due day holds. Returns the due day, null
 * while paused or undetermined.
 */
export async function setMainClock(
  tx: Tx,
  clock: { caseId: number; rule: string; trigger: Date; params?: DeadlineParams; cause: Cause; at: Date; note?: string },
): Promise<Day | null> {
  const answer = computeDeadline(clock.rule, clock.trigger, clock.params ?? {}, officeCalendar)
  const dueOn = answer.kind === 'due' ? answer.day : null
  const values = {
    rule: clock.rule,
    trigger_at: clock.trigger,
    due_on: dueOn,
    because: answer.kind === 'due' ? null : answer.because,
    explanation: answer.kind === 'due' ? answer.explanation : [answer.because],
    calendar_version: officeCalendar.version,
  }
  await tx
    .insertInto('case_clocks')
    .values({ case_id: clock.caseId, main: true, ...values, paused_on: null, met_at: null })
    .onConflict((conflict) => conflict.column('case_id').where('main', '=', true).doUpdateSet(values))
    .execute()
  await tx.insertInto('case_dues').values({ case_id: clock.caseId, at: clock.at, due_on: dueOn, cause: clock.cause, note: clock.note ?? null }).execute()
  await tx.updateTable('cases').set({ due_on: dueOn }).where('id', '=', clock.caseId).execute()
  return dueOn
}

export async function meetMainClock(tx: Tx, caseId: number, at: Date): Promise<void> {
  await tx.updateTable('case_clocks').set({ met_at: at }).where('case_id', '=', caseId).where('main', '=', true).execute()
}
