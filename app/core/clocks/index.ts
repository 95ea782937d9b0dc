/** All that others may use of the clocks; README.md says how. */
export { type Answer, type Calculation, type Due, type Open, type Paused, type Undetermined, explain } from './answer.ts'
export { type CalendarData, type Closure, type Calendar, calendarFrom, officeCalendar, printedCalendar, printedCalendarData, useCalendar, withClosures } from './calendar.ts'
export { deadlineCommand } from './command.ts'
export { computeByRule, computeDeadline } from './compute.ts'
export { type Judgement, judge } from './judge.ts'
export { paramsOf, refuseParams } from './params.ts'
export type { DeadlineParams, ParamName, Pause, Rule, RuleStatus, ServiceKind } from './rule.ts'
export { printedRulebook, Rulebook, rulebook, useRulebook } from './rules.ts'
