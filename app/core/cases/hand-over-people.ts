import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../db.ts'
import type { Day } from '../time.ts'

export type Holder = { id: number; name: string; locked: boolean; lastDay: Day | null; /** they work elsewhere now: none of their posts reaches these units */ elsewhere: string | null; cases: number }

/** Body of `with recursive above`: units `u` of this condition and all above them. */
const unitsAbove = (which: RawBuilder<unknown>): RawBuilder<unknown> => sql`select u.id, u.parent_id from units u where ${which} union select u.id, u.parent_id from units u join above on above.parent_id = u.id`

/** Colleagues with open cases in these units, those who have left or leave first. `lastDay`: where every post of theirs ends. */
export async function findHolders(reader: Reader, unitIds: number[], today: Day): Promise<Holder[]> {
  const { rows } = await sql<Holder>`
    with recursive above as (${unitsAbove(sql`u.id = any(${unitIds}::bigint[])`)})
    select p.id, p.name, p.locked_at is not null as locked, held.last_day as "lastDay", case when not coalesce(held.here, false) then held.place end as elsewhere, open.cases
    from (select officer_id, count(*) as cases from cases where closed_at is null and officer_id is not null and unit_id = any(${unitIds}::bigint[]) group by officer_id) open
    join people p on p.id = open.officer_id
    left join lateral (select case when bool_or(o.valid_until is null) then null else max(o.valid_until) end as last_day,
      bool_or(o.unit_id in (select id from above) and (o.valid_until is null or o.valid_until >= ${today})) as here,
      max(u.name) filter (where o.valid_from <= ${today} and (o.valid_until is null or o.valid_until >= ${today})) as place
      from posts o join units u on u.id = o.unit_id where o.person_id = p.id) held on true
    order by p.locked_at is null, coalesce(held.here, false), held.last_day is null or held.last_day > ${today}, held.last_day is null, p.name, p.id`.execute(reader)
  return rows
}

export type Successor = { id: number; name: string; unit: string; openCases: number }

/** Who could take cases over: colleagues in use with a post in these units today, with how much they have open. */
export async function findSuccessors(reader: Reader, unitIds: number[], today: Day): Promise<Successor[]> {
  const { rows } = await sql<Successor>`
    select distinct on (u.code, p.name, p.id) p.id, p.name, u.name as unit, (select count(*) from cases c where c.officer_id = p.id and c.closed_at is null) as "openCases"
    from posts join people p on p.id = posts.person_id and p.locked_at is null join units u on u.id = posts.unit_id
    where posts.unit_id = any(${unitIds}::bigint[]) and posts.valid_from <= ${today} and (posts.valid_until is null or posts.valid_until >= ${today}) order by u.code, p.name, p.id`.execute(reader)
  return rows
}

/** Chiefs and heads who may hand over what this colleague has open. */
export async function findHandersOver(reader: Reader, officerId: number, roles: readonly string[], today: Day): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    with recursive above as (${unitsAbove(sql`u.id in (select unit_id from cases where officer_id = ${officerId} and closed_at is null)`)})
    select distinct p.id, u.name || ' ' || p.name as name from posts join above on above.id = posts.unit_id join units u on u.id = above.id join people p on p.id = posts.person_id and p.locked_at is null
    where posts.role = any(${roles}::text[]) and p.id <> ${officerId} and posts.valid_from <= ${today} and (posts.valid_until is null or posts.valid_until >= ${today}) order by p.id limit 6`.execute(reader)
  return rows.map(({ name }) => name)
}
