import { type RawBuilder, sql } from 'kysely'
import { type Person, reach } from '../../core/identity/permissions.ts'
import './tables.ts'

/** SQL condition "this person may see the proposal or meeting" over an alias of cases. Use it in every list, count and search. */
export function visibleTo(person: Person, alias = 'c'): RawBuilder<boolean> {
  const c = (column: string) => sql.ref(`${alias}.${column}`)
  const by = reach(person, 'regulations.read')
  if (by.all) return sql<boolean>`true`
  const mine = by.own ? sql`${c('officer_id')} = any(${[person.id, ...person.deputyFor.map((absent) => absent.id)]}::bigint[])` : sql`false`
  return sql<boolean>`(${mine} or ${c('unit_id')} = any(${by.unitIds}::bigint[]))`
}
