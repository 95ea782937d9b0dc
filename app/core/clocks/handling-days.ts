import { type Day, dayNumber } from '../time.ts'
import { type Calendar, officeCalendar, outside } from './calendar.ts'

/**
 * 公文處理天數: office days from the day after receipt to the day of dispatch; what is dispatched on the day of receipt
 * took half a day. Null outside the calendar, or when dispatched before receipt. (文書流程管理作業規範, as the offices quote it.)
 */
export function handlingDays(receivedOn: Day, dispatchedOn: Day, calendar: Calendar = officeCalendar): number | null {
  if (dispatchedOn < receivedOn) return null
  if (dispatchedOn === receivedOn) return calendar.knows(receivedOn) ? 0.5 : null
  const days = calendar.officeDaysBetweenNumbers(dayNumber(receivedOn), dayNumber(dispatchedOn))
  return days === outside ? null : days
}
