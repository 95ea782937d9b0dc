import { sql } from 'kysely'
import { meetMainClock, setMainClock, startSideClock as startClock } from '../../../core/cases/due.ts'
import { computeDeadline, type DeadlineParams } from '../../../core/clocks/index.ts'
import { officeCounty } from '../../../core/clocks/office-county.ts'
import type { Reader, Tx } from '../../../core/db.ts'
import { type Day, dayOf, startOf } from '../../../core/time.ts'
import { agencyRule, type DecisionFacts, decisionParams, travelOf } from '../rules.ts'
import '../tables.ts'

/** appeal-decision-3mo: the main clock of every appeal, from the receipt of the 訴願書. */
export const decisionRule = 'appeal-decision-3mo'

type Facts = DecisionFacts & { receivedAt: Date; suspendedOn: Day | null; ours: boolean }

async function readFacts(reader: Reader, caseId: number): Promise<Facts | null> {
  const { rows } = await sql<Omit<Facts, 'receivedOn'>>`
    select c.received_at as "receivedAt", a.form, a.filed_on as "filedOn", a.petition_on as "petitionOn", a.correction_until as "correctionUntil", a.corrected_on as "correctedOn",
      a.last_reasons_on as "lastReasonsOn", a.resumed_on as "resumedOn", a.extension_months as "extensionMonths", a.suspended_on as "suspendedOn", a.ours,
      (select max(k.due_on) from case_clocks k where k.case_id = a.id and k.rule = 'appeal-supplement-30d') as "supplementUntil"
    from appeals a join cases c on c.id = a.id where a.id = ${caseId} and c.received_at is not null`.execute(reader)
  return rows[0] ? { ...rows[0], receivedOn: dayOf(rows[0].receivedAt) } : null
}

export type ClockCause = 'received' | 'extension' | 'pause' | 'resume' | 'corrected'

/** Computes the last day for the decision anew from all its facts and stores it with its explanation. Null while the proceedings stand still (§86), and where another agency decides (§4). */
export async function recomputeDecision(tx: Tx, caseId: number, cause: ClockCause, at: Date, note?: string): Promise<Day | null> {
  const facts = await readFacts(tx, caseId)
  if (!facts?.ours) return null
  if (facts.suspendedOn) return stand(tx, caseId, facts.suspendedOn, at)
  const dueOn = await setMainClock(tx, { caseId, rule: decisionRule, trigger: startOf(facts.receivedOn), params: decisionParams(facts), cause, at, ...(note ? { note } : {}) })
  await tx.updateTable('case_clocks').set({ paused_on: null, met_at: null }).where('case_id', '=', caseId).where('main', '=', true).execute()
  return dueOn
}

// 訴願法 §86: no day is due until the legal relation is settled; then the three months begin anew.
async function stand(tx: Tx, caseId: number, from: Day, at: Date): Promise<null> {
  const because = '停止訴願程序，決定期間自該法律關係確定之日起重行起算（訴願法 §86）'
  await tx.updateTable('case_clocks').set({ due_on: null, paused_on: from, because, explanation: [because] as never }).where('case_id', '=', caseId).where('main', '=', true).execute()
  await tx.insertInto('case_dues').values({ case_id: caseId, at, due_on: null, cause: 'pause', note: null }).execute()
  await tx.updateTable('cases').set({ due_on: null }).where('id', '=', caseId).execute()
  return null
}

/**
 * The clocks that belong to an appeal by what was filed: the decision's three months where the county decides (with the thirty days for the paper
 * after a mere statement, §57); else what the county owes as a wrong address (§61 II) or as the original agency (§58 II; 審議規則 §6 I). Those that belonged to
 * another filing, before it was put right, are taken away.
 */
export async function startClocks(tx: Tx, caseId: number, cause: ClockCause, at: Date): Promise<void> {
  const filed = await tx.selectFrom('appeals').innerJoin('cases', 'cases.id', 'appeals.id').select(['ours', 'agency_kind', 'form', 'filed_on', 'petition_on', 'forwarded_on', 'residence', 'representative_at_seat', 'received_at']).where('appeals.id', '=', caseId).executeTakeFirstOrThrow()
  if (!filed.ours) {
    await tx.deleteFrom('case_clocks').where('case_id', '=', caseId).where('met_at', 'is', null).execute()
    await tx.updateTable('cases').set({ due_on: null }).where('id', '=', caseId).execute()
    if (cause !== 'received') await tx.insertInto('case_dues').values({ case_id: caseId, at, due_on: null, cause, note: null }).execute()
    const own = filed.agency_kind === 'county'
    if (own && filed.petition_on) await startSideClock(tx, caseId, 'appeal-agency-reply-20d', filed.petition_on)
    else await startSideClock(tx, caseId, own ? agencyRule(filed.form) : 'appeal-misfiled-10d', dayOf(filed.received_at!))
    return
  }
  await tx.deleteFrom('case_clocks').where('case_id', '=', caseId).where('rule', 'in', ['appeal-misfiled-10d', 'appeal-agency-forward-10d', ...(filed.forwarded_on ? [] : ['appeal-agency-reply-20d'])]).where('met_at', 'is', null).execute()
  const travel = travelOf({ residence: filed.residence, seat: officeCounty, representativeAtSeat: filed.representative_at_seat })
  if (filed.form === 'statement' && filed.petition_on === null) await startSideClock(tx, caseId, 'appeal-supplement-30d', filed.filed_on, travel)
  await moveCorrection(tx, caseId, travel)
  await recomputeDecision(tx, caseId, cause, at)
}

/** The twenty days of a correction that is still awaited, with the travelling period of the residence as it is known now (§16); never shorter than they were given. */
async function moveCorrection(tx: Tx, caseId: number, travel: DeadlineParams): Promise<void> {
  const clock = await tx.selectFrom('case_clocks').select(['trigger_at', 'params', 'due_on']).where('case_id', '=', caseId).where('rule', '=', 'appeal-correction-20d').where('met_at', 'is', null).executeTakeFirst()
  if (!clock) return
  const { serviceKind } = clock.params as DeadlineParams
  const [on, params] = [dayOf(clock.trigger_at), { ...(serviceKind ? { serviceKind } : {}), ...travel }]
  const answer = computeDeadline('appeal-correction-20d', on, params)
  if (answer.kind !== 'due' || (clock.due_on && answer.day <= clock.due_on)) return
  const until = await startSideClock(tx, caseId, 'appeal-correction-20d', on, params)
  await tx.updateTable('appeals').set({ correction_until: until }).where('id', '=', caseId).execute()
}

/** The decision was made, or the case ended without one. */
export async function endDecisionClock(tx: Tx, caseId: number, at: Date): Promise<void> {
  await meetMainClock(tx, caseId, at)
}

/** A clock beside that of the decision: correction, the agency's answer, service … A running one of the same rule is replaced. Gives its due day. */
export async function startSideClock(tx: Tx, caseId: number, rule: string, triggerOn: Day, params: DeadlineParams = {}): Promise<Day | null> {
  await tx.deleteFrom('case_clocks').where('case_id', '=', caseId).where('rule', '=', rule).where('main', '=', false).where('met_at', 'is', null).execute()
  return (await startClock(tx, { caseId, rule, trigger: startOf(triggerOn), params })).dueOn
}

/** What the clock waited for has come, on that day; nothing where it does not run. */
export async function meetSideClock(tx: Tx, caseId: number, rule: string, at: Date): Promise<void> {
  await tx.updateTable('case_clocks').set({ met_at: at }).where('case_id', '=', caseId).where('rule', '=', rule).where('main', '=', false).where('met_at', 'is', null).execute()
}

/** All of them, when the case ends. */
export async function endSideClocks(tx: Tx, caseId: number, at: Date): Promise<void> {
  await tx.updateTable('case_clocks').set({ met_at: at }).where('case_id', '=', caseId).where('main', '=', false).where('met_at', 'is', null).execute()
}
