import type { Generated } from 'kysely'
import '../../core/procedure/tables.ts'
import type { Day } from '../../core/time.ts'
import type { Channel, ComplaintResult, FirstTo, MediationResult, Side } from './schema.ts'

declare module '../../core/db.ts' {
  interface Tables {
    consumer_disputes: ConsumerDisputeTable
  }
}

export interface ConsumerDisputeTable {
  id: number
  channel: Channel
  category: string | null
  facts: string
  asked: Generated<string>
  disputed_twd: number | null
  first_on: Day | null
  first_to: FirstTo | null
  business_received_on: Day | null
  business_due_on: Day | null
  first_result: ComplaintResult | null
  first_result_on: Day | null
  second_on: Day | null
  second_result: 'handled' | 'not-handled' | null
  second_result_on: Day | null
  applied_on: Day | null
  correction_due_on: Day | null
  accepted_on: Day | null
  jurisdiction: string | null
  meeting_due_on: Day | null
  meeting_on: Day | null
  postponed: Generated<boolean>
  last_absent: 'none' | 'consumer' | 'business' | 'both' | null
  last_excused: Generated<boolean>
  plan: 'ordinary' | 'small' | null
  plan_on: Day | null
  plan_terms: string | null
  plan_twd: number | null
  consumer_objection_due_on: Day | null
  business_objection_due_on: Day | null
  objector: Side | null
  objected_on: Day | null
  met_again: Generated<boolean>
  result: MediationResult | null
  result_on: Day | null
  terms: string | null
  settled_twd: number | null
  ground: string | null
  sent_to_court_on: Day | null
  court_result: 'approved' | 'not-approved' | null
  court_on: Day | null
  suit_by: Side | null
  consumer_approved_on: Day | null
  business_approved_on: Day | null
  approved_served_on: Day | null
  certificate_asked_on: Day | null
  certificate_on: Day | null
  transferred_to: string | null
  again_of: number | null
  again_consent_on: Day | null
  sys_from: Generated<Date>
}
