import { z } from 'zod'
import { act, type ActContext } from '../../../core/act.ts'
import { assignLead } from '../../../core/cases/assign.ts'
import { drawCaseNumber } from '../../../core/cases/numbers.ts'
import type { Tx } from '../../../core/db.ts'
import { attachDocument, storeDocument } from '../../../core/documents/store.ts'
import { done, refusal, type Refusal } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import { startOf } from '../../../core/time.ts'
import { nameOf, lockForStaff, lockById, type LockedAppeal } from '../appeal.ts'
import { createAppeal, type NewAppeal } from '../create.ts'
import { writeLetters } from '../letters/write.ts'
import { caseKind, type Form, numberPrefix, type Stage } from '../schema.ts'
import { findAgency } from './agencies.ts'
import { FilingInput, type FilingValues, refuseFiling } from './input.ts'

/** Where a registered appeal begins: a mere statement waits for its 訴願書 (§57). */
const firstStage = (form: Form): Stage => (form === 'statement' ? 'statement' : 'received')

/** An appeal that came on paper, over the counter or from another agency: a case with its 案號, in the hands of the law section. */
export const registerAppeal = act('appeals.register', FilingInput, async (tx, ctx, input) => {
  const receivedAt = input.receivedOn === ctx.today ? ctx.now : startOf(input.receivedOn)
  const no = refuseFiling(input, ctx.today)
  if (no) return no
  const agency = await findAgency(tx, input)
  if ('refused' in agency) return agency
  const { id } = await createAppeal(tx, ctx, { ...appealOf(input), ...agency, channel: input.channel, receivedAt, unitId: input.unitId, officerId: null }, firstStage(input.form))
  for (const file of input.files) {
    const stored = await storeDocument(tx, file.bytes, file.mediaType)
    await attachDocument(tx, { caseId: id, documentId: stored.id, name: file.name, kind: 'attachment', personId: ctx.person.id })
  }
  const number = await giveNumber(tx, ctx, await lockById(tx, id))
  return done({ number })
})

/** What of the form becomes the appeal itself. */
export function appealOf(input: Omit<FilingValues, 'channel' | 'receivedOn' | 'unitId' | 'firstReceivedBy' | 'firstReceivedOn' | 'signed'> & Partial<Pick<FilingValues, 'firstReceivedBy' | 'firstReceivedOn' | 'signed'>>): Omit<NewAppeal, 'agency' | 'agencyKind' | 'agencyUnitId' | 'channel' | 'receivedAt'> {
  const { appellant, agent } = input
  return {
    form: input.form, ground: input.ground, title: input.title, category: input.category, authority: input.authority, thirdParty: input.thirdParty, dispositionNo: input.dispositionNo, dispositionOn: input.dispositionOn,
    servedOn: input.servedOn, serviceKind: input.serviceKind, knownOn: input.knownOn, appliedOn: input.appliedOn, remedyTold: input.remedyTold, residence: input.residence, representativeAtSeat: input.representativeAtSeat,
    firstReceivedBy: input.firstReceivedBy ?? null, firstReceivedOn: input.firstReceivedOn ?? null, signed: input.signed ?? false, confidential: input.confidential, claims: input.claims, facts: input.facts,
    parties: [{ role: 'appellant', ...appellant }, ...(agent ? [{ role: 'agent' as const, ...agent }] : [])],
  }
}

/** 登錄: draws the 案號, and tells the parties that their appeal has come. */
async function giveNumber(tx: Tx, ctx: ActContext, appeal: LockedAppeal): Promise<string> {
  const number = await drawCaseNumber(tx, caseKind, numberPrefix, ctx.today)
  await tx.updateTable('cases').set({ number, registered_at: ctx.now }).where('id', '=', appeal.id).execute()
  await record(tx, ctx, 'appeal.registered', { caseId: appeal.id, payload: { number } })
  const clock = await tx.selectFrom('case_clocks').select(['due_on', 'explanation']).where('case_id', '=', appeal.id).where('main', '=', true).executeTakeFirst()
  await writeLetters(tx, ctx, { ...appeal, number }, 'acknowledgement', 'parties', { dueOn: clock?.due_on ?? null, reasons: clock?.explanation ?? [], note: appeal.form === 'statement' ? '您表示了不服，請在三十日內補送訴願書（訴願法第 57 條），逾期會為不受理之決定。' : null })
  return number
}

const Register = z.object({ name: z.string().min(1).max(40), unitId: z.coerce.number({ error: '請選擇主辦單位' }).int().positive('請選擇主辦單位') })

/** An appeal that came by the portal is taken in: 案號, unit in charge, procedural check. */
export const registerOnline = act('appeals.register-online', Register, async (tx, given, input) => {
  const { appeal, ctx } = await lockForStaff(tx, given, input.name, 'appeals.register')
  if (appeal.stage !== 'filed') return refusal('appeal.registered', `這件已經登錄，案號 ${nameOf(appeal)}`) satisfies Refusal
  await assignLead(tx, { caseId: appeal.id, unitId: input.unitId, officerId: null, at: ctx.now, endedAs: 'reassigned' })
  const stage = firstStage(appeal.form)
  await tx.updateTable('cases').set({ stage }).where('id', '=', appeal.id).execute()
  await record(tx, ctx, 'appeal.taken-in', { caseId: appeal.id, fromStage: 'filed', toStage: stage })
  return done({ number: await giveNumber(tx, ctx, appeal) })
}, { permission: 'appeals.register' })
