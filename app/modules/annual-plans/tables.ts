import type { Generated } from 'kysely'
import '../../core/cases/tables.ts'
import type { Day } from '../../core/time.ts'
import type { BudgetObject, Category, Criterion, Kind, PinDecision, ReviewRole, Source } from './schema.ts'

declare module '../../core/db.ts' {
  interface Tables {
    plan_rounds: { id: Generated<number>; roc_year: number; due_on: Day; opened_at: Date; criteria: Generated<Criterion[]>; sys_from: Generated<Date> }
    plan_proposals: PlanProposalTable
    plan_needs: { id: Generated<number>; case_id: number; position: number; roc_year: number; source: Source; object: BudgetObject; twd: number; sys_from: Generated<Date> }
    plan_reviewers: { id: Generated<number>; round_id: number; person_id: number; role: ReviewRole; named_at: Date; ended_at: Date | null }
    plan_reviews: { id: Generated<number>; case_id: number; role: ReviewRole; person_id: number | null; points: Generated<Record<string, number>>; score: number; advised_twd: number | null; comment: Generated<string>; reviewed_at: Date; sys_from: Generated<Date> }
    plan_pins: { id: Generated<number>; case_id: number; decision: PinDecision; reason: string; person_id: number | null; pinned_at: Date; sys_from: Generated<Date> }
    plan_cuts: { id: Generated<number>; round_id: number; kind: 'cut' | 'later'; ceiling_twd: number | null; meeting: string; meeting_on: Day; body: string; sha256: Buffer; signature: Buffer; vkey: string; person_id: number | null; decided_at: Date }
    plan_cut_items: { id: Generated<number>; cut_id: number; case_id: number; position: number; score: number | null; twd: number; computed: PinDecision; decision: PinDecision; reason: Generated<string>; sys_from: Generated<Date> }
    plan_projects: { id: Generated<number>; case_id: number; project_id: number; person_id: number | null; linked_at: Date; sys_from: Generated<Date> }
  }
}

export interface PlanProposalTable {
  id: number
  round_id: number
  category: Category
  kind: Kind
  /** the unit's own order, 1 first */
  priority: number
  /** 業務計畫－工作計畫 of the budget papers */
  account: Generated<string>
  from_year: number
  to_year: number
  content: string
  benefit: string
  results: Generated<string>
  /** whole NT$, of the round's year and of all years */
  asked_twd: number
  total_twd: number
  /** 建議數: what the control section lays before the meeting; null: as asked */
  advised_twd: number | null
  returned_note: string | null
  sys_from: Generated<Date>
}
