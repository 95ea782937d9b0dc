import type { Generated } from 'kysely'
import type { PeriodUnit } from '../clocks/rule.ts'
import type { Day } from '../time.ts'

declare module '../db.ts' {
  interface Tables {
    office_years: OfficeYearTable
    office_closures: OfficeClosureTable
    calendar_drafts: { id: Generated<number>; change: unknown; made_at: Generated<Date>; made_by: number; applied_as: number | null }
    calendar_changes: { id: Generated<number>; change: unknown; words: string; version_before: string; version_after: string; applied_at: Generated<Date>; applied_by: number | null }
    calendar_moves: { id: Generated<number>; change_id: number; clock_id: number; case_id: number; officer_id: number | null; from_on: Day | null; to_on: Day | null }
    rule_changes: RuleChangeTable
  }
}

/** A day that differs from a Monday-to-Friday week, or a holiday whose name matters. */
export type YearDay = { day: Day; open: boolean; name: string }

export interface OfficeYearTable {
  id: Generated<number>
  year: number
  days: YearDay[]
  source: string
  loaded_at: Generated<Date>
  loaded_by: number | null
  replaced_at: Date | null
}

export interface OfficeClosureTable {
  id: Generated<number>
  day: Day
  name: string
  half: 'morning' | 'afternoon' | null
  townships: string[]
  reason: string | null
  made_at: Generated<Date>
  made_by: number | null
  cancelled_at: Date | null
  cancelled_by: number | null
  cancelled_why: string | null
}

export interface RuleChangeTable {
  id: Generated<number>
  rule: string
  what: 'period' | 'confirmed' | 'in-force'
  clock: string | null
  length: number | null
  unit: PeriodUnit | null
  effective_from: Day | null
  reason: string
  confirmed_by: string | null
  document_number: string | null
  before: unknown
  made_at: Generated<Date>
  made_by: number | null
  withdrawn_at: Date | null
  withdrawn_on: Day | null
  withdrawn_by: number | null
  withdrawn_why: string | null
}
