import type { Generated } from 'kysely'
import '../../core/cases/tables.ts'
import '../../core/committees/tables.ts'
import '../../core/procedure/tables.ts'
import type { Day } from '../../core/time.ts'
import type { Decision, Grade } from './schema.ts'

declare module '../../core/db.ts' {
  interface Tables {
    directives: DirectiveTable
    directive_decisions: DecisionTable
    directive_reminders: { case_id: number; step: string; due_on: Day; at: Generated<Date> }
  }
}

export interface DirectiveTable {
  id: number
  meeting_id: number
  /** code and name of the body that met, as they were on the day: executive, 主管會報 */
  body: string
  body_name: string
  /** the day of the meeting */
  ordered_on: Day
  /** the agenda item under which it was ordered, in words */
  item: Generated<string>
  sentence: string
  proof: Generated<string>
  /** null: no day was ordered */
  due_on: Day | null
  grade: Generated<Grade>
  /** a case that it is about: a late project */
  about_id: number | null
  finished_on: Day | null
  delisted_on: Day | null
  sys_from: Generated<Date>
}

export interface DecisionTable {
  id: Generated<number>
  case_id: number
  meeting_id: number
  decision: Decision
  text: Generated<string>
  due_on: Day | null
  unit_id: number | null
  into_id: number | null
  /** null: the meeting still runs, the decision may be changed */
  taken_at: Date | null
  person_id: number | null
  sys_from: Generated<Date>
}
