import { type RawBuilder, sql } from 'kysely'
import type { StaffContext } from '../../core/act.ts'
import { isNamedOn, isUnheld } from '../../core/cases/readers.ts'
import type { Tx } from '../../core/db.ts'
import { NotAllowed, NotFound } from '../../core/errors.ts'
import { may, onBehalfOf, type Person, reach } from '../../core/identity/permissions.ts'
import { caseKind } from './schema.ts'
import type { AppealState } from './steps.ts'
import './tables.ts'

/**
 * SQL condition "this person may see the appeal" over an alias of cases. Use it in every list, count and search. What is not confidential goes by
 * the reach of `appeals.read` over the unit in charge and the original agency; what is, by name, and while nobody has it by `appeals.handle`.
 */
export function visibleTo(person: Person, alias = 'c'): RawBuilder<boolean> {
  const c = (column: string) => sql.ref(`${alias}.${column}`)
  const unheld = sql`(${isUnheld(alias)} and ${reach(person, 'appeals.handle').all}::boolean)`
  return sql<boolean>`case when ${c('confidential')} then (${isNamedOn(person, alias)} or ${unheld}) else ${within(person, alias)} end`
}

function within(person: Person, alias: string): RawBuilder<boolean> {
  const by = reach(person, 'appeals.read')
  if (by.all) return sql<boolean>`true`
  const units = sql`${by.unitIds}::bigint[]`
  return sql<boolean>`(${sql.ref(`${alias}.unit_id`)} = any(${units}) or exists (select from appeals seen where seen.id = ${sql.ref(`${alias}.id`)} and seen.agency_unit_id = any(${units})))`
}

export type LockedAppeal = AppealState & {
  id: number; number: string | null; followNo: string; title: string; unitId: number | null; officerId: number | null; agencyUnitId: number | null
  agency: string; authority: string; receivedAt: Date; confidential: boolean; residence: string | null; representativeAtSeat: boolean
}

/**
 * SQL: notices to correct of the latest asking whose service is not recorded, over cases as `c`. What was for an appellant or participant who has left the case since is
 * not waited for; what was for somebody's agent is, since whom they act for was not told either.
 */
export const correctionUnserved = sql<number>`(select count(*)::int from appeal_letters l left join appeal_parties p on p.id = l.party_id
  where l.case_id = c.id and l.kind = 'correction' and l.served_on is null and l.written_at = (select max(n.written_at) from appeal_letters n where n.case_id = c.id and n.kind = 'correction')
    and (p.until is null or p.role not in ('appellant', 'participant')))`

/** Holds an appeal for a staff act, by 案號 or follow number. Not found when the person may not even see it; NotAllowed when they may see it but not do this. */
export async function lockForStaff(tx: Tx, ctx: StaffContext, name: string, permission: string): Promise<{ appeal: LockedAppeal; ctx: StaffContext }> {
  const seen = await sql`select from cases c where c.kind = ${caseKind} and (c.number = ${name} or c.follow_no = ${name}) and ${visibleTo(ctx.person)}`.execute(tx)
  if (!seen.rows.length) throw new NotFound('找不到這件訴願')
  const appeal = await lock(tx, sql`(c.number = ${name} or c.follow_no = ${name})`)
  const besides = appeal.agencyUnitId === null ? [] : [appeal.agencyUnitId]
  if (!may(ctx.person, permission, appeal, besides)) throw new NotAllowed(permission)
  return { appeal, ctx: { ...ctx, onBehalfOf: ctx.onBehalfOf ?? onBehalfOf(ctx.person, permission, { unitId: appeal.agencyUnitId ?? appeal.unitId, officerId: appeal.officerId }) } }
}

/** The same for what residents, jobs and other cases do; the caller has seen to it that they may. */
export const lockById = (tx: Tx, id: number): Promise<LockedAppeal> => lock(tx, sql`c.id = ${id}`)

async function lock(tx: Tx, which: RawBuilder<unknown>): Promise<LockedAppeal> {
  const { rows } = await sql<LockedAppeal>`
    select c.id, c.number, c.follow_no as "followNo", c.title, c.stage, c.unit_id as "unitId", c.officer_id as "officerId", c.due_on as "dueOn", c.received_at as "receivedAt", c.confidential,
      a.form, a.ground, a.ours, a.agency, a.agency_kind as "agencyKind", a.agency_unit_id as "agencyUnitId", a.authority, a.residence, a.representative_at_seat as "representativeAtSeat", a.signed,
      a.suspended_from as "suspendedFrom", a.correction_until as "correctionUntil", ${correctionUnserved} as "correctionUnserved", a.corrected_on as "correctedOn", a.extension_months as "extensionMonths", a.forwarded_on as "forwardedOn",
      a.agency_reply as "agencyReply", a.oral, a.joined_to as "joinedTo", a.decided_on as "decidedOn", a.decision, a.dispatched_on as "dispatchedOn",
      a.filed_on as "filedOn", a.filing_due_on as "filingDueOn", a.restitution, a.restitution_asked_on as "restitutionAskedOn", a.restitution_until as "restitutionUntil",
      (select max(k.due_on) from case_clocks k where k.case_id = c.id and k.rule = 'appeal-supplement-30d') as "supplementUntil",
      (select max(k.due_on) from case_clocks k where k.case_id = c.id and k.rule = 'appeal-agency-reply-20d' and k.met_at is null) as "replyUntil",
      array(select s.step from appeal_steps s where s.case_id = c.id order by s.id) as steps
    from cases c join appeals a on a.id = c.id where c.kind = ${caseKind} and ${which} for update of c`.execute(tx)
  if (!rows[0]) throw new NotFound('找不到這件訴願')
  return rows[0]
}

/** How pages and letters name a case: its 案號, or the follow number before it has one. */
export const nameOf = (appeal: { number: string | null; followNo: string }): string => appeal.number ?? appeal.followNo

