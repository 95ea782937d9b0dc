import type { ActContext } from '../../core/act.ts'
import { assignLead } from '../../core/cases/assign.ts'
import { newFollowNo } from '../../core/cases/numbers.ts'
import { insertCase } from '../../core/cases/open.ts'
import type { Tx } from '../../core/db.ts'
import { record } from '../../core/events/record.ts'
import { findSetting } from '../../core/identity/settings.ts'
import { type Day, dayOf } from '../../core/time.ts'
import { startClocks } from './handling/clocks.ts'
import { filingLimit, type FilingFacts, jurisdictionOf } from './rules.ts'
import { type AgencyKind, caseKind, type Channel, type Form, type Ground, type Stage } from './schema.ts'
import { insertParty, type NewParty } from './parties/insert.ts'
import './tables.ts'
import { reindex } from './take-step.ts'

export type NewAppeal = {
  channel: Channel
  form: Form
  ground: Ground
  title: string
  category?: string | null
  agency: string
  agencyKind: AgencyKind
  agencyUnitId?: number | null
  /** who decides, where 訴願法 §4 leaves it to be named */
  authority?: string | null
  thirdParty?: boolean
  dispositionNo?: string | null
  dispositionOn?: Day | null
  servedOn?: Day | null
  serviceKind?: string | null
  knownOn?: Day | null
  appliedOn?: Day | null
  remedyTold?: boolean
  residence?: string | null
  representativeAtSeat?: boolean
  /** when the county received it */
  receivedAt: Date
  /** the agency that received it before, and when (訴願法 §14 IV, §61) */
  firstReceivedBy?: string | null
  firstReceivedOn?: Day | null
  signed?: boolean
  confidential?: boolean
  claims: readonly string[]
  facts: string
  parties: readonly NewParty[]
  followCodeHash?: Buffer | null
  unitId?: number | null
  officerId?: number | null
  /** of an import: it has its 案號 already */
  number?: string
  importId?: number
}

/** What its filing depends on, as rules.ts wants it. */
export function factsOf(appeal: Pick<NewAppeal, 'ground' | 'thirdParty' | 'agencyKind' | 'servedOn' | 'serviceKind' | 'knownOn' | 'appliedOn' | 'remedyTold' | 'residence' | 'representativeAtSeat'>, county: string): FilingFacts {
  return {
    ground: appeal.ground, thirdParty: appeal.thirdParty ?? false, agencyKind: appeal.agencyKind, seat: jurisdictionOf(appeal.agencyKind, county).seat, servedOn: appeal.servedOn ?? null, serviceKind: appeal.serviceKind ?? null,
    knownOn: appeal.knownOn ?? null, appliedOn: appeal.appliedOn ?? null, remedyTold: appeal.remedyTold ?? true, residence: appeal.residence || null, representativeAtSeat: appeal.representativeAtSeat ?? false,
  }
}

/**
 * Writes an appeal with its parties, claims and paper, finds who decides (§4) and whether it came in time (§14, §16), and starts the clocks.
 * `stage`: `filed` while nobody has registered it. It has no 案號 yet.
 */
export async function createAppeal(tx: Tx, ctx: ActContext, appeal: NewAppeal, stage: Stage): Promise<{ id: number; followNo: string }> {
  const followNo = newFollowNo()
  const receivedOn = dayOf(appeal.receivedAt)
  const filedOn = filedOnOf(appeal)
  const id = await insertCase(tx, {
    kind: caseKind, followNo, number: appeal.number ?? null, title: appeal.title, stage, receivedAt: appeal.receivedAt, registeredAt: appeal.number ? appeal.receivedAt : null, confidential: appeal.confidential ?? false, importId: appeal.importId ?? null,
  })
  await insertDetail(tx, id, appeal, filedOn)
  for (const party of appeal.parties) await insertParty(tx, id, party, filedOn)
  if (appeal.claims.length) await tx.insertInto('appeal_claims').values(appeal.claims.map((text, at) => ({ case_id: id, position: at + 1, text, outcome: null, basis: null, then_what: null, remand_days: null }))).execute()
  await tx.insertInto('appeal_papers').values({ case_id: id, kind: appeal.form, text: appeal.facts, received_on: receivedOn }).execute()
  if (appeal.unitId) await assignLead(tx, { caseId: id, unitId: appeal.unitId, officerId: appeal.officerId ?? null, at: ctx.now, endedAs: 'reassigned' })
  await startClocks(tx, id, 'received', ctx.now)
  await reindex(tx, id)
  await record(tx, ctx, 'appeal.filed', { caseId: id, toStage: stage, happenedAt: appeal.receivedAt, payload: { channel: appeal.channel, form: appeal.form, filedOn, ...(appeal.importId ? { import: appeal.importId } : {}) } })
  return { id, followNo }
}

async function insertDetail(tx: Tx, id: number, appeal: NewAppeal, filedOn: Day): Promise<void> {
  await tx
    .insertInto('appeals')
    .values({
      id, ...(await detailOf(tx, appeal, filedOn)), signed: appeal.signed ?? true, follow_code_hash: appeal.followCodeHash ?? null,
      petition_on: null, correction_until: null, corrected_on: null, last_reasons_on: null, suspended_on: null, suspended_from: null, resumed_on: null, extension_months: null, forwarded_on: null, agency_reply: null, agency_replied_on: null, oral: null, joined_to: null,
      decided_on: null, decision: null, decision_no: null, dispatched_on: null,
    })
    .execute()
}

/** What was filed, with who decides and the last day to file, worked out. */
async function detailOf(tx: Tx, appeal: NewAppeal, filedOn: Day) {
  const county = (await findSetting<string>(tx, 'county.name')) ?? '縣政府'
  const { ours, authority } = jurisdictionOf(appeal.agencyKind, county)
  const limit = filingLimit(factsOf(appeal, county), filedOn)
  return {
    channel: appeal.channel, form: appeal.form, ground: appeal.ground, third_party: appeal.thirdParty ?? false, filed_on: filedOn, first_received_by: appeal.firstReceivedBy ?? null,
    agency: appeal.agency, agency_kind: appeal.agencyKind, agency_unit_id: appeal.agencyUnitId ?? null, authority: authority ?? (appeal.authority || '中央主管部會'), ours,
    disposition_no: appeal.dispositionNo ?? null, disposition_on: appeal.dispositionOn ?? null, served_on: appeal.servedOn ?? null, service_kind: appeal.serviceKind ?? null, known_on: appeal.knownOn ?? null, applied_on: appeal.appliedOn ?? null,
    remedy_told: appeal.remedyTold === false ? ('no' as const) : ('yes' as const), residence: appeal.residence || null, representative_at_seat: appeal.representativeAtSeat ?? false,
    filing_due_on: limit.dueOn, filing_reasons: limit.reasons, category: appeal.category || null,
  }
}

/** Day of filing: the earliest receipt by any agency (訴願法 §14 III, IV, §61). */
const filedOnOf = (appeal: Pick<NewAppeal, 'receivedAt' | 'firstReceivedOn'>): Day => {
  const receivedOn = dayOf(appeal.receivedAt)
  return appeal.firstReceivedOn && appeal.firstReceivedOn < receivedOn ? appeal.firstReceivedOn : receivedOn
}

/** What was filed put right, and what follows from it worked out anew: who decides, whether it came in time. */
export async function refreshFiling(tx: Tx, id: number, appeal: NewAppeal): Promise<void> {
  await tx.updateTable('appeals').set(await detailOf(tx, appeal, filedOnOf(appeal))).where('id', '=', id).execute()
}
