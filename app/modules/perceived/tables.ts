import type { Generated } from 'kysely'
import '../../core/cases/tables.ts'
import '../../core/documents/store.ts'
import '../../core/procedure/tables.ts'
import type { Day } from '../../core/time.ts'
import type { TextState } from './schema.ts'

declare module '../../core/db.ts' {
  interface Tables {
    perceived_items: { id: number; roc_year: number; goal: Generated<string>; listed_on: Day; finish_on: Day | null; sys_from: Generated<Date> }
    perceived_texts: PerceivedTextTable
    'windlion_public.achievements': Achievement
  }
}

/** What the public may read of an item. One row an item; earlier texts are in the history. */
export interface PerceivedTextTable {
  id: number
  title: string
  text: string
  /** rows of case_documents */
  before_id: number | null
  after_id: number | null
  state: TextState
  written_by: number | null
  written_at: Date
  note: string | null
  /** drawn anew when it was approved */
  before_document_id: number | null
  after_document_id: number | null
  published_at: Date | null
  /** why there is no picture, as the public reads it */
  no_before: string | null
  no_after: string | null
  sys_from: Generated<Date>
}

export interface Achievement {
  number: string
  roc_year: number
  township: string | null
  unit: string | null
  title: string
  text: string
  before_sha256: string | null
  before_type: string | null
  after_sha256: string | null
  after_type: string | null
  no_before: string | null
  no_after: string | null
  published_at: Date
}
