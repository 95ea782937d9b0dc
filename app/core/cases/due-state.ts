import { officeCalendar } from '../clocks/calendar.ts'
import { type Day, dayOf, relativeOfficeDays } from '../time.ts'
import type { DueState } from '../../ui/components/due-date.tsx'

/** Working days left in which the office calls a case soon due; the first reminder goes out then. */
export const soonDays = 3

export type DueFacts = { dueOn: Day | null; closedAt: Date | null; stage: string }

/** How a case stands to its due day, for lists and case pages; null where it has none and is not waiting. */
export function dueState(facts: DueFacts, today: Day): { state: DueState; left: string | undefined; workingDays: number | undefined } | null {
  const { dueOn, closedAt } = facts
  if (!dueOn) return null
  if (closedAt) return { state: dayOf(closedAt) <= dueOn ? 'met' : 'missed', left: undefined, workingDays: undefined }
  const workingDays = officeCalendar.officeDaysBetween(today, dueOn) ?? undefined
  const left = relativeOfficeDays(today, dueOn, (after, upTo) => officeCalendar.officeDaysBetween(after, upTo))
  if (dueOn < today) return { state: 'overdue', left, workingDays }
  return { state: workingDays !== undefined && workingDays <= soonDays ? 'soon' : 'open', left, workingDays }
}
