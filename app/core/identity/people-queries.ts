import { sql } from 'kysely'
import type { Reader } from '../db.ts'
import type { Day } from '../time.ts'
import type { Role } from './permissions.ts'

export type PersonLine = { id: number; login: string; name: string; email: string | null; locked_at: Date | null; seen_at: Date | null; posts: string | null }

export type PeopleFilter = {
  /** part of a name, a login or an address */
  words?: string | undefined
  /** the unit and all below it, by code */
  unit?: string | undefined
  role?: Role | undefined
  state?: 'in-use' | 'locked' | 'without-post' | undefined
}

/** One page of people in order of login, and how many there are in all. `posts` is `unit・role` joined by 、. */
export async function listPeople(reader: Reader, filter: PeopleFilter, today: Day, page: { after?: string | undefined; before?: string | undefined; size: number }): Promise<{ people: PersonLine[]; total: number; previous: string | null; next: string | null }> {
  const like = `%${(filter.words ?? '').trim().replace(/[\\%_]/g, '\\$&')}%`
  const held = sql`posts.valid_from <= ${today} and (posts.valid_until is null or posts.valid_until >= ${today})`
  const conditions = [
    ...(filter.words?.trim() ? [sql`(p.name ilike ${like} or p.login ilike ${like} or p.email ilike ${like})`] : []),
    ...(filter.unit ? [sql`exists (select from posts where posts.person_id = p.id and ${held} and posts.unit_id in (
      with recursive below as (select id from units where code = ${filter.unit} union all select u.id from below join units u on u.parent_id = below.id) select id from below))`] : []),
    ...(filter.role ? [sql`exists (select from posts where posts.person_id = p.id and ${held} and posts.role = ${filter.role})`] : []),
    ...(filter.state === 'in-use' ? [sql`p.locked_at is null`] : filter.state === 'locked' ? [sql`p.locked_at is not null`] : []),
    ...(filter.state === 'without-post' ? [sql`p.locked_at is null and not exists (select from posts where posts.person_id = p.id and ${held})`] : []),
  ]
  const where = sql.join([sql`true`, ...conditions], sql` and `)
  const backwards = page.before !== undefined
  const from = backwards ? sql`p.login < ${page.before}` : page.after !== undefined ? sql`p.login > ${page.after}` : sql`true`
  const rows = await sql<PersonLine>`
    select p.id, p.login, p.name, p.email, p.locked_at, (select max(seen_at) from sessions s where s.person_id = p.id) as seen_at,
      (select string_agg(u.name || '・' || posts.role, '、' order by posts.id) from posts join units u on u.id = posts.unit_id where posts.person_id = p.id and ${held}) as posts
    from people p where ${where} and ${from} order by p.login ${sql.raw(backwards ? 'desc' : 'asc')} limit ${sql.lit(page.size + 1)}`.execute(reader)
  const counted = await sql<{ total: number }>`select count(*) as total from people p where ${where}`.execute(reader)
  const more = rows.rows.length > page.size
  const people = rows.rows.slice(0, page.size)
  if (backwards) people.reverse()
  const hasBefore = backwards ? more : page.after !== undefined
  const hasAfter = backwards || more
  return { people, total: counted.rows[0]!.total, previous: hasBefore ? (people[0]?.login ?? null) : null, next: hasAfter ? (people.at(-1)?.login ?? null) : null }
}

export type PostLine = { id: number; unit: string; unit_code: string; role: Role; valid_from: Day; valid_until: Day | null }
export type PersonFile = Omit<PersonLine, 'posts'> & { posts: PostLine[]; /** open cases whose officer this is, of every kind */ open_cases: number; /** with the county's single sign-on */ linked: boolean }

/** A person with every post held, held once, or to come, newest first. */
export async function findPersonFile(reader: Reader, id: number): Promise<PersonFile | null> {
  const rows = await sql<Omit<PersonFile, 'posts'>>`
    select p.id, p.login, p.name, p.email, p.locked_at, (select max(seen_at) from sessions s where s.person_id = p.id) as seen_at,
      (select count(*) from cases c where c.officer_id = p.id and c.closed_at is null) as open_cases,
      exists (select from linked_accounts where person_id = p.id) as linked
    from people p where p.id = ${id}`.execute(reader)
  const posts = await sql<PostLine>`
    select posts.id, u.name as unit, u.code as unit_code, posts.role, posts.valid_from, posts.valid_until from posts join units u on u.id = posts.unit_id
    where posts.person_id = ${id} order by posts.valid_from desc, posts.id desc`.execute(reader)
  return rows.rows[0] ? { ...rows.rows[0], posts: posts.rows } : null
}
