import type { Generated } from 'kysely'
import '../../core/cases/tables.ts'
import '../../core/laws/tables.ts'
import type { Day } from '../../core/time.ts'
import type { Change, Instrument } from './schema.ts'

declare module '../../core/db.ts' {
  interface Tables {
    regulations: RegulationTable
    regulation_steps: { id: Generated<number>; case_id: number; step: string; happened_on: Day; document_no: string | null; note: string | null; person_id: number | null; recorded_at: Generated<Date>; sys_from: Generated<Date> }
    regulation_comments: CommentTable
    'windlion_public.regulation_drafts': DraftView
    'windlion_public.regulation_comments': { id: number; case_id: number; text: string; filed_at: Date; answer: string | null; answered_at: Date | null }
  }
}

export interface RegulationTable {
  id: number
  law_id: number | null
  instrument: Instrument
  change: Change
  name: string
  category: string | null
  reason: Generated<string>
  draft: string | null
  penalty: Generated<boolean>
  gazetted: Generated<boolean>
  public: Generated<boolean>
  notice_from: Day | null
  notice_until: Day | null
  promulgation_due: Day | null
  promulgated_on: Day | null
  effective_on: Day | null
  deemed_approved: Generated<boolean>
  deemed_effective: Generated<boolean>
  document_no: string | null
  /** 說明 by place of the comparison table */
  article_reasons: Generated<Record<string, string> | null>
  /** names of 附件 that it takes out */
  dropped_attachments: Generated<string[]>
  /** 施行期限 of a 限時法規 */
  ends_on: Generated<Day | null>
  /** the articles that it suspends or resumes; null: the whole law */
  articles: Generated<string[] | null>
  sys_from: Generated<Date>
}

export interface CommentTable {
  id: Generated<number>
  case_id: number
  name: Buffer | null
  email: Buffer | null
  email_hash: Buffer | null
  text: string
  filed_at: Date
  confirm_token_hash: Buffer | null
  confirm_until: Date | null
  confirmed_at: Date | null
  answer: string | null
  answered_at: Date | null
  published: Generated<boolean>
  sys_from: Generated<Date>
}

export interface DraftView {
  id: number
  number: string
  name: string
  instrument: Instrument
  change: Change
  reason: string
  draft: string | null
  law_id: number | null
  notice_from: Day
  notice_until: Day
  unit_name: string | null
  stage: string
  article_reasons: Record<string, string> | null
}
