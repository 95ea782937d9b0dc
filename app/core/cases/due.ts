import { sql } from 'kysely'
import type { Reader, Tx } from '../db.ts'
import { type Day } from '../time.ts'
import { computeDeadline } from '../clocks/compute.ts'
import { officeCalendar } from '../clocks/calendar.ts'
import type { DeadlineParams } from '../clocks/rule.ts'

type Cause = 'received' | 'extension' | 'pause' | 'resume' | 'corrected'

export type MainClock = { caseId: number; rule: string; trigger: Date; params?: DeadlineParams; cause: Cause; /** from when the due day holds */ at: Date; note?: string }

/** The rows that a main clock leaves: the clock with its explanation, and the due day with the instant from which it held. */
export function mainClock(clock: MainClock) {
  const answer = computeDeadline(clock.rule, clock.trigger, clock.params ?? {}, officeCalendar)
  const dueOn: Day | null = answer.kind === 'due' ? answer.day : null
  const because = answer.kind === 'due' ? null : answer.because
  const explanation = answer.kind === 'due' ? answer.explanation : [answer.because]
  return {
    dueOn,
    row: {
      case_id: clock.caseId,
      main: true,
      rule: clock.rule,
      trigger_at: clock.trigger,
      due_on: dueOn,
      because,
      explanation,
      calendar_version: officeCalendar.version,
      paused_on: null,
      met_at: null,
    },
    due: { case_id: clock.caseId, at: clock.at, due_on: dueOn, cause: clock.cause, note: clock.note ?? null },
  }
}

/**
 * Starts the main clock of a case, or computes it anew after a change of its facts (extension, pause). Returns
 * the due day, null while paused or undetermined.
 */
export async function setMainClock(tx: Tx, clock: MainClock): Promise<Day | null> {
  const { dueOn, row, due } = mainClock(clock)
  const { case_id: _case, main: _main, paused_on: _paused, met_at: _met, ...values } = row
  await tx
    .insertInto('case_clocks')
    .values(row)
    .onConflict((conflict) => conflict.column('case_id').where('main', '=', sql.lit(true)).doUpdateSet(values))
    .execute()
  await tx.insertInto('case_dues').values(due).execute()
  await tx.updateTable('cases').set({ due_on: dueOn }).where('id', '=', clock.caseId).execute()
  return dueOn
}

/** How the due day of a case was worked out, as its page and every letter about it say; none before its clock runs. */
export async function findDueReasons(reader: Reader, caseId: number): Promise<string[]> {
  const clock = await reader.selectFrom('case_clocks').select('explanation').where('case_id', '=', caseId).where('main', '=', true).executeTakeFirst()
  return clock?.explanation ?? []
}

/**
 * SQL condition over case_clocks k and cases c: the clock runs. The main clock ends with its case; another procedure's goes
 * on until it is met.
 */
export const isRunning = sql<boolean>`k.met_at is null and (c.closed_at is null or not k.main) and c.received_at is not null`

export async function meetMainClock(tx: Tx, caseId: number, at: Date): Promise<void> {
  await tx.updateTable('case_clocks').set({ met_at: at }).where('case_id', '=', caseId).where('main', '=', true).execute()
}
