import { type RawBuilder, sql } from 'kysely'
import { isNamedOn, isUnheld } from '../../core/cases/readers.ts'
import type { Reader } from '../../core/db.ts'
import { NotFound } from '../../core/errors.ts'
import { type Person, reach } from '../../core/identity/permissions.ts'
import type { StepState } from '../../core/procedure/step.ts'
import type { Day } from '../../core/time.ts'
import { caseKind, type Channel, type ComplaintResult, type MediationResult, type Side, type Stage } from './schema.ts'
import './tables.ts'

/** The facts by which a step is open or not. */
export type DisputeState = StepState & {
  stage: Stage
  channel: Channel; disputedTwd: number | null
  firstOn: Day | null; businessReceivedOn: Day | null; businessDueOn: Day | null; firstResult: ComplaintResult | null; secondOn: Day | null; secondResult: ComplaintResult | null
  appliedOn: Day | null; correctionDueOn: Day | null; acceptedOn: Day | null; meetingDueOn: Day | null; meetingOn: Day | null; postponed: boolean
  /** the meeting of the committee that is planned, and what the latest one came to; how many members took part last, of how many */
  planned: { on: Day; startsAt: string; place: string } | null; decided: { decision: string; text: string } | null; lastPresent: number | null; lastMembers: number | null
  lastAbsent: Side | 'none' | 'both' | null; lastExcused: boolean
  plan: 'ordinary' | 'small' | null; planOn: Day | null; planTerms: string | null; planTwd: number | null; consumerDueOn: Day | null; businessDueOnObjection: Day | null; objector: Side | null; objectedOn: Day | null; metAgain: boolean
  result: MediationResult | null; resultOn: Day | null; sentToCourtOn: Day | null; courtResult: string | null; courtOn: Day | null; suitBy: Side | null; consumerApprovedOn: Day | null; businessApprovedOn: Day | null; approvedServedOn: Day | null; certificateAskedOn: Day | null; certificateOn: Day | null
  /** the failed mediation of which this is the second one, and when the other side agreed */
  againOf: number | null; againConsentOn: Day | null
}

/** SQL condition "this person may see the dispute" over an alias of cases. A confidential one by name, and while nobody has it by those who give it one. */
export function visibleTo(person: Person, alias = 'c'): RawBuilder<boolean> {
  const c = (column: string) => sql.ref(`${alias}.${column}`)
  const by = reach(person, 'consumer-disputes.read')
  const within = by.all ? sql`true` : sql`${c('unit_id')} = any(${by.unitIds}::bigint[])`
  const gives = reach(person, 'consumer-disputes.register').all
  return sql<boolean>`case when ${c('confidential')} then (${isNamedOn(person, alias)} or (${isUnheld(alias)} and ${gives}::boolean)) else ${within} end`
}

export async function findDisputeState(reader: Reader, person: Person | null, name: string, lock = false): Promise<DisputeState> {
  const { rows } = await sql<DisputeState>`
    select c.id, c.number, c.follow_no as "followNo", c.title, c.stage, c.outcome, c.unit_id as "unitId", c.officer_id as "officerId", c.confidential, c.received_at as "receivedAt", c.closed_at as "closedAt", c.due_on as "dueOn",
      d.channel, d.disputed_twd as "disputedTwd", d.first_on as "firstOn", d.business_received_on as "businessReceivedOn", d.business_due_on as "businessDueOn", d.first_result as "firstResult", d.second_on as "secondOn", d.second_result as "secondResult",
      d.applied_on as "appliedOn", d.correction_due_on as "correctionDueOn", d.accepted_on as "acceptedOn", d.meeting_due_on as "meetingDueOn", d.meeting_on as "meetingOn", d.postponed, d.last_absent as "lastAbsent", d.last_excused as "lastExcused",
      d.plan, d.plan_on as "planOn", d.plan_terms as "planTerms", d.plan_twd as "planTwd", d.consumer_objection_due_on as "consumerDueOn", d.business_objection_due_on as "businessDueOnObjection", d.objector, d.objected_on as "objectedOn", d.met_again as "metAgain",
      d.result, d.result_on as "resultOn", d.sent_to_court_on as "sentToCourtOn", d.court_result as "courtResult", d.court_on as "courtOn", d.suit_by as "suitBy", d.consumer_approved_on as "consumerApprovedOn", d.business_approved_on as "businessApprovedOn", d.approved_served_on as "approvedServedOn", d.certificate_asked_on as "certificateAskedOn", d.certificate_on as "certificateOn", d.again_of as "againOf", d.again_consent_on as "againConsentOn",
      (select jsonb_build_object('on', m.held_on, 'startsAt', to_char(m.starts_at, 'HH24:MI'), 'place', m.place) from committee_items i join committee_meetings m on m.id = i.meeting_id join cases h on h.id = m.id where i.case_id = c.id and h.stage = 'planned' order by m.held_on limit 1) as planned,
      (select jsonb_build_object('decision', i.decision, 'text', i.decision_text) from committee_items i join committee_meetings m on m.id = i.meeting_id join cases h on h.id = m.id where i.case_id = c.id and h.outcome = 'held' order by m.held_on desc, m.id desc limit 1) as decided,
      (select (s.answers->>'present')::int from case_steps s where s.case_id = c.id and s.step = 'meet' order by s.id desc limit 1) as "lastPresent",
      (select (s.answers->>'members')::int from case_steps s where s.case_id = c.id and s.step = 'meet' order by s.id desc limit 1) as "lastMembers",
      array(select s.step from case_steps s where s.case_id = c.id order by s.id) as steps
    from cases c join consumer_disputes d on d.id = c.id
    where c.kind = ${caseKind} and ${name} in (c.number, c.follow_no) and c.stage <> 'lapsed' and ${person ? visibleTo(person) : sql`true`} ${lock ? sql`for update of c` : sql``}`.execute(reader)
  const state = rows[0]
  if (!state) throw new NotFound('找不到這件消費爭議')
  return state
}
