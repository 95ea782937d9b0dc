import type { Generated } from 'kysely'
import type { DeadlineParams } from '../clocks/rule.ts'
import type { Day } from '../time.ts'

declare module '../db.ts' {
  interface Tables {
    cases: CaseTable
    case_counters: { kind: string; roc_year: number; last: number }
    assignments: AssignmentTable
    case_clocks: CaseClockTable
    case_dues: CaseDueTable
    /** kind and receipt are filled from the case when left out */
    case_texts: { case_id: number; text: string; kind: Generated<string>; received_at: Generated<Date | null> }
  }
}

export interface CaseTable {
  id: Generated<number>
  kind: string
  follow_no: string
  number: string | null
  title: string
  stage: string
  unit_id: number | null
  officer_id: number | null
  township: string | null
  received_at: Date | null
  registered_at: Date | null
  due_on: Day | null
  closed_at: Date | null
  outcome: string | null
  confidential: Generated<boolean>
  merged_into: number | null
  previous_id: number | null
  import_id: number | null
  sys_from: Generated<Date>
}

export interface AssignmentTable {
  id: Generated<number>
  case_id: number
  unit_id: number
  role: 'lead' | 'joint'
  officer_id: number | null
  from_at: Date
  until_at: Date | null
  ended_as: string | null
  note: string | null
  sys_from: Generated<Date>
}

export interface CaseClockTable {
  id: Generated<number>
  case_id: number
  rule: string
  main: Generated<boolean>
  trigger_at: Date
  due_on: Day | null
  paused_on: Day | null
  paused_office_days: Generated<number>
  met_at: Date | null
  because: string | null
  explanation: Generated<string[]>
  calendar_version: string | null
  /** the facts it was computed with; null: not known, its day was brought by an import or is older than this column */
  params: Generated<DeadlineParams | null>
  sys_from: Generated<Date>
}

export interface CaseDueTable {
  id: Generated<number>
  case_id: number
  at: Date
  due_on: Day | null
  cause: 'received' | 'extension' | 'pause' | 'resume' | 'imported' | 'calendar' | 'corrected'
  note: string | null
  sys_from: Generated<Date>
}
