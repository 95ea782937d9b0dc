import { type RawBuilder, sql } from 'kysely'
import type { StaffContext } from '../../core/act.ts'
import { isWithinReach } from '../../core/cases/readers.ts'
import type { Tx } from '../../core/db.ts'
import { NotAllowed, NotFound } from '../../core/errors.ts'
import { may, onBehalfOf, type Person } from '../../core/identity/permissions.ts'
import type { Day } from '../../core/time.ts'
import { caseKind, type Stage } from './schema.ts'
import './tables.ts'

/** SQL condition "this person may see the project" over an alias of cases. Use it in every list, count and search. */
export const visibleTo = (person: Person, alias = 'c'): RawBuilder<boolean> => isWithinReach(person, 'control.read', alias)

export type LockedProject = { id: number; number: string; title: string; stage: Stage; unitId: number | null; officerId: number | null; startOn: Day; finishOn: Day; finishedOn: Day | null; budgetTwd: number; listedOn: Day }

/** Holds a project for a staff act. Not found when the person may not even see it; NotAllowed when they may see it but not do this. */
export async function lockForStaff(tx: Tx, ctx: StaffContext, number: string, permission: string): Promise<{ project: LockedProject; ctx: StaffContext }> {
  const { rows } = await sql<LockedProject>`
    select c.id, c.number, c.title, c.stage, c.unit_id as "unitId", c.officer_id as "officerId", p.start_on as "startOn", p.finish_on as "finishOn", p.finished_on as "finishedOn", p.budget_twd as "budgetTwd", p.listed_on as "listedOn"
    from cases c join projects p on p.id = c.id where c.kind = ${caseKind} and c.number = ${number} for update of c`.execute(tx)
  const project = rows[0]
  if (!project || !may(ctx.person, 'control.read', project)) throw new NotFound('找不到這件列管計畫')
  if (!may(ctx.person, permission, project)) throw new NotAllowed(permission)
  return { project, ctx: { ...ctx, onBehalfOf: ctx.onBehalfOf ?? onBehalfOf(ctx.person, permission, project) } }
}
