import { type RawBuilder, sql } from 'kysely'
import { type Person, reach } from '../../core/identity/permissions.ts'
import './tables.ts'

/**
 * SQL condition "this person may see the session" over an alias of cases: the law section and the desk all of them, a lawyer those
 * at which they sit. A lawyer's deputy sees nothing: advice is given in person.
 */
export function sessionVisibleTo(person: Person, alias = 'c'): RawBuilder<boolean> {
  if (reach(person, 'legal-advice.read').all) return sql<boolean>`true`
  return sql<boolean>`exists (select from windlion.advice_desks vd join windlion.advice_lawyers vl on vl.id = vd.lawyer_id where vd.session_id = ${sql.ref(`${alias}.id`)} and vl.person_id = ${person.id})`
}

/** The same for a consultation: of a lawyer's own desk only. */
export function consultationVisibleTo(person: Person, alias = 'c'): RawBuilder<boolean> {
  if (reach(person, 'legal-advice.read').all) return sql<boolean>`true`
  return sql<boolean>`exists (select from windlion.advice_bookings vb join windlion.advice_desks vd on vd.id = vb.desk_id join windlion.advice_lawyers vl on vl.id = vd.lawyer_id
    where vb.case_id = ${sql.ref(`${alias}.id`)} and vl.person_id = ${person.id})`
}
