/** All that others may use of the clocks; README.md says how. */
export { type Answer, type Calculation, type Due, type Open, type Paused, type Undetermined, explain } from './answer.ts'
export { type CalendarData, type Closure, type Calendar, calendarFrom, officeCalendar, printedCalendar, printedCalendarData, useCalendar, withClosures } from './calendar.ts'
export { type AskedDeadline, deadlineCommand, readDeadline } from './command.ts'
export { computeByRule, computeDeadline } from './compute.ts'
export { gazetteNumber } from './gazette.ts'
export { handlingDays } from './handling-days.ts'
export {
  type IncidentAnswers, type IncidentAspect, type IncidentAsset, type IncidentGrade, type IncidentHours, type IncidentLevel, type IncidentSeverity,
  type IncidentTable, incidentAspects, incidentAssets, incidentHours, incidentLevel, incidentRanks, incidentRecoveries, incidentSeverities,
  incidentSubjects, incidentTableOn, incidentTables,
} from './incident-levels.ts'
export { type Judgement, judge } from './judge.ts'
export { paramsOf, refuseParams } from './params.ts'
export { awaitsConfirmation, type DeadlineParams, type ParamName, type Pause, type PeriodUnit, type Rule, type RuleStatus, type ServiceKind } from './rule.ts'
export { printedRulebook, Rulebook, rulebook, useRulebook } from './rules.ts'
export { officeClosingTime, readCutoff, shortenings } from './tender.ts'
export {
  type AmountClass, type ProcurementKind, type Threshold, type ThresholdName, type Thresholds, amountClasses, amountClassOf, amountClassTitles,
  procurementKinds, readAmountClass, thresholdsOn,
} from './thresholds.ts'
