import { sql } from 'kysely'
import type { Reader, Tx } from '../db.ts'
import { type Day } from '../time.ts'
import { computeDeadline } from '../clocks/compute.ts'
import { officeCalendar } from '../clocks/calendar.ts'
import type { DeadlineParams } from '../clocks/rule.ts'

type Cause = 'received' | 'extension' | 'pause' | 'resume' | 'corrected'

export type Clock = { caseId: number; rule: string; trigger: Date; /** the facts it is computed with; kept, so that another calendar computes it anew */ params?: DeadlineParams }
export type MainClock = Clock & { cause: Cause; /** from when the due day holds */ at: Date; note?: string }

/** A clock's row: its due day with explanation, the facts it was computed with, and since when it stands still. */
export function clockRow({ caseId, rule, trigger, params = {} }: Clock, main: boolean) {
  const answer = computeDeadline(rule, trigger, params, officeCalendar)
  const isDue = answer.kind === 'due'
  return {
    case_id: caseId,
    main,
    rule,
    trigger_at: trigger,
    params,
    due_on: isDue ? answer.day : null,
    because: isDue ? null : answer.because,
    explanation: isDue ? answer.explanation : [answer.because],
    calendar_version: officeCalendar.version,
    paused_on: params.pauses?.find(({ to }) => to === undefined)?.from ?? null,
    met_at: null,
  }
}

/** The rows that a main clock leaves: the clock with its explanation, and the due day with the instant from which it held. */
export function mainClock(clock: MainClock) {
  const row = clockRow(clock, true)
  return { dueOn: row.due_on, row, due: { case_id: clock.caseId, at: clock.at, due_on: row.due_on, cause: clock.cause, note: clock.note ?? null } }
}

/**
 * Starts the main clock of a case, or computes it anew after a change of its facts (extension, pause): give all facts, not only
 * the changed one. Returns the due day, null while paused or undetermined.
 */
export async function setMainClock(tx: Tx, clock: MainClock): Promise<Day | null> {
  const { dueOn, row, due } = mainClock(clock)
  const { case_id: _case, main: _main, met_at: _met, ...values } = row
  await tx
    .insertInto('case_clocks')
    .values(row)
    .onConflict((conflict) => conflict.column('case_id').where('main', '=', sql.lit(true)).doUpdateSet(values))
    .execute()
  await tx.insertInto('case_dues').values(due).execute()
  await tx.updateTable('cases').set({ due_on: dueOn }).where('id', '=', clock.caseId).execute()
  return dueOn
}

/** Starts a clock beside the main one: another procedure's, or one of a step. It runs until it is met, also when the case is closed. */
export async function startSideClock(tx: Tx, clock: Clock): Promise<{ id: number; dueOn: Day | null; explanation: string[] }> {
  const row = clockRow(clock, false)
  const { id } = await tx.insertInto('case_clocks').values(row).returning('id').executeTakeFirstOrThrow()
  return { id, dueOn: row.due_on, explanation: row.explanation }
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
