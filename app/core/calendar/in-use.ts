import { type Calendar, officeCalendar, printedCalendar, useCalendar } from '../clocks/calendar.ts'
import { printedRulebook, rulebook, useRulebook } from '../clocks/rules.ts'
import { countyRulebook } from './county-rules.ts'
import { calendarOf, nothingStored, type Stored } from './stored.ts'

let stored: Stored = nothingStored

/** Takes these changes into use; nothing stored is the printed calendar with the printed rules. */
export function useStored(of: Stored): void {
  stored = of
  const calendar = calendarOf(of)
  if (calendar.version !== officeCalendar.version) useCalendar(calendar)
  if (of.rules.length || rulebook !== printedRulebook) useRulebook(countyRulebook(printedRulebook, of.rules))
}

/** What this process knows of the county's changes. */
export const storedInUse = (): Stored => stored

/** The calendar as this office knew it at an instant: what was taken over from elsewhere was computed by that one. */
export function calendarKnownAt(at: Date): Calendar {
  if (stored === nothingStored) return printedCalendar
  const calendar = calendarOf(stored, at)
  return calendar.version === officeCalendar.version ? officeCalendar : calendar
}
