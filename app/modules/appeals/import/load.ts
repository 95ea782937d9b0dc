import { sql } from 'kysely'
import type { ActContext } from '../../../core/act.ts'
import type { Tx } from '../../../core/db.ts'
import { record } from '../../../core/events/record.ts'
import type { CaseToChange } from '../../../core/tabular/case-import.ts'
import { type Day, parseInstant } from '../../../core/time.ts'
import { createAppeal, type NewAppeal, refreshFiling } from '../create.ts'
import { insertParty, type NewParty } from '../parties/insert.ts'
import { settleDecision } from '../decide.ts'
import { recomputeDecision } from '../handling/clocks.ts'
import { closeAppeal, reindex } from '../take-step.ts'
import type { Stage } from '../schema.ts'
import type { AppealRow } from './check.ts'

const morning = (on: Day): Date => parseInstant(`${on} 09:00`)!
const evening = (on: Day): Date => parseInstant(`${on} 17:00`)!

/** Writes appeals of an older system. What happened when is recorded as of then: what was pending on a past day is pending as of that day. */
export async function addAppeals(tx: Tx, importId: number, rows: readonly AppealRow[], now: Date): Promise<void> {
  for (const row of rows) await addAppeal(tx, importId, row, now)
  await recordedAt(tx, now)
}

async function addAppeal(tx: Tx, importId: number, row: AppealRow, now: Date): Promise<void> {
  const received = earlier(morning(row.receivedOn), now)
  const open: Stage = row.form === 'statement' && !row.decidedOn ? 'statement' : 'received'
  await recordedAt(tx, received)
  const ctx = at(received, row.receivedOn)
  const { id } = await createAppeal(tx, ctx, { ...appealOf(row), number: row.number, importId, unitId: row.unitId, officerId: null }, open)
  await record(tx, ctx, 'appeal.registered', { caseId: id, payload: { number: row.number, import: importId } })
  let stage: Stage = open
  if (row.repliedOn) stage = await move(tx, id, { row, stage, to: 'review', step: 'defended', on: row.repliedOn, importId, now })
  if (row.extensionMonths) await tx.updateTable('appeals').set({ extension_months: row.extensionMonths }).where('id', '=', id).execute()
  if (row.extensionMonths) await recomputeDecision(tx, id, 'extension', received)
  await endOf(tx, importId, id, row, stage, (instant) => earlier(instant, now))
}

/** What ended it: a decision, its dispatch, or an end without one. `known`: when the office knew of what happened at an instant. */
async function endOf(tx: Tx, importId: number, id: number, row: AppealRow, from: Stage, known: (instant: Date) => Date): Promise<void> {
  if (row.decidedOn) {
    const decided = known(evening(row.decidedOn))
    await recordedAt(tx, decided)
    const claims = row.outcomes!.map((outcome, i) => ({ position: i + 1, outcome, basis: row.basis?.[i] ?? null, thenWhat: null, remandDays: outcome === 'ordered' ? 60 : null }))
    const decision = await settleDecision(tx, at(decided, row.decidedOn), { id, stage: from }, { decidedOn: row.decidedOn, decisionNo: row.decisionNo, claims, importId })
    if (!row.dispatchedOn) return
    const sent = known(new Date(evening(row.dispatchedOn).getTime() + 60_000))
    await recordedAt(tx, sent)
    await tx.updateTable('appeals').set({ dispatched_on: row.dispatchedOn }).where('id', '=', id).execute()
    await closeAppeal(tx, at(sent, row.dispatchedOn), { id, stage: 'decided' }, decision, { import: importId })
  } else if (row.ending) {
    const ended = known(evening(row.endedOn!))
    await recordedAt(tx, ended)
    if (row.ending === 'transferred') await tx.updateTable('appeals').set({ ours: false }).where('id', '=', id).execute()
    await tx.insertInto('appeal_steps').values({ case_id: id, step: row.ending === 'withdrawn' ? 'withdraw' : 'transfer', happened_on: row.endedOn!, document_no: null, note: null, person_id: null }).execute()
    await closeAppeal(tx, at(ended, row.endedOn!), { id, stage: from }, row.ending, { import: importId })
  }
}

async function move(tx: Tx, id: number, to: { row: AppealRow; stage: Stage; to: Stage; step: string; on: Day; importId: number; now: Date }): Promise<Stage> {
  const instant = earlier(evening(to.on), to.now)
  await recordedAt(tx, instant)
  await tx.updateTable('appeals').set({ forwarded_on: to.row.receivedOn, agency_reply: 'defended', agency_replied_on: to.on }).where('id', '=', id).execute()
  await tx.insertInto('appeal_steps').values({ case_id: id, step: to.step, happened_on: to.on, document_no: null, note: null, person_id: null }).execute()
  await tx.updateTable('cases').set({ stage: to.to }).where('id', '=', id).execute()
  await record(tx, at(instant, to.on), `appeal.${to.step}`, { caseId: id, fromStage: to.stage, toStage: to.to, payload: { on: to.on, import: to.importId } })
  return to.to
}

/** The recorded instant of what follows in this transaction. */
const recordedAt = (tx: Tx, instant: Date): Promise<unknown> => sql`select set_config('windlion.recorded_at', ${instant.toISOString()}, true)`.execute(tx)
const earlier = (instant: Date, now: Date): Date => (instant < now ? instant : now)
const at = (now: Date, today: Day): ActContext => ({ person: null, onBehalfOf: null, now, today })

/** What of a row becomes the appeal. */
function appealOf(row: AppealRow): NewAppeal {
  return {
    channel: row.channel ?? 'paper', form: row.form ?? 'appeal', ground: row.ground ?? 'disposition', title: row.title, category: row.category, agency: row.agency, agencyKind: row.kindOfAgency, agencyUnitId: row.agencyUnitId,
    dispositionNo: row.dispositionNo, dispositionOn: row.dispositionOn, servedOn: row.servedOn, appliedOn: row.appliedOn, residence: row.place, receivedAt: morning(row.receivedOn), firstReceivedBy: row.firstReceivedBy, firstReceivedOn: row.firstReceivedOn,
    claims: row.asks, facts: row.facts ?? '', parties: partiesOf(row),
  }
}

const partiesOf = (row: AppealRow): NewParty[] => [
  ...row.appellants.map((name) => ({ role: 'appellant' as const, name, isPerson: !/(公司|商行|企業社|協會|公所|合作社|有限合夥)/.test(name) })),
  ...(row.agents ?? []).map((name) => ({ role: 'agent' as const, name })),
  ...(row.participants ?? []).map((name) => ({ role: 'participant' as const, name })),
]

/** --update: an imported appeal put right. Recorded now; what was believed before stays in the history. */
export async function changeAppeal(tx: Tx, importId: number, { id, row, fields }: CaseToChange<AppealRow>, now: Date): Promise<void> {
  const { stage } = await tx.selectFrom('cases').select('stage').where('id', '=', id).executeTakeFirstOrThrow()
  const ctx = at(now, row.receivedOn)
  await tx.updateTable('cases').set({ title: row.title, received_at: morning(row.receivedOn), unit_id: row.unitId }).where('id', '=', id).execute()
  await refreshFiling(tx, id, appealOf(row))
  await tx.updateTable('appeals').set({ extension_months: row.extensionMonths, ...(row.repliedOn ? { agency_replied_on: row.repliedOn } : {}) }).where('id', '=', id).execute()
  if (fields.some((field) => ['appellants', 'agents', 'participants'].includes(field))) {
    await tx.deleteFrom('appeal_parties').where('case_id', '=', id).execute()
    for (const party of partiesOf(row)) await insertParty(tx, id, party, row.receivedOn)
  }
  if (fields.includes('claims') || fields.includes('outcomes')) {
    await tx.deleteFrom('appeal_claims').where('case_id', '=', id).execute()
    if (row.asks.length) await tx.insertInto('appeal_claims').values(row.asks.map((text, i) => ({ case_id: id, position: i + 1, text, outcome: null, basis: null, then_what: null, remand_days: null }))).execute()
  }
  await record(tx, { ...ctx, now }, 'appeal.corrected-by-import', { caseId: id, payload: { import: importId, fields } })
  await recomputeDecision(tx, id, 'corrected', now)
  await endAgain(tx, importId, id, row, stage as Stage, now)
  await reindex(tx, id)
}

// A decision that was there is written again with what the file says now; one that came since is written as new.
async function endAgain(tx: Tx, importId: number, id: number, row: AppealRow, stage: Stage, now: Date): Promise<void> {
  if (stage !== 'closed' && stage !== 'decided') return endOf(tx, importId, id, row, stage, () => now)
  if (!row.decidedOn) return
  const claims = row.outcomes!.map((outcome, i) => ({ position: i + 1, outcome, basis: row.basis?.[i] ?? null, thenWhat: null, remandDays: outcome === 'ordered' ? 60 : null }))
  const decision = await settleDecision(tx, at(now, row.decidedOn), { id, stage }, { decidedOn: row.decidedOn, decisionNo: row.decisionNo, claims, importId }, stage)
  await tx.updateTable('appeals').set({ dispatched_on: row.dispatchedOn }).where('id', '=', id).execute()
  if (stage === 'decided' && row.dispatchedOn) await closeAppeal(tx, at(now, row.dispatchedOn), { id, stage: 'decided' }, decision, { import: importId })
  else if (stage === 'closed') await tx.updateTable('cases').set({ outcome: decision }).where('id', '=', id).execute()
}
