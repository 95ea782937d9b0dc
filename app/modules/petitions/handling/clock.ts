import { sql } from 'kysely'
import { computeDeadline } from '../../../core/clocks/compute.ts'
import { officeCalendar } from '../../../core/clocks/calendar.ts'
import type { DeadlineParams, Pause } from '../../../core/clocks/rule.ts'
import { setMainClock } from '../../../core/cases/due.ts'
import type { Tx } from '../../../core/db.ts'
import { type Day, dayOf } from '../../../core/time.ts'

/** petition-30wd: the final answer to a petition, from its receipt. */
export const answerRule = 'petition-30wd'

export type ClockChange = { cause: 'extension' | 'pause' | 'resume' | 'corrected'; at: Date; note?: string }

/**
 * Computes the case's due day anew from all its facts (receipt, extension, supplement pauses) and stores it with
 * its explanation. Null while paused. `at`: from when the new day holds.
 */
export async function recomputeDue(tx: Tx, petition: { id: number; receivedAt: Date }, change: ClockChange): Promise<Day | null> {
  const params = await clockParams(tx, petition.id, petition.receivedAt)
  const dueOn = await setMainClock(tx, { caseId: petition.id, rule: answerRule, trigger: petition.receivedAt, params, ...change })
  const open = params.pauses?.find((pause) => pause.to === undefined)
  await tx.updateTable('case_clocks').set({ paused_on: open?.from ?? null }).where('case_id', '=', petition.id).where('main', '=', true).execute()
  return dueOn
}

/** The facts that the clock of this case is computed from. */
export async function clockParams(tx: Tx, caseId: number, receivedAt: Date): Promise<DeadlineParams> {
  const facts = await sql<{ extendedTo: Day | null; importedDueOn: Day | null; asked: { officeDays?: number } | null }>`
    select p.extended_to as "extendedTo", p.imported_due_on as "importedDueOn",
      (select s.asked from petition_submissions s where s.case_id = p.id and s.what = 'extension' and s.state = 'approved' order by s.id desc limit 1) as asked
    from petitions p where p.id = ${caseId}`.execute(tx)
  const requests = await tx.selectFrom('petition_supplement_requests').selectAll().where('case_id', '=', caseId).orderBy('id').execute()
  const pauses = requests.map((request): Pause => {
    const ended = request.answered_at ?? request.ended_at
    return { from: dayOf(request.asked_at), ...(ended ? { to: dayOf(ended) } : {}), reason: '通知補陳' }
  })
  const { extendedTo, importedDueOn, asked } = facts.rows[0]!
  const days = (asked?.officeDays ?? 0) + shiftOf(receivedAt, asked ? null : extendedTo, importedDueOn)
  return { ...(days > 0 ? { extensionDays: days } : {}), ...(pauses.length ? { pauses } : {}) }
}

/** Office days by which a due day that came with an import differs from the rule's own. */
function shiftOf(receivedAt: Date, extendedTo: Day | null, importedDueOn: Day | null): number {
  const target = extendedTo ?? importedDueOn
  if (!target) return 0
  const plain = computeDeadline(answerRule, receivedAt)
  return plain.kind === 'due' ? (officeCalendar.officeDaysBetween(plain.day, target) ?? 0) : 0
}
