import { z } from 'zod'
import { act, type ActContext } from '../../../core/act.ts'
import { computeDeadline, type DeadlineParams, type ServiceKind } from '../../../core/clocks/index.ts'
import { officeCounty } from '../../../core/clocks/office-county.ts'
import type { Tx } from '../../../core/db.ts'
import { done, NotFound, refusal } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import { addDays, type Day, rocDay } from '../../../core/time.ts'
import { type LockedAppeal, lockForStaff } from '../appeal.ts'
import { closeWhenServed, decisionSent } from '../decision/served.ts'
import { recomputeDecision, startSideClock } from '../handling/clocks.ts'
import { namedDay } from '../../../core/day-fields.ts'
import { travelOf } from '../rules.ts'
import { letterKinds, serviceKinds } from '../schema.ts'

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

const Served = z.object({ name: z.string().max(40), letter: z.coerce.number().int(), on: namedDay('送達、寄存或公告的日期'), kind: z.enum(serviceKinds, { error: '請選擇怎麼送達' }), remark: z.string().trim().max(500).optional(), wrong: z.string().trim().max(500, '最多 500 個字').optional() })

/**
 * Proof of service of a letter on paper: the day, or that of deposit or posting; it takes effect by 訴願法 §47 III (a deposit after ten days).
 * A paper is served once: what was entered wrongly is put right with `wrong`, the reason, and both days stay in the record.
 * Service of a notice to correct starts its twenty days (§62), and the last day for the decision moves with them.
 */
export const recordService = act('appeals.record-service', Served, async (tx, given, input) => {
  const { appeal, ctx } = await lockForStaff(tx, given, input.name, 'appeals.letters')
  if (input.on > ctx.today) return refusal('letter.future', '日期在今天以後，送達了再登錄', { field: 'on' })
  const letter = await tx.selectFrom('appeal_letters').select(['id', 'sent_on', 'served_on', 'service_kind', 'kind']).where('id', '=', input.letter).where('case_id', '=', appeal.id).executeTakeFirst()
  if (!letter) throw new NotFound('找不到這封信')
  if (!letter.sent_on) return refusal('letter.not-sent', '還沒有登錄發文')
  if (input.on < letter.sent_on) return refusal('letter.before', `送達在發文（${rocDay(letter.sent_on)}）以前`, { field: 'on' })
  if (letter.served_on && !input.wrong) return refusal('letter.served', `已登錄 ${rocDay(letter.served_on)} ${letter.service_kind}；登錄有誤的，寫下更正的理由`, { field: 'wrong' })
  const effectiveOn = effectOf(input.on, input.kind)
  await tx.updateTable('appeal_letters').set({ served_on: input.on, service_kind: input.kind, effective_on: effectiveOn, ...(input.remark ? { remark: input.remark } : {}) }).where('id', '=', letter.id).execute()
  const was = letter.served_on ? { was: letter.served_on, wasKind: letter.service_kind, wrong: input.wrong } : {}
  await record(tx, ctx, letter.served_on ? 'appeal.service-corrected' : 'appeal.letter-served', { caseId: appeal.id, payload: { letter: letter.id, what: letter.kind, on: input.on, kind: input.kind, effectiveOn, ...was } })
  if (letter.served_on) await tx.insertInto('appeal_steps').values({ case_id: appeal.id, step: '更正送達的登錄', happened_on: ctx.today, document_no: null, note: `${letterKinds[letter.kind]}：${rocDay(letter.served_on)} ${letter.service_kind} 更正為 ${rocDay(input.on)} ${input.kind}。${input.wrong}`, person_id: ctx.person.id }).execute()
  if (letter.kind === 'correction' && appeal.stage === 'correction') await runCorrection(tx, ctx, appeal)
  if (letter.kind === 'decision') await closeWhenServed(tx, ctx, appeal)
  return done({ effectiveOn })
}, { permission: 'appeals.letters' })

/** The twenty days run from whoever was served last of those the notice went to. What a party was once given is not taken back. */
async function runCorrection(tx: Tx, ctx: ActContext, appeal: LockedAppeal): Promise<void> {
  const notices = await tx.selectFrom('appeal_letters').select(['written_at', 'served_on', 'service_kind']).where('case_id', '=', appeal.id).where('kind', '=', 'correction').orderBy('written_at', 'desc').execute()
  const travel = travelOf({ residence: appeal.residence, seat: officeCounty, representativeAtSeat: appeal.representativeAtSeat })
  const periods = notices.filter(({ written_at: at, served_on: served }) => at.getTime() === notices[0]!.written_at.getTime() && served !== null).flatMap(({ served_on: on, service_kind: kind }) => {
    const params: DeadlineParams = { ...(kind && kind !== '送達' ? { serviceKind: kind as ServiceKind } : {}), ...travel }
    const answer = computeDeadline('appeal-correction-20d', on!, params)
    return answer.kind === 'due' ? [{ on: on!, params, until: answer.day }] : []
  })
  const last = periods.toSorted((a, b) => (a.until < b.until ? -1 : 1)).at(-1)
  if (!last || (appeal.correctionUntil && last.until <= appeal.correctionUntil)) return
  const until = await startSideClock(tx, appeal.id, 'appeal-correction-20d', last.on, last.params)
  await tx.updateTable('appeals').set({ correction_until: until, corrected_on: null }).where('id', '=', appeal.id).execute()
  await recomputeDecision(tx, appeal.id, 'corrected', ctx.now)
}

/** The day on which the service of an appeal's paper takes effect: of deposit after ten days, of public notice after twenty (訴願法 §47 III). */
export function effectOf(on: Day, kind: string): Day {
  // any rule of the papers of the appeal authority knows these delays; only their days are wanted
  const answer = computeDeadline('appeal-litigation-2mo', on, kind === '送達' ? {} : { serviceKind: kind as ServiceKind })
  const delays = answer.kind === 'due' ? answer.calculation.rule.serviceDelays : undefined
  return addDays(on, delays?.[kind as ServiceKind]?.days ?? 0)
}
