import { type RawBuilder, sql } from 'kysely'
import { type Person, reach } from '../../core/identity/permissions.ts'
import './tables.ts'

/**
 * SQL condition "this person may see the meeting" over an alias of cases: all, or what their unit called, or where their bureau sits; of bodies
 * that only chiefs read (主管會報), its head and section chiefs. Use it in every list, count and search.
 */
export function visibleTo(person: Person, alias = 'c'): RawBuilder<boolean> {
  const by = reach(person, 'meetings.read')
  if (by.all) return sql<boolean>`true`
  const posts = [...person.posts, ...person.deputyFor.flatMap((absent) => absent.posts)]
  const unitsOf = (some: typeof posts) => [...new Set(some.flatMap(({ unitId, bureauId }) => [unitId, bureauId]))]
  const chiefs = posts.filter(({ role }) => role === 'head' || role === 'section-chief')
  return sql<boolean>`(${sql.ref(`${alias}.unit_id`)} = any(${by.unitIds}::bigint[]) or exists (
    select from committee_attendance seat join meetings held on held.id = seat.meeting_id join meeting_bodies body on body.id = held.body_id
    where seat.meeting_id = ${sql.ref(`${alias}.id`)} and seat.unit_id = any(case when body.readers = 'heads' then ${unitsOf(chiefs)}::bigint[] else ${unitsOf(posts)}::bigint[] end)))`
}
