import { z } from 'zod'
import { act } from '../../../core/act.ts'
import { computeDeadline, type ServiceKind } from '../../../core/clocks/index.ts'
import { officeCounty } from '../../../core/clocks/office-county.ts'
import { done, NotFound, refusal } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import { addDays, type Day, rocDay } from '../../../core/time.ts'
import { lockForStaff } from '../appeal.ts'
import { closeWhenServed, decisionSent } from '../decision/served.ts'
import { recomputeDecision, startSideClock } from '../handling/clocks.ts'
import { namedDay } from '../../../core/day-fields.ts'
import { travelOf } from '../rules.ts'
import { serviceKinds } from '../schema.ts'

const Sent = z.object({ name: z.string().max(40), letter: z.coerce.number().int(), on: namedDay('發文的日期'), documentNo: z.string().trim().max(100, '文號最多 100 個字').optional(), remark: z.string().trim().max(500).optional() })

/** A letter left the house: by post, by hand, by document exchange. */
export const sendLetter = act('appeals.send-letter', Sent, async (tx, given, input) => {
  const { appeal, ctx } = await lockForStaff(tx, given, input.name, 'appeals.letters')
  if (input.on > ctx.today) return refusal('letter.future', '日期在今天以後，寄了再登錄', { field: 'on' })
  const letter = await tx.selectFrom('appeal_letters').select(['id', 'sent_on', 'kind']).where('id', '=', input.letter).where('case_id', '=', appeal.id).executeTakeFirst()
  if (!letter) throw new NotFound('找不到這封信')
  if (letter.sent_on) return refusal('letter.sent', `已在 ${rocDay(letter.sent_on)} 發文`)
  await tx.updateTable('appeal_letters').set({ sent_on: input.on, sent_by: ctx.person.id, document_no: input.documentNo || null, remark: input.remark || null }).where('id', '=', letter.id).execute()
  await record(tx, ctx, 'appeal.letter-sent', { caseId: appeal.id, payload: { letter: letter.id, what: letter.kind, on: input.on } })
  if (letter.kind === 'decision') await decisionSent(tx, ctx, appeal, input.on)
  return done()
}, { permission: 'appeals.letters' })

const Served = z.object({ name: z.string().max(40), letter: z.coerce.number().int(), on: namedDay('送達、寄存或公告的日期'), kind: z.enum(serviceKinds, { error: '請選擇怎麼送達' }), remark: z.string().trim().max(500).optional() })

/**
 * Proof of service of a letter on paper: the day, or that of deposit or posting; it takes effect by 訴願法 §47 III (a deposit after ten days).
 * Service of a notice to correct starts its twenty days (§62), and the last day for the decision moves with them.
 */
export const recordService = act('appeals.record-service', Served, async (tx, given, input) => {
  const { appeal, ctx } = await lockForStaff(tx, given, input.name, 'appeals.letters')
  if (input.on > ctx.today) return refusal('letter.future', '日期在今天以後，送達了再登錄', { field: 'on' })
  const letter = await tx.selectFrom('appeal_letters').select(['id', 'sent_on', 'served_on', 'kind']).where('id', '=', input.letter).where('case_id', '=', appeal.id).executeTakeFirst()
  if (!letter) throw new NotFound('找不到這封信')
  if (!letter.sent_on) return refusal('letter.not-sent', '還沒有登錄發文')
  if (input.on < letter.sent_on) return refusal('letter.before', `送達在發文（${rocDay(letter.sent_on)}）以前`, { field: 'on' })
  const effectiveOn = effectOf(input.on, input.kind)
  await tx.updateTable('appeal_letters').set({ served_on: input.on, service_kind: input.kind, effective_on: effectiveOn, ...(input.remark ? { remark: input.remark } : {}) }).where('id', '=', letter.id).execute()
  await record(tx, ctx, 'appeal.letter-served', { caseId: appeal.id, payload: { letter: letter.id, what: letter.kind, on: input.on, kind: input.kind, effectiveOn } })
  if (letter.kind === 'correction' && appeal.stage === 'correction') {
    const seat = appeal.ours ? officeCounty : null
    const until = await startSideClock(tx, appeal.id, 'appeal-correction-20d', input.on, { ...(input.kind === '送達' ? {} : { serviceKind: input.kind as ServiceKind }), ...travelOf({ residence: appeal.residence, seat, representativeAtSeat: appeal.representativeAtSeat }) })
    const latest = [until, appeal.correctionUntil].filter((one): one is Day => one !== null).toSorted().at(-1) ?? null
    await tx.updateTable('appeals').set({ correction_until: latest }).where('id', '=', appeal.id).execute()
    await recomputeDecision(tx, appeal.id, 'corrected', ctx.now)
  }
  if (letter.kind === 'decision') await closeWhenServed(tx, ctx, appeal)
  return done({ effectiveOn })
}, { permission: 'appeals.letters' })

/** The day on which the service of an appeal's paper takes effect: of deposit after ten days, of public notice after twenty (訴願法 §47 III). */
export function effectOf(on: Day, kind: string): Day {
  // any rule of the papers of the appeal authority knows these delays; only their days are wanted
  const answer = computeDeadline('appeal-litigation-2mo', on, kind === '送達' ? {} : { serviceKind: kind as ServiceKind })
  const delays = answer.kind === 'due' ? answer.calculation.rule.serviceDelays : undefined
  return addDays(on, delays?.[kind as ServiceKind]?.days ?? 0)
}
