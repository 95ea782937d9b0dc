import type { Generated } from 'kysely'
import '../../core/cases/tables.ts'
import type { Day } from '../../core/time.ts'
import type { AgencyKind, Channel, ClaimOutcome, Decision, Form, Ground, LetterKind, PaperKind, PartyRole } from './schema.ts'

declare module '../../core/db.ts' {
  interface Tables {
    appeals: AppealTable
    appeal_parties: PartyTable
    appeal_claims: ClaimTable
    appeal_steps: { id: Generated<number>; case_id: number; step: string; happened_on: Day; document_no: string | null; note: string | null; person_id: number | null; recorded_at: Generated<Date>; sys_from: Generated<Date> }
    appeal_papers: { id: Generated<number>; case_id: number; kind: PaperKind; text: string; received_on: Day; sys_from: Generated<Date> }
    appeal_letters: LetterTable
  }
}

export interface AppealTable {
  id: number
  channel: Channel
  form: Form
  ground: Ground
  third_party: Generated<boolean>
  filed_on: Day
  first_received_by: string | null
  agency: string
  agency_kind: AgencyKind
  agency_unit_id: number | null
  authority: string
  ours: boolean
  disposition_no: string | null
  disposition_on: Day | null
  served_on: Day | null
  service_kind: string | null
  known_on: Day | null
  applied_on: Day | null
  remedy_told: Generated<'yes' | 'no'>
  residence: string | null
  representative_at_seat: Generated<boolean>
  filing_due_on: Day | null
  filing_reasons: Generated<string[]>
  category: string | null
  signed: Generated<boolean>
  follow_code_hash: Buffer | null
  petition_on: Day | null
  correction_until: Day | null
  corrected_on: Day | null
  last_reasons_on: Day | null
  suspended_on: Day | null
  suspended_from: string | null
  resumed_on: Day | null
  extension_months: number | null
  forwarded_on: Day | null
  agency_reply: 'defended' | 'revoked' | 'changed' | 'silent' | null
  agency_replied_on: Day | null
  oral: 'asked' | 'granted' | 'refused' | 'held' | null
  restitution: Generated<'asked' | 'granted' | 'refused' | null>
  restitution_asked_on: Generated<Day | null>
  restitution_until: Generated<Day | null>
  joined_to: number | null
  decided_on: Day | null
  decision: Decision | null
  decision_no: string | null
  dispatched_on: Day | null
  sys_from: Generated<Date>
}

export interface PartyTable {
  id: Generated<number>
  case_id: number
  role: PartyRole
  is_person: Generated<boolean>
  lawyer: Generated<boolean>
  name: Buffer | null
  name_hash: Buffer | null
  born_on: Buffer | null
  id_number: Buffer | null
  id_hash: Buffer | null
  address: Buffer | null
  email: Buffer | null
  email_hash: Buffer | null
  phone: Buffer | null
  acts_for: number | null
  since: Day
  until: Day | null
  /** whose place they took (訴願法 §87, §88) */
  succeeds: Generated<number | null>
  sys_from: Generated<Date>
}

export interface ClaimTable {
  id: Generated<number>
  case_id: number
  position: number
  text: string
  outcome: ClaimOutcome | null
  basis: string | null
  then_what: 'changed' | 'remanded' | 'none' | null
  remand_days: number | null
  note: Generated<string>
  sys_from: Generated<Date>
}

export interface LetterTable {
  id: Generated<number>
  case_id: number
  party_id: number | null
  recipient: string | null
  kind: LetterKind
  subject: string
  text: string
  document_no: string | null
  way: 'mail' | 'post' | 'exchange'
  written_at: Date
  sent_on: Day | null
  sent_by: number | null
  served_on: Day | null
  service_kind: string | null
  effective_on: Day | null
  remark: string | null
  sys_from: Generated<Date>
}
