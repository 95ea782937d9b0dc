import { sql } from 'kysely'
import { calendarKnownAt } from '../../../core/calendar/in-use.ts'
import { setMainClock } from '../../../core/cases/due.ts'
import { computeDeadline } from '../../../core/clocks/compute.ts'
import { officeCalendar } from '../../../core/clocks/calendar.ts'
import type { DeadlineParams, Pause } from '../../../core/clocks/rule.ts'
import type { Reader, Tx } from '../../../core/db.ts'
import type { Day } from '../../../core/time.ts'

/** petition-30wd: the final answer to a petition, from its receipt. */
export const answerRule = 'petition-30wd'

export type ClockChange = { cause: 'extension' | 'pause' | 'resume' | 'corrected'; at: Date; note?: string }

/**
 * Computes the case's due day anew from all its facts (receipt, extension, supplement pauses) and stores it with
 * its explanation. Null while paused. `at`: from when the new day holds.
 */
export async function recomputeDue(tx: Tx, petition: { id: number; receivedAt: Date }, change: ClockChange): Promise<Day | null> {
  return setMainClock(tx, { caseId: petition.id, rule: answerRule, trigger: petition.receivedAt, params: await clockFacts(tx, petition.id), ...change })
}

type Facts = {
  receivedAt: Date
  extendedTo: Day | null
  importedDueOn: Day | null
  importedAt: Date | null
  asked: { officeDays?: number } | null
  pauses: { from: Day; to: Day | null }[] | null
}

/** The facts that the case's clock is computed from, in one reading. */
async function clockFacts(reader: Reader, caseId: number): Promise<DeadlineParams> {
  const found = await sql<Facts>`
    select c.received_at as "receivedAt", p.extended_to as "extendedTo", p.imported_due_on as "importedDueOn", i.imported_at as "importedAt",
      (select s.asked from petition_submissions s where s.case_id = p.id and s.what = 'extension' and s.state = 'approved' order by s.id desc limit 1) as asked,
      (select jsonb_agg(jsonb_build_object('from', r.asked_at::date, 'to', coalesce(r.answered_at, r.ended_at)::date) order by r.id)
        from petition_supplement_requests r where r.case_id = p.id) as pauses
    from petitions p join cases c on c.id = p.id left join imports i on i.id = c.import_id
    where p.id = ${caseId}`.execute(reader)
  return paramsOf(found.rows[0]!)
}

function paramsOf({ receivedAt, extendedTo, importedDueOn, importedAt, asked, pauses }: Facts): DeadlineParams {
  const days = (asked?.officeDays ?? 0) + shiftOf(receivedAt, asked ? null : extendedTo, importedDueOn, importedAt)
  const spans = (pauses ?? []).map(({ from, to }): Pause => ({ from, ...(to ? { to } : {}), reason: '通知補陳' }))
  return { ...(days > 0 ? { extensionDays: days } : {}), ...(spans.length ? { pauses: spans } : {}) }
}

/** Office days by which a due day that came with an import differs from the rule's own, by the calendar known at that import. */
function shiftOf(receivedAt: Date, extendedTo: Day | null, importedDueOn: Day | null, importedAt: Date | null): number {
  const target = extendedTo ?? importedDueOn
  if (!target) return 0
  const calendar = importedAt ? calendarKnownAt(importedAt) : officeCalendar
  const plain = computeDeadline(answerRule, receivedAt, undefined, calendar)
  return plain.kind === 'due' ? (calendar.officeDaysBetween(plain.day, target) ?? 0) : 0
}
