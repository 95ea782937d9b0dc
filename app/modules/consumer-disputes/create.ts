import type { StaffContext } from '../../core/act.ts'
import { assignLead } from '../../core/cases/assign.ts'
import { drawCaseNumber, newFollowNo } from '../../core/cases/numbers.ts'
import { insertCase } from '../../core/cases/open.ts'
import type { Tx } from '../../core/db.ts'
import { record } from '../../core/events/record.ts'
import { addParty, type Party } from '../../core/procedure/parties.ts'
import { indexCase } from '../../core/search/search.ts'
import type { Day } from '../../core/time.ts'
import { caseKind, type Channel, type FirstTo, numberPrefix } from './schema.ts'
import './tables.ts'

export type NewDispute = {
  channel: Channel; title: string; category: string | null; facts: string; asked: string; disputedTwd: number | null
  /** an earlier complaint to the business, a consumer group or a service centre */
  firstOn: Day | null; firstTo: FirstTo | null
  consumer: Party; representative: Party | null; business: Party
  /** null: it waits for its confirmation */
  receivedAt: Date | null
}

/** Writes a dispute with its parties. No clock runs until the business has the complaint. */
export async function createDispute(tx: Tx, of: NewDispute): Promise<{ id: number; followNo: string; consumerId: number }> {
  const followNo = newFollowNo()
  const id = await insertCase(tx, { kind: caseKind, followNo, title: of.title, stage: of.receivedAt ? 'received' : 'unconfirmed', receivedAt: of.receivedAt, registeredAt: null })
  await tx.insertInto('consumer_disputes').values({ id, channel: of.channel, category: of.category, facts: of.facts, asked: of.asked, disputed_twd: of.disputedTwd, ...untouched, first_on: of.firstOn, first_to: of.firstTo }).execute()
  const consumerId = await addParty(tx, id, of.consumer)
  if (of.representative) await addParty(tx, id, of.representative, { representsId: consumerId })
  await addParty(tx, id, of.business)
  await indexCase(tx, id, [of.title, of.facts, of.asked, of.business.organisation])
  return { id, followNo, consumerId }
}

/** A dispute in which nothing was done yet. */
export const untouched = {
  first_on: null, first_to: null, business_received_on: null, business_due_on: null, first_result: null, first_result_on: null, second_on: null, second_result: null, second_result_on: null, applied_on: null, correction_due_on: null,
  accepted_on: null, jurisdiction: null, meeting_due_on: null, meeting_on: null, last_absent: null, plan: null, plan_on: null, plan_terms: null, plan_twd: null, consumer_objection_due_on: null, business_objection_due_on: null, objector: null,
  objected_on: null, result: null, result_on: null, terms: null, settled_twd: null, ground: null, sent_to_court_on: null, court_result: null, court_on: null, suit_by: null, consumer_approved_on: null, business_approved_on: null, approved_served_on: null, again_of: null, again_consent_on: null, certificate_asked_on: null, certificate_on: null, transferred_to: null,
} as const

/** Its 案號, and who takes it on: who registers it. */
export async function giveNumber(tx: Tx, ctx: StaffContext, id: number, on: Day): Promise<string> {
  await assignLead(tx, { caseId: id, unitId: ctx.person.posts[0]?.unitId ?? null, officerId: ctx.person.id, at: ctx.now, endedAs: 'reassigned' })
  const number = await drawCaseNumber(tx, caseKind, numberPrefix, on)
  await tx.updateTable('cases').set({ number, registered_at: ctx.now }).where('id', '=', id).execute()
  await record(tx, ctx, 'consumer-dispute.registered', { caseId: id, payload: { number } })
  return number
}
