import type { Generated } from 'kysely'
import '../../core/procedure/tables.ts'
import type { Day } from '../../core/time.ts'
import type { Basis, Channel, Ground, Outcome, Recourse, SuitResult } from './schema.ts'

declare module '../../core/db.ts' {
  interface Tables {
    compensations: CompensationTable
  }
}

export interface CompensationTable {
  id: number
  channel: Channel
  basis: Basis | null
  agency: string | null
  agency_unit_id: number | null
  facts: string
  evidence: Generated<string>
  requested_twd: number | null
  restoration: string | null
  other_agencies: string | null
  damage_on: Day | null
  known_on: Day | null
  place: string | null
  open_due_on: Day | null
  correction_due_on: Day | null
  first_meeting_on: Day | null
  meeting_on: Day | null
  notice_served_on: Day | null
  negotiation_due_on: Day | null
  continued: Generated<boolean>
  decision: Outcome | null
  decided_on: Day | null
  ground: Ground | null
  by_committee: Generated<boolean>
  certificate_on: Day | null
  transferred_to: string | null
  agreed_twd: number | null
  agreement_served_on: Day | null
  provisional_twd: Generated<number>
  payment_asked_on: Day | null
  paid_on: Day | null
  paid_twd: number | null
  suit_on: Day | null
  suit_court: string | null
  suit_no: string | null
  suit_result: SuitResult | null
  suit_result_on: Day | null
  suit_final: Generated<boolean>
  suit_twd: number | null
  recourse: Recourse | null
  recourse_on: Day | null
  recourse_twd: number | null
  recovered_twd: Generated<number>
  sys_from: Generated<Date>
}
