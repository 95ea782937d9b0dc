import type { ActContext, StaffContext } from '../../core/act.ts'
import { linkCases } from '../../core/cases/links.ts'
import type { Tx } from '../../core/db.ts'
import { refusal, type Refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { openFiling } from '../../core/filing/filing.ts'
import { addParty, findParties } from '../../core/procedure/parties.ts'
import { dayIn, type StepValues, textIn } from '../../core/procedure/step.ts'
import { writeStep } from '../../core/procedure/take-step.ts'
import { dayOf, rocDay, startOf } from '../../core/time.ts'
import { createDispute, giveNumber } from './create.ts'
import type { DisputeState } from './dispute.ts'
import { filing } from './filing-kind.ts'
import { findDisputeFile } from './queries.ts'
import { type Channel, consents } from './schema.ts'

/**
 * 重行調解 (調解辦法 §5 I ⑥, II): what failed is mediated once more with the other side's consent. A case of its own, with the same parties and earlier
 * complaint, as far as its application; linked both ways. The consumer gets its follow number and code by mail, where we have their address.
 */
export async function mediateAgain(tx: Tx, ctx: ActContext, state: DisputeState, values: StepValues): Promise<Refusal | null> {
  const [file, parties] = [await findDisputeFile(tx, state.id), await findParties(tx, state.id)]
  const [consumer, business] = [parties.find(({ role }) => role === 'consumer'), parties.find(({ role }) => role === 'business')]
  if (!consumer || !business) return refusal('dispute.no-parties', '這件沒有雙方當事人的資料，請先登錄當事人')
  const representative = parties.find(({ role, representsId }) => role === 'representative' && representsId === consumer.id) ?? null
  const receivedAt = values.on === ctx.today ? ctx.now : new Date(startOf(values.on).getTime() + 9 * 3_600_000)
  const { id, followNo, consumerId } = await createDispute(tx, {
    channel: textIn(values, 'channel') as Channel, title: state.title, category: file.category, facts: file.facts, asked: file.asked, disputedTwd: state.disputedTwd, firstOn: state.firstOn, firstTo: file.firstTo, consumer, representative, business, receivedAt,
  })
  for (const one of parties.filter((party) => party !== consumer && party !== business && party !== representative)) await addParty(tx, id, one)
  const consentOn = dayIn(values, 'consentOn')!
  await tx.updateTable('consumer_disputes').set({ again_of: state.id, again_consent_on: consentOn, second_on: state.secondOn, first_result: state.firstResult, applied_on: values.on }).where('id', '=', id).execute()
  await tx.updateTable('cases').set({ stage: 'applied', confidential: state.confidential }).where('id', '=', id).execute()
  await linkCases(tx, ctx, state.id, id)
  await record(tx, ctx, 'consumer-dispute.filed', { caseId: id, toStage: 'received', happenedAt: receivedAt, payload: { channel: textIn(values, 'channel'), from: state.id } })
  await giveNumber(tx, ctx as StaffContext, id, dayOf(receivedAt))
  await openFiling(tx, ctx, filing, { caseId: id, partyId: consumerId, title: state.title, followNo, email: consumer.email, why: `您的消費爭議「${state.title}」，相對人同意重行調解，另立一件辦理，` })
  await writeStep(tx, ctx, id, 'apply', { on: values.on, documentNo: values.documentNo, note: `${rocDay(consentOn)} 相對人同意重行調解（${consents[textIn(values, 'consent') as keyof typeof consents]}）`, answers: {} })
  await record(tx, ctx, 'consumer-dispute.apply', { caseId: id, fromStage: 'received', toStage: 'applied', payload: { on: values.on } })
  return null
}
