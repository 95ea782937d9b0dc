import type { ActContext } from '../../core/act.ts'
import { newFollowNo } from '../../core/cases/numbers.ts'
import { insertCase } from '../../core/cases/open.ts'
import type { Tx } from '../../core/db.ts'
import { startClock } from '../../core/procedure/clock.ts'
import { addParty, type Party } from '../../core/procedure/parties.ts'
import { indexCase } from '../../core/search/search.ts'
import { type Day, dayOf } from '../../core/time.ts'
import { nameAgency } from './carry-out.ts'
import { type Basis, caseKind, type Channel } from './schema.ts'
import './tables.ts'

export type NewClaim = {
  channel: Channel
  title: string
  claimant: Party
  representative: Party | null
  facts: string
  evidence: string
  requestedTwd: number | null
  restoration: string | null
  otherAgencies: string | null
  damageOn: Day | null
  knownOn: Day | null
  place: string | null
  basis: Basis | null
  agency: string | null
  /** null: it waits for its confirmation */
  receivedAt: Date | null
}

/** Writes a claim with its parties. Its clock begins with `receivedAt`; the 案號 is drawn by whoever registers it. */
export async function createClaim(tx: Tx, ctx: ActContext, claim: NewClaim): Promise<{ id: number; followNo: string; claimantId: number }> {
  const followNo = newFollowNo()
  const id = await insertCase(tx, { kind: caseKind, followNo, title: claim.title, stage: claim.receivedAt ? 'received' : 'unconfirmed', receivedAt: claim.receivedAt, registeredAt: null })
  await tx.insertInto('compensations').values({
    id, channel: claim.channel, basis: claim.basis, agency: null, agency_unit_id: null, facts: claim.facts, evidence: claim.evidence, requested_twd: claim.requestedTwd, restoration: claim.restoration, other_agencies: claim.otherAgencies,
    damage_on: claim.damageOn, known_on: claim.knownOn, place: claim.place, ...undecided,
  }).execute()
  const claimantId = await addParty(tx, id, claim.claimant)
  if (claim.representative) await addParty(tx, id, claim.representative, { representsId: claimantId })
  if (claim.agency) await nameAgency(tx, ctx, id, claim.agency)
  if (claim.receivedAt) await startPeriod(tx, id, claim.receivedAt, ctx.now)
  await indexCase(tx, id, [claim.title, claim.facts, claim.evidence])
  return { id, followNo, claimantId }
}

/** 國家賠償法 §11 I: thirty days from the day the claim was submitted. */
export async function startPeriod(tx: Tx, id: number, receivedAt: Date, now: Date): Promise<void> {
  const dueOn = await startClock(tx, id, now, 'sc-open-negotiation-30d', dayOf(receivedAt))
  await tx.updateTable('compensations').set({ open_due_on: dueOn }).where('id', '=', id).execute()
}

/** A claim of which nothing was decided yet. */
export const undecided = {
  open_due_on: null, correction_due_on: null, first_meeting_on: null, meeting_on: null, notice_served_on: null, negotiation_due_on: null, decision: null, decided_on: null, ground: null, certificate_on: null, transferred_to: null, agreed_twd: null, agreement_served_on: null,
  payment_asked_on: null, paid_on: null, paid_twd: null, suit_on: null, suit_court: null, suit_no: null, suit_result: null, suit_result_on: null, suit_twd: null, recourse: null, recourse_on: null, recourse_twd: null,
} as const
