import { officeCalendar } from '../../../core/clocks/calendar.ts'
import type { Day } from '../../../core/time.ts'

/** Reminders before the due day and steps of 稽催 after it, each sent once for a due day. */
export const reminderNames = {
  'before-3': '3 個工作日後到期，提醒承辦人',
  'before-1': '明天到期，提醒承辦人',
  'overdue-1': '逾期 1 個工作日，通知承辦人與科長',
  'overdue-3': '逾期 3 個工作日，通知單位主管',
  'overdue-6': '逾期 6 個工作日，通知研考',
} as const
export type ReminderStep = keyof typeof reminderNames
/** The same in the few words of a list. */
export const chasedNames: Record<ReminderStep, string> = { 'before-3': '已提醒', 'before-1': '已提醒', 'overdue-1': '已催科長', 'overdue-3': '已催主管', 'overdue-6': '已報研考' }

/** Working days from today to the due day at which each step is reached; negative is late. */
const reachedAt: Record<ReminderStep, number> = { 'before-3': 3, 'before-1': 1, 'overdue-1': -1, 'overdue-3': -3, 'overdue-6': -6 }

/**
 * The step that a case has reached today: only the furthest one, so that a case found late is not told every step at
 * once. Null before the first, on the due day itself, and where the calendar cannot tell.
 */
export function reminderStep(dueOn: Day, today: Day): ReminderStep | null {
  const left = officeCalendar.officeDaysBetween(today, dueOn)
  if (left === null) return null
  if (dueOn >= today) return left > 0 && left <= reachedAt['before-1'] ? 'before-1' : left > 0 && left <= reachedAt['before-3'] ? 'before-3' : null
  const late = (['overdue-6', 'overdue-3', 'overdue-1'] as const).find((step) => left <= reachedAt[step])
  return late ?? null
}

export type Recipient = 'officer' | 'section-chief' | 'head' | 'control'
export const recipientsOf: Record<ReminderStep, Recipient[]> = {
  'before-3': ['officer'],
  'before-1': ['officer'],
  'overdue-1': ['officer', 'section-chief'],
  'overdue-3': ['officer', 'section-chief', 'head'],
  'overdue-6': ['officer', 'head', 'control'],
}
