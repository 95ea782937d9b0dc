import { z } from 'zod'
import { act } from '../../../core/act.ts'
import { namedDay } from '../../../core/day-fields.ts'
import type { Tx } from '../../../core/db.ts'
import { done, refusal } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import { type Day, dayOf, rocDay } from '../../../core/time.ts'
import { lockForStaff } from '../appeal.ts'
import '../decision/tables.ts'
import { startSideClock } from '../handling/clocks.ts'
import { claimOutcomes, type ClaimOutcome } from '../schema.ts'
import type { DecidedClaim } from './rules.ts'

const Decided = z.object({
  name: z.string().max(40), decidedOn: namedDay('決定的日期'), on: namedDay('本府收到的日期'), authority: z.string().trim().min(2, '請填決定的機關').max(60), number: z.string().trim().min(2, '請填決定書文號').max(100),
  outcomes: z.record(z.string(), z.enum(Object.keys(claimOutcomes) as [ClaimOutcome, ...ClaimOutcome[]], { error: '請選擇決定' })).default({}),
  days: z.preprocess((value) => value || undefined, z.coerce.number({ error: '日數請填數字' }).int('日數請填整數').min(1, '至少 1 日').max(730, '最多 730 日').optional()), note: z.string().trim().max(5000).default(''),
})

/**
 * What the ministry decided on an appeal against the county's own disposition (訴願法 §4 ③): of each claim, or of the whole where the paper named none.
 * It counts in no figure of the county's decisions. Where the ministry set a period for a new act (§81 II, §82 I), it runs from the county's receipt.
 */
export const recordAuthorityDecision = act('appeals.record-authority-decision', Decided, async (tx, given, input) => {
  const { appeal, ctx } = await lockForStaff(tx, given, input.name, 'appeals.handle')
  if (appeal.agencyKind !== 'county' || appeal.stage !== 'closed' || appeal.decidedOn) return refusal('authority.not-own', '不服本府的處分、已送訴願管轄機關的，才登錄上級機關的決定', { law: '訴願法 §4 ③' })
  if (input.on > ctx.today || input.on < input.decidedOn) return refusal('sequel.day', '收到的日期早於決定或晚於今天', { field: 'on' })
  if (input.decidedOn < dayOf(appeal.receivedAt)) return refusal('sequel.day', `決定的日期在收件（${rocDay(dayOf(appeal.receivedAt))}）以前`, { field: 'decidedOn' })
  const asked = await tx.selectFrom('appeal_claims').select('position').where('case_id', '=', appeal.id).orderBy('position').execute()
  const claims = (asked.length ? asked : [{ position: 0 }]).map(({ position }) => ({ position, outcome: input.outcomes[position] }))
  const open = claims.find(({ outcome }) => !outcome)
  if (open) return refusal('draft.claim', '請選擇決定', { field: `outcome-${open.position}` })
  const again = claims.some(({ outcome }) => outcome === 'revoked' || outcome === 'ordered')
  if (input.days && !again) return refusal('authority.days', '撤銷或命速為處分，才有另為處分的期間', { field: 'days', law: '訴願法 §81 II、§82 I' })
  if (claims.some(({ outcome }) => outcome === 'ordered') && !input.days) return refusal('authority.days', '請填決定書指定的日數', { field: 'days', law: '訴願法 §82 I' })
  const values = { kind: 'authority-decision' as const, authority: input.authority, number: input.number, ground: null, late: false, result: null, result_on: null, note: input.note }
  const { id } = await tx.insertInto('appeal_sequels').values({ case_id: appeal.id, happened_on: input.decidedOn, ...values, claims: JSON.stringify(claims as DecidedClaim[]) as never }).returning('id').executeTakeFirstOrThrow()
  if (input.days) await startSideClock(tx, appeal.id, 'appeal-remand-period', input.on, { days: input.days })
  await record(tx, ctx, 'appeal.authority-decided', { caseId: appeal.id, payload: { sequel: id, on: input.decidedOn, received: input.on, claims: claims.map(({ outcome }) => outcome) } })
  return done()
}, { permission: 'appeals.handle' })

/** The day of the ministry's last decision; null where none is recorded. */
export async function authorityDecidedOn(tx: Tx, caseId: number): Promise<Day | null> {
  const row = await tx.selectFrom('appeal_sequels').select('happened_on').where('case_id', '=', caseId).where('kind', '=', 'authority-decision').orderBy('id', 'desc').executeTakeFirst()
  return row?.happened_on ?? null
}
