import type { Generated } from 'kysely'
import type { Day } from '../time.ts'

declare module '../db.ts' {
  interface Tables {
    personal_data_reads: PersonalDataReadTable
    destruction_lists: DestructionListTable
    destruction_items: DestructionItemTable
    legal_holds: LegalHoldTable
  }
}

/** An opening of masked personal data: who saw what of which case, for whom, why and when. */
export interface PersonalDataReadTable {
  id: Generated<number>
  case_id: number
  person_id: number
  on_behalf_of: number | null
  fields: string[]
  purpose: string
  at: Generated<Date>
}

export type DestructionState = 'draft' | 'submitted' | 'approved' | 'rejected' | 'done'

export interface DestructionListTable {
  id: Generated<number>
  class: string
  title: string
  cutoff_on: Day
  years: number | null
  basis: string
  plan: string
  state: Generated<DestructionState>
  made_by: number
  made_at: Generated<Date>
  submitted_at: Date | null
  decided_by: number | null
  decided_at: Date | null
  decision_note: string | null
  authority_no: string | null
  done_at: Date | null
}

export interface DestructionItemTable {
  list_id: number
  /** or a record that belongs to no case */
  case_id: number | null
  record_table: Generated<string | null>
  record_id: Generated<number | null>
  kind: string
  name: string
  received_on: Day | null
  closed_on: Day
  kept_until: Day
  unit_name: string | null
  outcome: string | null
  excluded_why: string | null
  excluded_by: number | null
  destroyed_at: Date | null
}

export interface LegalHoldTable {
  id: Generated<number>
  /** or a record that belongs to no case */
  case_id: number | null
  record_table: Generated<string | null>
  record_id: Generated<number | null>
  reason: string
  placed_by: number
  placed_at: Generated<Date>
  released_by: number | null
  released_at: Date | null
  released_why: string | null
}
