import { z } from 'zod'
import { act, type StaffContext } from '../../../core/act.ts'
import { assignLead } from '../../../core/cases/assign.ts'
import { nameReader, unnameReader } from '../../../core/cases/readers.ts'
import type { Tx } from '../../../core/db.ts'
import { done, refusal } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import { type LockedAppeal, lockForStaff } from '../appeal.ts'
import { refreshFiling } from '../create.ts'
import { findAgency } from '../filing/agencies.ts'
import { FilingFields } from '../filing/input.ts'
import type { Stage } from '../schema.ts'
import { writeLetters } from '../letters/write.ts'
import { meetSideClock, startClocks } from './clocks.ts'
import { reindex } from '../take-step.ts'

/** Who of the law section has the case: takes it, or gives it to a colleague. */
export const assignOfficer = act('appeals.assign', z.object({ name: z.string().max(40), officerId: z.coerce.number({ error: '請選擇承辦人' }).int().positive('請選擇承辦人') }), async (tx, given, input) => {
  const { appeal, ctx } = await lockForStaff(tx, given, input.name, 'appeals.handle')
  if (appeal.stage === 'closed') return refusal('appeal.closed', '這件已經結案')
  const post = await tx.selectFrom('posts').select('unit_id').where('person_id', '=', input.officerId).where('role', '=', 'law').where('valid_until', 'is', null).executeTakeFirst()
  if (!post) return refusal('appeal.no-officer', '請選擇法制人員', { field: 'officerId' })
  await assignLead(tx, { caseId: appeal.id, unitId: post.unit_id, officerId: input.officerId, at: ctx.now, endedAs: 'reassigned' })
  await record(tx, ctx, 'appeal.assigned', { caseId: appeal.id, payload: { officer: input.officerId } })
  return done()
}, { permission: 'appeals.handle' })

/** 列為保密 or 解除: only its officer and those named on it see it. Who marks it and has nobody in charge takes it. */
export const confide = act('appeals.confide', z.object({ name: z.string().max(40), confidential: z.enum(['1', '0']), reason: z.string().trim().min(2, '請寫下理由').max(1000) }), async (tx, given, input) => {
  const { appeal, ctx } = await lockForStaff(tx, given, input.name, 'appeals.confide')
  const confidential = input.confidential === '1'
  if (appeal.confidential === confidential) return refusal('appeal.already-so', confidential ? '已列為保密' : '沒有列為保密')
  await tx.updateTable('cases').set({ confidential }).where('id', '=', appeal.id).execute()
  await tx.insertInto('appeal_steps').values({ case_id: appeal.id, step: confidential ? '列為保密' : '解除保密', happened_on: ctx.today, document_no: null, note: input.reason, person_id: ctx.person.id }).execute()
  await record(tx, ctx, confidential ? 'appeal.confided' : 'appeal.disclosed', { caseId: appeal.id })
  if (confidential) await nameReader(tx, { caseId: appeal.id, personId: ctx.person.id, by: ctx.person.id })
  return done()
}, { stepUp: true })

/** 指名閱覽: one more person may see a confidential appeal. */
export const nameReaderOf = act('appeals.name-reader', z.object({ name: z.string().max(40), login: z.string().trim().toLowerCase().min(1, '請填同仁的帳號').max(100) }), async (tx, given, input) => {
  const { appeal, ctx } = await lockForStaff(tx, given, input.name, 'appeals.confide')
  const person = await tx.selectFrom('people').select('id').where('login', '=', input.login).where('locked_at', 'is', null).executeTakeFirst()
  if (!person) return refusal('appeal.no-such-person', `沒有帳號 ${input.login}，或已停用`, { field: 'login' })
  if (!(await nameReader(tx, { caseId: appeal.id, personId: person.id, by: ctx.person.id }))) return refusal('appeal.named-already', '已經指名這位同仁', { field: 'login' })
  await record(tx, ctx, 'appeal.reader-named', { caseId: appeal.id, payload: { reader: person.id } })
  return done()
}, { permission: 'appeals.confide', stepUp: true })

/** Ends it: the reader no longer sees the case, unless it is in their hands. */
export const unnameReaderOf = act('appeals.unname-reader', z.object({ name: z.string().max(40), reader: z.coerce.number({ error: '請選擇同仁' }).int() }), async (tx, given, input) => {
  const { appeal, ctx } = await lockForStaff(tx, given, input.name, 'appeals.confide')
  const self = await tx.selectFrom('case_readers').select('id').where('id', '=', input.reader).where('person_id', '=', ctx.person.id).executeTakeFirst()
  if (self && appeal.officerId !== ctx.person.id) return refusal('appeal.own-reading', '取消自己之後就看不到這件了，請由承辦人取消', { field: 'reader' })
  const personId = await unnameReader(tx, { caseId: appeal.id, readerId: input.reader, at: ctx.now })
  if (personId === null) return refusal('appeal.not-named', '這位同仁不在指名的名單上')
  await record(tx, ctx, 'appeal.reader-removed', { caseId: appeal.id, payload: { reader: personId } })
  return done()
}, { permission: 'appeals.confide', stepUp: true })

const Correct = FilingFields.pick({ form: true, ground: true, title: true, category: true, agencyKind: true, agencyUnitId: true, agency: true, authority: true, thirdParty: true, dispositionNo: true, dispositionOn: true, servedOn: true, serviceKind: true, knownOn: true, appliedOn: true, remedyTold: true, residence: true, representativeAtSeat: true, claims: true }).extend({ name: z.string().max(40).min(1) })

/** What was entered of the filing put right: who decides, whether it came in time, and the clocks follow. Claims can change until a decision. */
export const correctFiling = act('appeals.correct-filing', Correct, async (tx, given, input) => {
  const { appeal, ctx } = await lockForStaff(tx, given, input.name, 'appeals.handle')
  if (appeal.stage === 'closed' || appeal.stage === 'decided') return refusal('appeal.decided', '已經決定，不能再改收件的資料')
  if (input.ground === 'inaction' && !input.appliedOn) return refusal('appeal.applied', '請填向機關申請的日期', { field: 'appliedOn' })
  const agency = await findAgency(tx, input)
  if ('refused' in agency) return agency
  const was = await tx.selectFrom('appeals').select(['channel', 'filed_on', 'first_received_by', 'form']).where('id', '=', appeal.id).executeTakeFirstOrThrow()
  const anew = isForwarded(appeal) && agency.agency !== appeal.agency
  if (anew && (await tx.selectFrom('appeal_drafts').select('id').where('id', '=', appeal.id).where('resolved_on', 'is not', null).executeTakeFirst())) return refusal('appeal.resolved', '訴願會已經決議，先退回承辦審查，再更正原處分機關', { field: 'agencyKind' })
  await refreshFiling(tx, appeal.id, { ...input, ...agency, form: was.form, channel: was.channel, receivedAt: appeal.receivedAt, firstReceivedBy: was.first_received_by, firstReceivedOn: was.filed_on, claims: [], facts: '', parties: [] })
  await tx.updateTable('cases').set({ title: input.title }).where('id', '=', appeal.id).execute()
  await tx.deleteFrom('appeal_claims').where('case_id', '=', appeal.id).execute()
  if (input.claims.length) await tx.insertInto('appeal_claims').values(input.claims.map((text, i) => ({ case_id: appeal.id, position: i + 1, text, outcome: null, basis: null, then_what: null, remand_days: null }))).execute()
  const { ours } = await tx.selectFrom('appeals').select('ours').where('id', '=', appeal.id).executeTakeFirstOrThrow()
  const stage = appeal.ours && !ours ? await backToReceived(tx, appeal) : anew ? await forwardAnew(tx, ctx, appeal, agency.agency) : appeal.stage
  await startClocks(tx, appeal.id, 'corrected', ctx.now)
  await reindex(tx, appeal.id)
  await record(tx, ctx, 'appeal.filing-corrected', { caseId: appeal.id, ...(stage === appeal.stage ? {} : { fromStage: appeal.stage, toStage: stage }), payload: { ours } })
  return done()
}, { permission: 'appeals.handle' })

const isForwarded = ({ ours, stage, suspendedFrom, forwardedOn }: LockedAppeal): boolean => ours && forwardedOn !== null && ['agency', 'review', 'committee'].includes(stage === 'suspended' ? suspendedFrom! : stage)

/**
 * Another agency made the disposition (§13, §58): what the first was asked for ends with its clock, it is told so, and the case waits to be forwarded to the
 * right one, whose twenty days run from its own receipt. What the first wrote stays among the papers.
 */
async function forwardAnew(tx: Tx, ctx: StaffContext, appeal: LockedAppeal, right: string): Promise<Stage> {
  const waits = appeal.stage === 'suspended'
  await tx.updateTable('appeals').set({ forwarded_on: null, agency_reply: null, agency_replied_on: null, ...(waits ? { suspended_from: 'received' } : {}) }).where('id', '=', appeal.id).execute()
  await meetSideClock(tx, appeal.id, 'appeal-agency-reply-20d', ctx.now)
  await tx.insertInto('appeal_steps').values({ case_id: appeal.id, step: '更正原處分機關', happened_on: ctx.today, document_no: null, note: `${appeal.agency}更正為${right}；先前的函請答辯到此為止，另函${right}答辯。`, person_id: ctx.person.id }).execute()
  await writeLetters(tx, ctx, appeal, 'forwarding', 'agency', { recalled: right })
  if (waits) return appeal.stage
  await tx.updateTable('cases').set({ stage: 'received' }).where('id', '=', appeal.id).execute()
  return 'received'
}

/** Found to be for another authority to decide: what the county began as authority ends, and the case waits to be sent on (§58 III, §61 II). */
async function backToReceived(tx: Tx, { id, stage }: LockedAppeal): Promise<Stage> {
  await tx.updateTable('appeals').set({ suspended_on: null, suspended_from: null, forwarded_on: null, agency_reply: null, agency_replied_on: null, joined_to: null }).where('id', '=', id).execute()
  if (stage === 'filed' || stage === 'statement') return stage
  await tx.updateTable('cases').set({ stage: 'received' }).where('id', '=', id).execute()
  return 'received'
}
