import { z } from 'zod'
import { act } from '../../core/act.ts'
import { done, NotFound, refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { type ReviewRole, reviewRoles } from './schema.ts'
import './tables.ts'

const roleField = z.enum(Object.keys(reviewRoles) as [ReviewRole, ...ReviewRole[]], { error: '請選擇審查角色' })

/** Names a colleague as reviewer of a round, in one part. */
export const nameReviewer = act('annual-plans.name-reviewer', z.object({ year: z.coerce.number().int(), login: z.string().trim().min(1, '請填帳號').max(100), role: roleField }), async (tx, ctx, input) => {
  const round = await tx.selectFrom('plan_rounds').select('id').where('roc_year', '=', input.year).executeTakeFirst()
  if (!round) throw new NotFound('還沒有這個年度的先期作業')
  const person = await tx.selectFrom('people').select(['id', 'locked_at']).where('login', '=', input.login).executeTakeFirst()
  if (!person || person.locked_at) return refusal('plan-reviewer.person', '找不到這個帳號，或帳號已停用', { field: 'login' })
  const named = await tx.insertInto('plan_reviewers').values({ round_id: round.id, person_id: person.id, role: input.role, named_at: ctx.now, ended_at: null })
    .onConflict((conflict) => conflict.columns(['round_id', 'person_id']).where('ended_at', 'is', null).doNothing()).returning('id').executeTakeFirst()
  if (!named) return refusal('plan-reviewer.named', '這位同仁已經是這個年度的審查人員', { field: 'login' })
  await record(tx, ctx, 'plan-reviewer.named', { payload: { year: input.year, person: person.id, role: input.role } })
  return done()
}, { permission: 'annual-plans.manage' })

/** Ends it; what was reviewed stays. */
export const endReviewer = act('annual-plans.end-reviewer', z.object({ id: z.coerce.number().int() }), async (tx, ctx, { id }) => {
  const ended = await tx.updateTable('plan_reviewers').set({ ended_at: ctx.now }).where('id', '=', id).where('ended_at', 'is', null).returning(['person_id', 'round_id']).executeTakeFirst()
  if (!ended) throw new NotFound('找不到這位審查人員')
  await record(tx, ctx, 'plan-reviewer.ended', { payload: { round: ended.round_id, person: ended.person_id } })
  return done()
}, { permission: 'annual-plans.manage' })
