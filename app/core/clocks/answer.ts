import { type Day, weekdayOfNumber } from '../time.ts'
import type { Calendar } from './calendar.ts'
import { explainDue } from './explain.ts'
import type { DeadlineParams, PeriodUnit, Rule } from './rule.ts'
import type { TenderClose, TenderTime } from './tender.ts'
import type { TravelTime } from './travel.ts'

/** What a deadline is: never null, always with its reason. */
export type Answer = Due | Paused | Open | Undetermined

/** It stands still now, since the pause that `because` names. */
export type Paused = { kind: 'paused'; because: string }
/** No day is set yet, or none ever will be. */
export type Open = { kind: 'open'; because: string }
export type Undetermined = { kind: 'undetermined'; because: string }

/** How a due day came about, in day numbers; the explanation is written from it when someone asks. */
export type Calculation = {
  rule: Rule
  trigger: Day | Date
  params: DeadlineParams
  calendar: Calendar
  unit: PeriodUnit
  length: number
  extension: number
  /** The day the period is counted from: the trigger, or the day service took effect, or the restart. */
  start: number
  /** 在途期間, in days, and where from and to; none where it was not asked for. */
  travel?: TravelTime
  /** Days by which a period of months is extended besides its months. */
  extraDays?: number
  /** Days, or office days, given back for pauses. */
  pausedDays: number
  /** Last day before rolling. */
  last: number
  due: number
  instant: Date | null
  /** Reasons came within the extension: counted from them, 訴願審議規則 §27. */
  fromReasonsInExtension: boolean
  /** Where the fact of the bar is known: its last day and that of the period's own, before rolling, and whether it decides. */
  bar?: { last: number; own: number; decides: boolean }
  /** Counted from the other day that the rule names in place of the trigger. */
  fromOtherStart?: true
  /** The extension was told too late (its day) and counts for nothing. */
  lateExtension?: { told: Day; end: Day; length: number }
  /** 行政程序法 §48 V: the end with the trigger day as day 1, and the ordinary one before rolling. */
  milder?: { withFirstDay: number; last: number }
  /** Of a tender: its length and closing day, which its explanation is written from. */
  tender?: { time: TenderTime; close: TenderClose }
  /** Writes the explanation of a rule that counts in a way of its own. One function for all: making one for each answer costs more than the counting. */
  tell?: (c: Calculation) => string[]
}

/** Due on a day, or at an instant where hours count. */
export class Due {
  readonly kind = 'due'
  readonly calculation: Calculation
  readonly day: Day
  /** The last day before it was moved because the office is shut; the working target of an internal duty. */
  readonly unrolled: Day
  readonly instant: Date | null

  constructor(calculation: Calculation, day: Day, unrolled: Day) {
    this.calculation = calculation
    this.day = day
    this.unrolled = unrolled
    this.instant = calculation.instant
  }

  get ruleVersion(): string {
    return `${this.calculation.rule.id}@${this.calculation.rule.version}`
  }

  get calendarVersion(): string {
    return this.calculation.calendar.version
  }

  /**
   * 行政程序法 §48 IV speaks of Monday morning after a Saturday; the whole day is practice. True means: a filing on that
   * day's afternoon is for a person to judge, never refused by machine.
   */
  get noonAdvisory(): boolean {
    const { rule, last, due } = this.calculation
    return rule.counting === 'administrative' && due > last && weekdayOfNumber(last) === 6
  }

  /** Sentences in Chinese, one a line. */
  get explanation(): string[] {
    return explainDue(this.calculation)
  }

  toJSON(): object {
    const { kind, day, unrolled, instant, ruleVersion, calendarVersion, noonAdvisory, explanation } = this
    return { kind, day, unrolled, instant, ruleVersion, calendarVersion, noonAdvisory, explanation }
  }
}

/** The answer as a person would write it: several lines for a due day, one for the others. */
export function explain(answer: Answer): string {
  switch (answer.kind) {
    case 'due': return answer.explanation.join('\n')
    case 'paused': return `期間停止計算：${answer.because}`
    case 'open': return `未定期限：${answer.because}`
    case 'undetermined': return `無法確定：${answer.because}`
  }
}
