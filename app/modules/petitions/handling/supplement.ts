import { z } from 'zod'
import { act, type ActContext } from '../../../core/act.ts'
import { computeDeadline } from '../../../core/clocks/compute.ts'
import type { Tx } from '../../../core/db.ts'
import { attachDocument, storeDocument } from '../../../core/documents/store.ts'
import { done, isRefusal, refusal } from '../../../core/errors.ts'
import { type Day, endOf } from '../../../core/time.ts'
import { AcceptedFiles } from '../../../core/documents/accepted-files.ts'
import { CaseNameInput } from '../inputs.ts'
import { supplementNotice } from '../notice-words.ts'
import { tellPetitioner, tellStaff } from '../notify.ts'
import { hold, lockById, type LockedPetition, moveTo } from '../petition.ts'
import { reindex } from '../reindex.ts'
import { letterLimits, type Stage } from '../schema.ts'
import { recomputeDue } from './clock.ts'

export const AskSupplement = z.object({
  name: CaseNameInput,
  asked: z.string().trim().min(5, '請寫清楚要補什麼').max(2000, '最多 2,000 個字'),
  days: z.coerce.number({ error: '請填幾天內補' }).int('請填整數').min(3, '至少給 3 天').max(60, '最多 60 天'),
})

/** 通知補陳 (行政程序法 §171 II): until the day we set; the clock stands still while we wait. */
export const askSupplement = act('petitions.ask-supplement', AskSupplement, async (tx, given, input) => {
  const held = await hold(tx, given, input.name, 'ask-supplement')
  if (isRefusal(held)) return held
  const { petition, ctx } = held
  const until = computeDeadline('petition-supplement', ctx.today, { days: input.days })
  if (until.kind !== 'due') return refusal('petition.beyond-calendar', '補陳期限超出辦公日曆，請改填較短的天數', { field: 'days' })
  await tx.insertInto('petition_supplement_requests').values({ case_id: petition.id, asked: input.asked, asked_at: ctx.now, until_on: until.day, answered_at: null, ended_at: null }).execute()
  await recomputeDue(tx, { id: petition.id, receivedAt: petition.receivedAt! }, { cause: 'pause', at: ctx.now })
  await moveTo(tx, ctx, petition, 'awaiting-supplement', 'petition.supplement-asked', { untilOn: until.day })
  const way = await tellPetitioner(tx, ctx, petition.id, supplementNotice(petition, input.asked, until.day, until.explanation))
  if (way === 'none') return refusal('petition.unreachable', '陳情人沒有留聯絡方式，無法通知補陳；請依現有資料處理')
  return done({ untilOn: until.day })
})

export const Supplement = z.object({
  name: CaseNameInput,
  text: z.string().trim().min(2, '請填補充內容').max(letterLimits.bodyMax, `最多 ${letterLimits.bodyMax.toLocaleString('en')} 個字`),
  files: AcceptedFiles,
})

/** What the petitioner brought, said or sent, entered by staff. */
export const enterSupplement = act('petitions.supplement', Supplement, async (tx, given, input) => {
  const held = await hold(tx, given, input.name, 'supplement')
  if (isRefusal(held)) return held
  await receiveSupplement(tx, held.ctx, held.petition, input.text)
  for (const file of input.files) {
    const { id } = await storeDocument(tx, file.bytes, file.mediaType)
    await attachDocument(tx, { caseId: held.petition.id, documentId: id, name: file.name, kind: 'supplement', personId: given.person.id })
  }
  return done()
})

/**
 * A supplement came, by whichever way: it joins the letters, and where we had asked for it the clock runs on from
 * today and the officer is told.
 */
export async function receiveSupplement(tx: Tx, ctx: ActContext, petition: LockedPetition, text: string): Promise<void> {
  await tx.insertInto('petition_letters').values({ case_id: petition.id, kind: 'supplement', text, at: ctx.now }).execute()
  await reindex(tx, petition.id)
  const ended = await tx
    .updateTable('petition_supplement_requests')
    .set({ answered_at: ctx.now, ended_at: ctx.now })
    .where('case_id', '=', petition.id)
    .where('ended_at', 'is', null)
    .returning('id')
    .execute()
  const waiting = petition.stage === 'awaiting-supplement'
  if (ended.length && petition.receivedAt) await recomputeDue(tx, { id: petition.id, receivedAt: petition.receivedAt }, { cause: 'resume', at: ctx.now })
  await moveTo(tx, ctx, petition, waiting ? 'handling' : petition.stage, 'petition.supplemented')
  if (petition.officerId) {
    await tellStaff(tx, [petition.officerId], { subject: `補充資料到了：${petition.number ?? petition.followNo}`, text: `「${petition.title}」的陳情人補充了資料${waiting ? '，期限從今天起繼續計算' : ''}，請到案件頁查看。`, purpose: 'petition.supplemented', caseId: petition.id })
  }
}

/** Nothing came until the day set: the clock runs on from then, and the case is handled on what is there. */
export const endSupplementWait = act(
  'petitions.end-supplement-wait',
  z.object({ requestId: z.number() }),
  async (tx, ctx, input) => {
    const request = await tx.selectFrom('petition_supplement_requests').selectAll().where('id', '=', input.requestId).executeTakeFirstOrThrow()
    const petition = await lockById(tx, request.case_id)
    const still = await tx.selectFrom('petition_supplement_requests').select('id').where('id', '=', request.id).where('ended_at', 'is', null).executeTakeFirst()
    if (!still || request.until_on >= ctx.today) return done({ ended: false })
    await tx.updateTable('petition_supplement_requests').set({ ended_at: lastInstantOf(request.until_on) }).where('id', '=', request.id).execute()
    await recomputeDue(tx, { id: petition.id, receivedAt: petition.receivedAt! }, { cause: 'resume', at: ctx.now })
    const stage: Stage = petition.stage === 'awaiting-supplement' ? 'handling' : petition.stage
    await moveTo(tx, ctx, petition, stage, 'petition.supplement-lapsed', { untilOn: request.until_on })
    if (petition.officerId) {
      await tellStaff(tx, [petition.officerId], { subject: `補陳期限已過：${petition.number ?? petition.followNo}`, text: `「${petition.title}」的陳情人沒有在期限內補充，請依現有資料處理，期限已繼續計算。`, purpose: 'petition.supplement-lapsed', caseId: petition.id })
    }
    return done({ ended: true })
  },
  { by: 'system' },
)

const lastInstantOf = (day: Day): Date => new Date(endOf(day).getTime() - 1)
