import { z } from 'zod'
import { act, type StaffContext } from '../../core/act.ts'
import type { Tx } from '../../core/db.ts'
import { done, NotAllowed, refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { parseTwd } from '../../core/money.ts'
import { type LockedProposal, lockForStaff } from './proposal.ts'
import type { Criterion, ReviewRole } from './schema.ts'
import './tables.ts'

/** Points of 0 to 100 by criterion, weighted to one score of 100 with three decimals; or which criterion is wrong. */
export function scoreOf(criteria: readonly Criterion[], points: Readonly<Record<string, string>>): { points: Record<string, number>; score: number } | { problem: string; field: string } {
  const read: Record<string, number> = {}
  let sum = 0
  for (const { key, label, weight } of criteria) {
    const text = (points[key] ?? '').normalize('NFKC').trim()
    if (!/^\d{1,3}(\.\d)?$/.test(text) || Number(text) > 100) return { problem: `「${label}」請填 0 到 100 分，最多一位小數`, field: pointName(key) }
    read[key] = Number(text)
    sum += Math.round(Number(text) * 10) * weight
  }
  const whole = criteria.reduce((total, { weight }) => total + weight, 0)
  return { points: read, score: Math.round((sum * 100) / whole) / 1000 }
}
export const pointName = (key: string) => `points-${key}`

const Review = z.object({ name: z.string().min(1).max(40), points: z.record(z.string(), z.string()), advised: z.string().trim().max(40).default(''), comment: z.string().trim().min(4, '請寫審查意見').max(2000, '最多 2,000 個字') })

/** A named reviewer scores and comments in their part; again, as long as it is not decided. Nobody reviews a proposal of a unit of their own. */
export const reviewProposal = act('annual-plans.review', Review, async (tx, given, input) => {
  const { proposal, ctx } = await lockForStaff(tx, given, input.name, 'annual-plans.review')
  const role = await roleIn(tx, ctx, proposal)
  if (proposal.stage !== 'complete') return refusal('plan.stage', proposal.stage === 'closed' ? '這件已經審定' : '這件還沒有檢查完成')
  // 行政程序法 §32: who has a part in the matter sits out; read strictly here, 待法制單位確認
  if (ctx.person.posts.some(({ unitIds }) => proposal.unitId !== null && unitIds.includes(proposal.unitId))) return refusal('plan.own-unit', '這是您所屬單位的提報，不能由您審查', { law: '行政程序法 §32' })
  const { criteria } = await tx.selectFrom('plan_rounds').select('criteria').where('id', '=', proposal.roundId).executeTakeFirstOrThrow()
  const scored = scoreOf(criteria, input.points)
  if ('problem' in scored) return refusal('plan.points', scored.problem, { field: scored.field })
  const advisedTwd = input.advised ? parseTwd(input.advised) : null
  if (input.advised && advisedTwd === null) return refusal('plan.advised', '讀不出金額，例如 12,000,000 或 1,200萬', { field: 'advised' })
  if (advisedTwd !== null && advisedTwd > proposal.askedTwd) return refusal('plan.advised', '建議數不能多於需求', { field: 'advised' })
  const row = { person_id: ctx.person.id, points: JSON.stringify(scored.points) as never, score: scored.score, advised_twd: advisedTwd, comment: input.comment, reviewed_at: ctx.now }
  await tx.insertInto('plan_reviews').values({ case_id: proposal.id, role, ...row }).onConflict((conflict) => conflict.columns(['case_id', 'role']).doUpdateSet(row)).execute()
  await record(tx, ctx, 'plan-proposal.reviewed', { caseId: proposal.id, payload: { role, score: scored.score } })
  return done({ score: scored.score })
}, { permission: 'annual-plans.review' })

/** In which part this person reviews the round; NotAllowed for who was not named. */
async function roleIn(tx: Tx, ctx: StaffContext, proposal: LockedProposal): Promise<ReviewRole> {
  const named = await tx.selectFrom('plan_reviewers').select('role').where('round_id', '=', proposal.roundId).where('person_id', '=', ctx.person.id).where('ended_at', 'is', null).executeTakeFirst()
  if (!named) throw new NotAllowed('annual-plans.review')
  return named.role
}

/** 建議數: what the control section lays before the meeting; empty: as asked. */
export const adviseProposal = act('annual-plans.advise', z.object({ name: z.string().min(1).max(40), advised: z.string().trim().max(40).default('') }), async (tx, given, input) => {
  const { proposal, ctx } = await lockForStaff(tx, given, input.name, 'annual-plans.manage')
  if (proposal.stage !== 'complete') return refusal('plan.stage', '檢查完成而還沒有審定的提報才能改建議數')
  const twd = input.advised ? parseTwd(input.advised) : null
  if (input.advised && twd === null) return refusal('plan.advised', '讀不出金額，例如 12,000,000 或 1,200萬', { field: 'advised' })
  if (twd !== null && twd > proposal.askedTwd) return refusal('plan.advised', '建議數不能多於需求', { field: 'advised' })
  await tx.updateTable('plan_proposals').set({ advised_twd: twd }).where('id', '=', proposal.id).execute()
  await record(tx, ctx, 'plan-proposal.advised', { caseId: proposal.id, payload: { twd } })
  return done()
}, { permission: 'annual-plans.manage' })
