import { sql } from 'kysely'
import type { Reader, Tx } from '../db.ts'
import { refusal, type Refusal } from '../errors.ts'
import type { Day } from '../time.ts'
import { type Grants, type Role, roles } from './permissions.ts'

/**
 * Duties that one person must not hold together, told by permissions: whoever administers accounts and the system
 * does not read cases (資通安全責任等級分級辦法 附表十, 存取控制: 職務區隔與最小權限). Filled once at start.
 */
export type Duties = { /** runs accounts and the system */ administers: string[]; /** opens cases of residents */ readsCases: string[] }

let administers = new Set<string>()
let readsCases = new Set<string>()

/** Called once at start with what the modules declare. Throws where one role alone would hold both. */
export function keepApart(declared: Duties[], grants: Grants[]): void {
  const rolesOf = (words: string[]) => new Set(grants.flatMap((grant) => words.flatMap((word) => Object.keys(grant[word] ?? {}))))
  administers = rolesOf(declared.flatMap((duties) => duties.administers))
  readsCases = rolesOf(declared.flatMap((duties) => duties.readsCases))
  const both = [...administers].filter((role) => readsCases.has(role))
  if (both.length) throw new Error(`roles that administer must not read cases: ${both.join(', ')}`)
}

/** Why one person must not hold these roles together, by their own posts or as somebody's deputy; null when they may. */
export function whyApart(held: readonly Role[]): string | null {
  const runs = held.find((role) => administers.has(role))
  const reads = held.find((role) => readsCases.has(role))
  return runs && reads ? `「${roles[runs]}」和「${roles[reads]}」不能由同一個人擔任（含代理）：管理帳號的人不經手案件` : null
}

/**
 * The same as a refusal, before a role is given: with the roles held now or later by this person and by those whose deputy they are
 * or will be. `more`: roles about to be added.
 */
export async function refuseTogether(tx: Tx, personId: number, more: Role[], today: Day, field: string): Promise<Refusal | null> {
  const why = whyApart([...(await rolesHeld(tx, personId, today)), ...more])
  return why ? refusal('identity.apart', why, { field }) : null
}

/** A role about to be given to a person: apart from what they hold, and from what those hold who stand in for them. */
export async function refuseRole(tx: Tx, personId: number, role: Role, day: Day): Promise<Refusal | null> {
  const apart = await refuseTogether(tx, personId, [role], day, 'role')
  if (apart) return apart
  const why = await whyApartInDeputies(tx, personId, [role], day)
  return why ? refusal('identity.apart', why, { field: 'role' }) : null
}

/** Whoever stands in for a person holds that person's roles too: why these roles would clash in one of them, or null. */
export async function whyApartInDeputies(reader: Reader, personId: number, more: readonly Role[], day: Day): Promise<string | null> {
  const deputies = await reader.selectFrom('deputies').innerJoin('people', 'people.id', 'deputies.deputy_id').select(['people.id', 'people.name']).distinct()
    .where('deputies.person_id', '=', personId).where('deputies.until_day', '>=', day).execute()
  for (const deputy of deputies) {
    if (whyApart([...(await rolesHeld(reader, deputy.id, day)), ...more])) return `${deputy.name}代理這個人，就會同時管理帳號又經手案件：請先結束這項代理`
  }
  return null
}

/** Roles that somebody holds on that day or later, by themselves or as a deputy. */
export async function rolesHeld(reader: Reader, personId: number, today: Day): Promise<Role[]> {
  const held = await sql<{ role: Role }>`
    select distinct p.role from posts p
    where (p.valid_until is null or p.valid_until >= ${today})
      and (p.person_id = ${personId} or p.person_id in (select d.person_id from deputies d where d.deputy_id = ${personId} and d.until_day >= ${today}))`.execute(reader)
  return held.rows.map(({ role }) => role)
}

export type Apart = { id: number; name: string; why: string }

/** Whoever holds together what must be apart, in accounts in use, today or later: from before the rule, by a changed table of roles, or by whom they stand in for. */
export async function findApart(reader: Reader, today: Day): Promise<Apart[]> {
  const several = await sql<{ id: number; name: string; roles: Role[] }>`
    select p.id, p.name, array_agg(distinct held.role::text) as roles from people p join (
      select o.person_id, o.role from posts o where o.valid_until is null or o.valid_until >= ${today}
      union select d.deputy_id, o.role from deputies d join posts o on o.person_id = d.person_id where d.until_day >= ${today} and (o.valid_until is null or o.valid_until >= ${today})) held on held.person_id = p.id
    where p.locked_at is null group by p.id having count(distinct held.role) > 1 order by p.login`.execute(reader)
  return several.rows.flatMap(({ id, name, roles: held }) => {
    const why = whyApart(held)
    return why ? [{ id, name, why }] : []
  })
}
