import type { Generated } from 'kysely'
import '../../core/cases/tables.ts'
import '../../core/procedure/tables.ts'
import type { Day } from '../../core/time.ts'

declare module '../../core/db.ts' {
  interface Tables {
    relief_programmes: { id: Generated<number>; roc_year: number; title: string; basis: Generated<string>; sys_from: Generated<Date> }
    relief_plans: { id: number; programme_id: number; position: number; sys_from: Generated<Date> }
    relief_items: ReliefItemTable
    relief_months: ReliefMonthTable
    relief_concurrences: { id: Generated<number>; case_id: number; unit_id: number; agreed_on: Day; person_id: number | null; sys_from: Generated<Date> }
  }
}

export interface ReliefItemTable {
  id: number
  plan_id: number
  position: number
  summary: Generated<string>
  /** what is to be reached, in words */
  target: Generated<string>
  /** how many applications are expected */
  target_count: number | null
  budget_twd: number | null
  start_on: Day
  finish_on: Day
  finished_on: Day | null
  sys_from: Generated<Date>
}

export interface ReliefMonthTable {
  id: Generated<number>
  case_id: number
  /** YYYY-MM */
  month: string
  /** of this month alone */
  applications: Generated<number>
  approved: Generated<number>
  spent_twd: Generated<number>
  forgone_twd: Generated<number>
  deferred_twd: Generated<number>
  /** cumulative percent at the month's end */
  progress: number
  /** on what the numbers rest */
  source: string | null
  sys_from: Generated<Date>
}
