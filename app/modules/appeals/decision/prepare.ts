import { z } from 'zod'
import { act } from '../../../core/act.ts'
import { findCommittee, seatedOn } from '../../../core/committees/committee.ts'
import { done, NotFound, refusal } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import { lockForStaff } from '../appeal.ts'
import { hearing } from '../committee/hearing.ts'
import { namedDay } from '../../../core/day-fields.ts'
import { ticked } from '../../../core/form-fields.ts'
import { claimOutcomes, type ClaimOutcome } from '../schema.ts'
import { type DraftClaim, nonAcceptanceGrounds, refuseDraft, reviewersLeast, thenWhats, type ThenWhat } from './rules.ts'
import './tables.ts'

const several = z.preprocess((value) => (value === undefined || value === '' ? [] : [value].flat()), z.array(z.coerce.number().int()))
const Assigned = z.object({ name: z.string().max(40), members: several, on: namedDay('分送的日期') })

/** The file goes to the whole committee or to three or more of its members, who read it before the meeting (審議規則 §11 I). */
export const assignReviewers = act('appeals.assign-reviewers', Assigned, async (tx, given, input) => {
  const { appeal, ctx } = await lockForStaff(tx, given, input.name, 'appeals.handle')
  if (appeal.stage !== 'committee') return refusal('appeal.not-at-committee', '送訴願會之後才分給審查委員')
  if (input.on > ctx.today) return refusal('appeal.future', '日期在今天以後', { field: 'on' })
  const seated = seatedOn((await findCommittee(tx, hearing))!.members, ctx.today).filter(({ seat }) => seat !== 'alternate')
  const members = seated.filter(({ id }) => input.members.includes(id))
  if (members.length < Math.min(reviewersLeast, seated.length) || !members.length) return refusal('appeal.reviewers', `至少要分給 ${Math.min(reviewersLeast, Math.max(seated.length, 1))} 位委員`, { field: 'members', law: '審議規則 §11 I' })
  await tx.deleteFrom('appeal_reviews').where('case_id', '=', appeal.id).where('opinion', 'is', null).where('member_id', 'not in', members.map(({ id }) => id)).execute()
  await tx.insertInto('appeal_reviews').values(members.map(({ id }) => ({ case_id: appeal.id, member_id: id, asked_on: input.on, opinion: null, given_on: null }))).onConflict((conflict) => conflict.columns(['case_id', 'member_id']).doNothing()).execute()
  await record(tx, ctx, 'appeal.reviewers-assigned', { caseId: appeal.id, payload: { members: members.map(({ id }) => id), on: input.on } })
  return done()
}, { permission: 'appeals.committee' })

const Opinion = z.object({ name: z.string().max(40), review: z.coerce.number({ error: '請選擇委員' }).int(), on: namedDay('提出的日期'), opinion: z.string().trim().min(2, '請寫審查意見').max(20_000, '最多 20,000 個字') })

/** 審查意見 of one member; given again, the new one takes its place and the old stays in history. */
export const recordOpinion = act('appeals.record-opinion', Opinion, async (tx, given, input) => {
  const { appeal, ctx } = await lockForStaff(tx, given, input.name, 'appeals.handle')
  if (appeal.stage !== 'committee') return refusal('appeal.not-at-committee', '案件不在訴願會')
  const review = await tx.selectFrom('appeal_reviews').select(['id', 'asked_on']).where('id', '=', input.review).where('case_id', '=', appeal.id).executeTakeFirst()
  if (!review) throw new NotFound('找不到這位審查委員')
  if (input.on > ctx.today || input.on < review.asked_on) return refusal('appeal.opinion-day', '日期早於分送日或晚於今天', { field: 'on' })
  await tx.updateTable('appeal_reviews').set({ opinion: input.opinion, given_on: input.on }).where('id', '=', review.id).execute()
  await record(tx, ctx, 'appeal.opinion-given', { caseId: appeal.id, payload: { review: review.id, on: input.on } })
  return done()
}, { permission: 'appeals.committee' })

const codes = <T extends object>(of: T) => Object.keys(of) as [keyof T & string, ...(keyof T & string)[]]
const byClaim = <T extends z.ZodType>(value: T) => z.record(z.string(), value).default({})
const Draft = z.object({
  name: z.string().max(40),
  outcomes: byClaim(z.enum(codes(claimOutcomes), { error: '請選擇決定' })),
  grounds: byClaim(z.enum(codes(nonAcceptanceGrounds))),
  thens: byClaim(z.enum(codes(thenWhats))),
  days: byClaim(z.coerce.number({ error: '日數請填數字' }).int('日數請填整數').min(1, '至少 1 日').max(730, '最多 730 日')),
  notes: byClaim(z.string().trim().max(5000)),
  facts: z.string().trim().max(100_000, '最多 100,000 個字').default(''),
  reasons: z.string().trim().max(100_000, '最多 100,000 個字').default(''),
  legalityOnly: ticked, negotiate: ticked,
  court: z.enum(['high', 'local'], { error: '請選擇受理行政訴訟的法院' }),
})

/** 擬處意見: an outcome for each claim, facts, reasons and the court of the remedy notice. After the committee amended it, it is written again as resolved. */
export const saveDraft = act('appeals.save-draft', Draft, async (tx, given, input) => {
  const { appeal, ctx } = await lockForStaff(tx, given, input.name, 'appeals.handle')
  if (appeal.stage !== 'committee' && appeal.stage !== 'review') return refusal('draft.wrong-stage', '承辦審查或訴願會審議時才能寫擬處意見')
  const before = await tx.selectFrom('appeal_drafts').select(['resolution', 'resolved_on']).where('id', '=', appeal.id).executeTakeFirst()
  if (before?.resolution === 'as-drafted') return refusal('draft.resolved', '訴願會已經照擬處意見決議，不能再改', { law: '訴願法 §53' })
  const claims = await tx.selectFrom('appeal_claims').select(['id', 'position', 'text']).where('case_id', '=', appeal.id).orderBy('position').execute()
  const drafted: DraftClaim[] = claims.flatMap(({ id }) => {
    const outcome = input.outcomes[id] as ClaimOutcome | undefined
    if (!outcome) return []
    const thenWhat = outcome === 'revoked' ? ((input.thens[id] as ThenWhat | undefined) ?? null) : null
    return [{ claim: id, outcome, ground: outcome === 'non-acceptance' ? (input.grounds[id] ?? null) : null, thenWhat, remandDays: outcome === 'ordered' || thenWhat === 'remanded' ? (input.days[id] ?? null) : null, note: input.notes[id] ?? '' }]
  })
  if (input.legalityOnly && appeal.agencyKind !== 'township') return refusal('draft.legality', '只有鄉（鎮、市）的自治事務才只審查合法性', { field: 'legalityOnly', law: '訴願法 §79 III' })
  if (input.negotiate && !drafted.some(({ outcome }) => outcome === 'dismissed-unlawful')) return refusal('draft.negotiate', '情況決定才載明由原處分機關協議', { field: 'negotiate', law: '訴願法 §84 I' })
  const no = refuseDraft(claims, drafted, { ground: appeal.ground, facts: input.facts, reasons: input.reasons })
  if (no) return no
  const values = { claims: JSON.stringify(drafted) as never, facts: input.facts, reasons: input.reasons, legality_only: input.legalityOnly, negotiate: input.negotiate, court: input.court }
  if (before) await tx.updateTable('appeal_drafts').set({ ...values, ...(before.resolution === 'amended' ? { resolution: 'as-drafted' } : {}) }).where('id', '=', appeal.id).execute()
  else await tx.insertInto('appeal_drafts').values({ id: appeal.id, resolved_on: null, resolution: null, meeting_id: null, ...values }).execute()
  await record(tx, ctx, 'appeal.drafted', { caseId: appeal.id, payload: { what: 'draft', outcomes: drafted.map(({ outcome }) => outcome) } })
  return done()
}, { permission: 'appeals.handle' })

