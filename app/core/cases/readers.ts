import { type Generated, type RawBuilder, sql } from 'kysely'
import type { Tx } from '../db.ts'
import { type Person, reach } from '../identity/permissions.ts'

declare module '../db.ts' {
  interface Tables {
    case_readers: { id: Generated<number>; case_id: number; person_id: number; named_by: number | null; named_at: Generated<Date>; ended_at: Date | null }
  }
}

/** The person and those for whom they stand in today, as officers of a case. */
const isOfficer = (person: Person, alias: string): RawBuilder<boolean> => sql<boolean>`${sql.ref(`${alias}.officer_id`)} = any(${[person.id, ...person.deputyFor.map((absent) => absent.id)]}::bigint[])`

/** SQL condition over cases under `alias`: the permission reaches it, as one's own or by its unit. What makes a case confidential is the module's to add. */
export function isWithinReach(person: Person, permission: string, alias: string): RawBuilder<boolean> {
  const by = reach(person, permission)
  if (by.all) return sql<boolean>`true`
  return sql<boolean>`(${by.own ? isOfficer(person, alias) : sql`false`} or ${sql.ref(`${alias}.unit_id`)} = any(${by.unitIds}::bigint[]))`
}

/** The same, or a unit that helps with the case (協辦); one that helped until it was closed still sees it. */
export function isWithinReachOrJoint(person: Person, permission: string, alias: string): RawBuilder<boolean> {
  const by = reach(person, permission)
  if (by.all) return sql<boolean>`true`
  return sql<boolean>`(${isWithinReach(person, permission, alias)} or exists (select from windlion.assignments j where j.case_id = ${sql.ref(`${alias}.id`)} and j.role = 'joint'
    and (j.until_at is null or j.ended_as = 'closed') and j.unit_id = any(${by.unitIds}::bigint[])))`
}

/**
 * SQL condition "named on this case" over cases under `alias`: its officer (or today's deputy of that officer), or somebody named as reader. For
 * confidential cases; a module adds those whose turn it is. Readers are judged as they are now, also when the case is read as of then.
 */
export function isNamedOn(person: Person, alias: string): RawBuilder<boolean> {
  return sql<boolean>`(${isOfficer(person, alias)}
    or exists (select from windlion.case_readers r where r.case_id = ${sql.ref(`${alias}.id`)} and r.person_id = ${person.id} and r.ended_at is null))`
}

/** SQL condition "nobody works on it" over cases under `alias`: no officer, or one whose account is locked. Such a confidential case is seen by those who have to give it to somebody. */
export const isUnheld = (alias: string): RawBuilder<boolean> => sql<boolean>`not exists (select from windlion.people unlocked_officer where unlocked_officer.id = ${sql.ref(`${alias}.officer_id`)} and unlocked_officer.locked_at is null)`

/** Names somebody as a reader of a confidential case; false when they are named already. */
export async function nameReader(tx: Tx, one: { caseId: number; personId: number; by: number }): Promise<boolean> {
  const named = await tx.insertInto('case_readers').values({ case_id: one.caseId, person_id: one.personId, named_by: one.by, ended_at: null })
    .onConflict((conflict) => conflict.columns(['case_id', 'person_id']).where('ended_at', 'is', null).doNothing()).returning('id').executeTakeFirst()
  return named !== undefined
}

/** Ends it; gives whose it was, or null when it had ended. */
export async function unnameReader(tx: Tx, one: { caseId: number; readerId: number; at: Date }): Promise<number | null> {
  const ended = await tx.updateTable('case_readers').set({ ended_at: sql<Date>`greatest(named_at, ${one.at}::timestamptz)` }).where('id', '=', one.readerId).where('case_id', '=', one.caseId).where('ended_at', 'is', null)
    .returning('person_id').executeTakeFirst()
  return ended?.person_id ?? null
}
