import type { Generated } from 'kysely'
import '../../core/cases/tables.ts'
import type { Day } from '../../core/time.ts'
import type { Grade, Level, ReportState, State } from './schema.ts'

declare module '../../core/db.ts' {
  interface Tables {
    projects: ProjectTable
    project_months: ProjectMonthTable
    project_milestones: { id: Generated<number>; case_id: number; position: number; title: string; planned_on: Day; reached_on: Day | null; sys_from: Generated<Date> }
    project_overrides: { id: Generated<number>; case_id: number; state: State; reason: string; from_on: Day; until_on: Day; person_id: number | null; sys_from: Generated<Date> }
    project_replans: { id: Generated<number>; case_id: number; changed_on: Day; reason: string; finish_on: Day; budget_twd: number; months: ReplacedMonth[] | null; person_id: number | null; sys_from: Generated<Date> }
    /** thresholds in percentage points */
    control_light_rules: { id: Generated<number>; version: string; from_on: Day; yellow: number; red: number; source: string; person_id: number | null; made_at: Date | null; sys_from: Generated<Date> }
    control_rounds: { id: Generated<number>; month: string; due_on: Day; opened_at: Date; chased_at: Date | null; reminded_at: Date | null; published_at: Date | null; sys_from: Generated<Date> }
    project_publications: { id: Generated<number>; round_id: number } & Omit<PublishedProject, 'id' | 'month' | 'published_at' | 'curve' | 'milestones'> & { curve: unknown; milestones: unknown }
    'windlion_public.project_publications': PublishedProject
  }
}

export interface ProjectTable {
  id: number
  level: Level
  grade: Generated<Grade>
  summary: Generated<string>
  budget_twd: number
  funding: Generated<string>
  start_on: Day
  finish_on: Day
  finished_on: Day | null
  listed_on: Day
  delisted_on: Day | null
  public: Generated<boolean>
  from_case_id: Generated<number | null>
  sys_from: Generated<Date>
}

export interface ProjectMonthTable {
  id: Generated<number>
  case_id: number
  /** YYYY-MM */
  month: string
  planned: number
  planned_twd: Generated<number>
  actual: number | null
  actual_twd: number | null
  work: Generated<string>
  reason: Generated<string>
  measure: Generated<string>
  report_state: ReportState | null
  returned_note: string | null
  reported_by: number | null
  reported_at: Date | null
  state: State | null
  slip: number | null
  slip_days: number | null
  slip_twd: number | null
  rule: string | null
  explanation: Generated<string[]>
  warning: string | null
  sys_from: Generated<Date>
}

/** A month of a plan that was replaced, with how its report was judged then (null: not reported). */
export type ReplacedMonth = { month: string; planned: number; plannedTwd: number; state: State | null; slip: number | null }

export type CurvePoint = { month: string; planned: number; actual: number | null }
export type PublishedMilestone = { title: string; plannedOn: Day; reachedOn: Day | null }

export interface PublishedProject {
  id: number
  case_id: number
  number: string
  title: string
  unit: string
  level: Level
  summary: string
  budget_twd: number
  start_on: Day
  finish_on: Day
  state: State
  overridden: boolean
  planned: number
  actual: number | null
  slip_days: number | null
  curve: CurvePoint[]
  milestones: PublishedMilestone[]
  reason: string
  measure: string
  month: string
  published_at: Date
}
