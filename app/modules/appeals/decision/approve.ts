import { z } from 'zod'
import { act, type ActContext } from '../../../core/act.ts'
import { handsIn } from '../../../core/cases/hands.ts'
import { findHeld } from '../../../core/committees/queries.ts'
import { isThere } from '../../../core/committees/rules.ts'
import type { Tx } from '../../../core/db.ts'
import { done, NotAllowed, refusal } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import { findSetting } from '../../../core/identity/settings.ts'
import { may } from '../../../core/identity/permissions.ts'
import { lockForStaff } from '../appeal.ts'
import { settleDecision } from '../decide.ts'
import { startSideClock } from '../handling/clocks.ts'
import { namedDay } from '../../../core/day-fields.ts'
import { writeLetters } from '../letters/write.ts'
import { basisOf, courtName, mainTextOf, printedReasons, remedyNotice } from './rules.ts'
import './tables.ts'

const Approved = z.object({ name: z.string().max(40), on: namedDay('決定的日期'), documentNo: z.string().trim().min(2, '請填決定書文號').max(100), head: z.string().trim().min(2, '請填決定機關首長（訴願法 §89 I ④）').max(60, '最多 60 個字') })

/**
 * 判行 (審議規則 §28 I): the head approves what the committee resolved; from then on it is the decision. Its clock ends, that of its service
 * begins (§89 II), and an original for each party and the agency waits to be posted. Who drafted does not approve, nor anybody for them.
 */
export const approveDecision = act('appeals.approve', Approved, async (tx, given, input) => {
  const { appeal, ctx } = await lockForStaff(tx, given, input.name, 'appeals.approve')
  // the head of the agency that is appealed against reads the case, and never approves here
  if (!may(ctx.person, 'appeals.approve', { unitId: appeal.unitId, officerId: appeal.officerId })) throw new NotAllowed('appeals.approve')
  if (appeal.stage !== 'committee') return refusal('appeal.not-at-committee', '案件不在訴願會')
  const draft = await tx.selectFrom('appeal_drafts').selectAll().where('id', '=', appeal.id).executeTakeFirst()
  if (!draft?.resolved_on || draft.meeting_id === null) return refusal('decision.not-resolved', '訴願決定應經訴願審議委員會會議之決議', { law: '訴願法 §53' })
  if (draft.resolution === 'amended') return refusal('decision.not-redrafted', '訴願會修正後決定，承辦人還沒有依決議改寫')
  if (input.on < draft.resolved_on || input.on > ctx.today) return refusal('decision.day', '決定的日期不能早於決議日或晚於今天', { field: 'on' })
  const drafters = await handsIn(tx, appeal.id, [{ kind: 'appeal.drafted', key: 'what', value: 'draft' }])
  if (drafters.includes(ctx.person.id) || (ctx.onBehalfOf !== null && drafters.includes(ctx.onBehalfOf))) return refusal('decision.own-draft', '擬稿的人不能核定自己的決定書')

  const claims = await tx.selectFrom('appeal_claims').select(['id', 'position', 'text']).where('case_id', '=', appeal.id).orderBy('position').execute()
  const of = (id: number) => draft.claims.find(({ claim }) => claim === id)!
  await settleDecision(tx, ctx, { id: appeal.id, stage: appeal.stage }, {
    decidedOn: input.on, decisionNo: input.documentNo,
    claims: claims.map(({ id, position }) => ({ position, outcome: of(id).outcome, basis: basisOf(of(id)), thenWhat: of(id).thenWhat, remandDays: of(id).remandDays, note: of(id).note })),
  })
  const main = mainTextOf(claims, draft.claims)
  const remedy = remedyNotice(courtName(draft.court === 'local' ? 'local' : 'high', input.on))
  await tx.insertInto('appeal_decisions').values({ id: appeal.id, number: input.documentNo, decided_on: input.on, main, facts: draft.facts, reasons: printedReasons({ reasons: draft.reasons, legalityOnly: draft.legality_only, negotiate: draft.negotiate }), remedy, members: await membersOf(tx, draft.meeting_id, appeal.id), head: input.head, approved_by: ctx.person.id }).execute()
  await tx.insertInto('appeal_steps').values({ case_id: appeal.id, step: 'decided', happened_on: input.on, document_no: input.documentNo, note: main, person_id: ctx.person.id }).execute()
  await startSideClock(tx, appeal.id, 'appeal-service-15d', input.on)
  const county = (await findSetting<string>(tx, 'county.name')) ?? '縣政府'
  await writeLetters(tx, ctx, appeal, 'decision', 'both', { note: `檢送${county}訴願決定書（${input.documentNo}）正本一份。\n\n主文\n${main}\n\n${remedy}` }, input.documentNo)
  return done()
})

/** 審議規則 §28 II: the chair and the members who took part in this resolution. */
async function membersOf(tx: Tx, meetingId: number, caseId: number): Promise<string[]> {
  const held = await findHeld(tx, meetingId)
  const recused = held.items.find((item) => item.caseId === caseId)?.recusals.filter(({ granted }) => granted).map(({ memberId }) => memberId) ?? []
  return held.people.filter((one) => one.seat !== 'other' && isThere(one) && !recused.includes(one.id)).map(({ name, seat }) => (seat === 'chair' ? `主任委員 ${name}` : `委員 ${name}`))
}

/** 審議規則 §24: the decision was annulled before its originals went out; its letters do not go, and the committee has not resolved. */
export async function annulIssued(tx: Tx, ctx: ActContext, caseId: number): Promise<void> {
  await tx.deleteFrom('appeal_letters').where('case_id', '=', caseId).where('kind', '=', 'decision').where('sent_on', 'is', null).execute()
  await tx.updateTable('appeal_drafts').set({ resolved_on: null, resolution: null, meeting_id: null }).where('id', '=', caseId).execute()
  const gone = await tx.deleteFrom('appeal_decisions').where('id', '=', caseId).returning('number').execute()
  await tx.updateTable('case_clocks').set({ met_at: ctx.now }).where('case_id', '=', caseId).where('rule', '=', 'appeal-service-15d').where('met_at', 'is', null).execute()
  if (gone.length) await record(tx, ctx, 'appeal.decision-withdrawn', { caseId, payload: { number: gone[0]!.number } })
}
