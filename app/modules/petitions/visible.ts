import { type RawBuilder, sql } from 'kysely'
import { isNamedOn, isUnheld } from '../../core/cases/readers.ts'
import type { Reader } from '../../core/db.ts'
import { type Person, type Reach, reach } from '../../core/identity/permissions.ts'

/** Whether nothing but confidential petitions is hidden from this person, so that a query need not ask by unit. */
export const readsAll = (person: Person): boolean => reach(person, 'petitions.read').all

/**
 * SQL condition "this person may see the case" over aliases of cases (`c`). Use it in every list, count and search. What is not
 * confidential goes by the reach of `petitions.read`, joint units included; a confidential case by name.
 */
export function visibleTo(person: Person, alias = 'c'): RawBuilder<boolean> {
  if (readsAll(person)) return visibleToReaderOfAll(person, alias)
  return sql<boolean>`case when ${sql.ref(`${alias}.confidential`)} then ${isNamed(person, alias)} else ${within(reach(person, 'petitions.read'), person, alias)} end`
}

/** The same for who reads all that is not confidential; its text is the same for all of them, only its values differ. */
export function visibleToReaderOfAll(person: Person, alias = 'c'): RawBuilder<boolean> {
  return sql<boolean>`case when ${sql.ref(`${alias}.confidential`)} then ${isNamed(person, alias)} else true end`
}

function within(by: Reach, person: Person, alias: string): RawBuilder<boolean> {
  if (by.all) return sql<boolean>`true`
  const c = (column: string) => sql.ref(`${alias}.${column}`)
  const mine = by.own ? sql`${c('officer_id')} = any(${[person.id, ...person.deputyFor.map((absent) => absent.id)]}::bigint[])` : sql`false`
  return sql<boolean>`(${mine} or ${c('unit_id')} = any(${by.unitIds}::bigint[])
    or exists (select from assignments j where j.case_id = ${c('id')} and j.role = 'joint' and j.until_at is null and j.unit_id = any(${by.unitIds}::bigint[])))`
}

/**
 * 保密案件 (行政程序法 §170 II) are seen by name: the officer, readers named by an act, whoever has to approve now or has decided. While nobody
 * works on one, those who have to give it to somebody: the desk before it has a unit, then the chief and head of that unit. The text is the
 * same for everybody, so that statements made once fit (api.ts).
 */
function isNamed(person: Person, alias: string): RawBuilder<boolean> {
  const c = (column: string) => sql.ref(`${alias}.${column}`)
  const self = [person.id, ...person.deputyFor.map((absent) => absent.id)]
  return sql<boolean>`(${isNamedOn(person, alias)}
    or (${c('unit_id')} is null and ${reach(person, 'petitions.dispatch').all}::boolean)
    or (${c('unit_id')} = any(${unitsOf(person, 'petitions.assign-officer')}::bigint[])
      and ${isUnheld(alias)})
    or exists (select from windlion.petition_submissions s where s.case_id = ${c('id')}
      and (s.state = 'pending' and ${c('unit_id')} = any(case s.step when 'section-chief' then ${unitsOf(person, 'petitions.approve-as-chief')}::bigint[] else ${unitsOf(person, 'petitions.approve-as-head')}::bigint[] end)
        or exists (select from windlion.petition_decisions d where d.submission_id = s.id and (d.person_id = any(${self}::bigint[]) or d.on_behalf_of = any(${self}::bigint[]))))))`
}

/** Whether this person may see this very case now. */
export async function sees(reader: Reader, person: Person, caseId: number): Promise<boolean> {
  return (await sql`select from cases c where c.id = ${caseId} and ${visibleTo(person)}`.execute(reader)).rows.length > 0
}

/** Units that a permission reaches; none where it reaches everything, since nobody's desk is everywhere. */
export function unitsOf(person: Person, permission: string): number[] {
  const by = reach(person, permission)
  return by.all ? [] : by.unitIds
}

/** What the petitioner wrote first: what another case made of this one begins with. Ask only for a petition that the person may see. */
export async function firstLetter(reader: Reader, caseId: number): Promise<string | null> {
  return (await reader.selectFrom('petition_letters').select('text').where('case_id', '=', caseId).orderBy('id').executeTakeFirst())?.text ?? null
}
