import { type RawBuilder, sql } from 'kysely'
import type { StaffContext } from '../../core/act.ts'
import { isWithinReach } from '../../core/cases/readers.ts'
import type { Tx } from '../../core/db.ts'
import { NotAllowed, NotFound } from '../../core/errors.ts'
import { may, onBehalfOf, type Person } from '../../core/identity/permissions.ts'
import { caseKind, type Stage } from './schema.ts'
import './tables.ts'

/** SQL condition "this person may see the proposal" over an alias of cases: within reach, helping with it, or named as reviewer of its round. Use it in every list, count and search. */
export const visibleTo = (person: Person, alias = 'c'): RawBuilder<boolean> => sql<boolean>`(${isWithinReach(person, 'annual-plans.read', alias)}
  or exists (select from windlion.assignments j where j.case_id = ${sql.ref(`${alias}.id`)} and j.role = 'joint' and j.until_at is null and j.unit_id = any(${person.posts.flatMap(({ unitIds }) => unitIds)}::bigint[]))
  or exists (select from windlion.plan_proposals p join windlion.plan_reviewers w on w.round_id = p.round_id where p.id = ${sql.ref(`${alias}.id`)} and w.person_id = ${person.id} and w.ended_at is null))`

export type LockedProposal = { id: number; number: string; title: string; stage: Stage; unitId: number | null; officerId: number | null; roundId: number; year: number; askedTwd: number }

/** Holds a proposal for a staff act. Not found when the person may not even see it; NotAllowed when they may see it but not do this. */
export async function lockForStaff(tx: Tx, ctx: StaffContext, number: string, permission: string): Promise<{ proposal: LockedProposal; ctx: StaffContext }> {
  const { rows } = await sql<LockedProposal>`
    select c.id, c.number, c.title, c.stage, c.unit_id as "unitId", c.officer_id as "officerId", p.round_id as "roundId", r.roc_year as year, p.asked_twd as "askedTwd"
    from cases c join plan_proposals p on p.id = c.id join plan_rounds r on r.id = p.round_id where c.kind = ${caseKind} and c.number = ${number} and ${visibleTo(ctx.person)} for update of c`.execute(tx)
  const proposal = rows[0]
  if (!proposal) throw new NotFound('找不到這件計畫提報')
  if (!may(ctx.person, permission, proposal)) throw new NotAllowed(permission)
  return { proposal, ctx: { ...ctx, onBehalfOf: ctx.onBehalfOf ?? onBehalfOf(ctx.person, permission, proposal) } }
}
