import type { Generated } from 'kysely'
import '../../core/cases/tables.ts'
import '../../core/procedure/tables.ts'
import type { Day } from '../../core/time.ts'
import type { Source } from '../annual-plans/index.ts'
import type { MoneyLine } from './money.ts'
import type { OpinionResult, ReviewStep } from './schema.ts'

/** A project besides its money, as its columns are named. */
export type ProjectFacts = { heading: number; title: string; unit_id: number; /** null: the whole county */ township: string | null; summary: string; /** taken out of the draft on this day */ removed_on: Day | null }

declare module '../../core/db.ts' {
  interface Tables {
    /** term: which one it is (第六期); years are ROC years */
    programmes: { id: number; term: number; from_year: number; to_year: number; aim: string; sys_from: Generated<Date> }
    programme_texts: { id: Generated<number>; case_id: number; heading: number; text: string; sys_from: Generated<Date> }
    programme_editions: { id: Generated<number>; case_id: number; edition: number; label: string; texts: { heading: number; text: string }[]; made_at: Date; person_id: number | null; published_at: Date | null; sys_from: Generated<Date> }
    programme_forums: { id: number; programme_id: number; held_on: Day; place: string; subject: string; attendance: number; published_at: Date | null; sys_from: Generated<Date> }
    programme_opinions: { id: Generated<number>; case_id: number; heading: number | null; text: string; result: Generated<OpinionResult>; reply: Generated<string>; sys_from: Generated<Date> }
    programme_projects: Omit<ProjectFacts, 'summary'> & { id: Generated<number>; case_id: number; summary: Generated<string>; proposal_id: number | null; sys_from: Generated<Date> }
    programme_reviews: { id: Generated<number>; case_id: number; step: ReviewStep; meeting_id: number; edition: number | null; sys_from: Generated<Date> }
    programme_money: { id: Generated<number>; case_id: number; project_id: number; roc_year: number; source: Source; twd: number; sys_from: Generated<Date> }
    programme_money_changes: { id: Generated<number>; case_id: number; project_id: number; changed_on: Day; reason: string; before_money: MoneyLine[]; before_project: ProjectFacts | null; person_id: number | null; sys_from: Generated<Date> }
    'windlion_public.programme_editions': { id: number; term: number; from_year: number; to_year: number; title: string; edition: number; label: string; texts: { heading: number; text: string }[]; published_at: Date }
    'windlion_public.programme_forums': { id: number; number: string; programme: string; held_on: Day; place: string; township: string; subject: string; attendance: number; published_at: Date; opinions: { heading: number | null; text: string; result: OpinionResult; reply: string }[] }
  }
}
