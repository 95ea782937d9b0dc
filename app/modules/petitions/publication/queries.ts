import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../../core/db.ts'
import { unseal } from '../../../core/personal-data/index.ts'
import type { Person } from '../../../core/identity/permissions.ts'
import { searchTerms } from '../../../core/search/text.ts'
import { type Day, isDay } from '../../../core/time.ts'
import { NotFound } from '../../../core/errors.ts'
import { visibleTo } from '../visible.ts'
import { caseKind } from '../schema.ts'
import type { PublishedPetitionView } from '../tables.ts'
import type { Publishable } from './rules.ts'

export const pageSize = 20

export type Filters = { category?: string; township?: string; month?: string; query?: string }
export type PublishedPage = { rows: PublishedPetitionView[]; count: number; next: string | null }

/** What the public may read: one page by key, newest answers first. `db` is the public's own connection. */
export async function findPublished(db: Db, filters: Filters, after?: string): Promise<PublishedPage> {
  const found = await publishedQuery(filters, after).execute(db)
  const rows = found.rows.slice(0, pageSize)
  const last = rows.at(-1)
  return { rows, count: found.rows[0]?.count ?? 0, next: found.rows.length > pageSize && last ? `${last.closed_on}.${last.id}` : null }
}

export function publishedQuery(filters: Filters, after?: string): RawBuilder<PublishedPetitionView & { count: number }> {
  const where = conditions(filters)
  const key = readKey(after)
  const further = key ? sql`and (closed_on, id) < (${key.day}::date, ${key.id}::bigint)` : sql``
  return sql`select t.*, (select count(*) from windlion_public.petition_publications where ${where}) as count
    from windlion_public.petition_publications t where ${where} ${further}
    order by closed_on desc, id desc limit ${pageSize + 1}`
}

function conditions({ category, township, month, query }: Filters): RawBuilder<boolean> {
  const all: RawBuilder<unknown>[] = [sql`true`]
  if (category) all.push(sql`category = ${category}`)
  if (township) all.push(sql`township = ${township}`)
  if (month && /^\d{4}-(0[1-9]|1[0-2])$/.test(month)) all.push(sql`closed_on >= ${`${month}-01`}::date and closed_on < (${`${month}-01`}::date + interval '1 month')`)
  // published texts are few and have no index of their own: each is looked through
  for (const term of searchTerms(query ?? '')) all.push(sql`strpos(lower(normalize(title || ' ' || question || ' ' || answer, NFKC)), ${term}) > 0`)
  return sql<boolean>`${sql.join(all, sql` and `)}`
}

function readKey(after: string | undefined): { day: Day; id: number } | null {
  const [day, id] = after?.split('.') ?? []
  return day && isDay(day) && id && /^\d{1,15}$/.test(id) ? { day, id: Number(id) } : null
}

export async function findPublication(db: Db, id: string): Promise<PublishedPetitionView | null> {
  if (!/^\d{1,15}$/.test(id)) return null
  return (await db.selectFrom('windlion_public.petition_publications').selectAll().where('id', '=', Number(id)).executeTakeFirst()) ?? null
}

/** What the lists offer: only what occurs in something published. */
export async function findChoices(db: Db): Promise<{ categories: string[]; townships: string[]; months: string[] }> {
  const found = await sql<{ categories: string[] | null; townships: string[] | null; months: string[] | null }>`
    select array_agg(distinct category order by category) filter (where category is not null) as categories,
      array_agg(distinct township order by township) filter (where township is not null) as townships,
      array_agg(distinct to_char(closed_on, 'YYYY-MM') order by to_char(closed_on, 'YYYY-MM') desc) as months
    from windlion_public.petition_publications`.execute(db)
  const row = found.rows[0]
  return { categories: row?.categories ?? [], townships: row?.townships ?? [], months: row?.months ?? [] }
}

export async function latestPublished(db: Db, limit: number): Promise<PublishedPetitionView[]> {
  return db.selectFrom('windlion_public.petition_publications').selectAll().orderBy('published_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
}

// The officer's side -------------------------------------------------------------------------------

export type Candidate = { name: string; title: string; category: string | null; township: string | null; unit: string | null; closedOn: Day; publishedAt: Date | null }

/** Closed with an answer, with consent, neither confidential nor an accusation: what may be published, the latest first. */
export async function findCandidates(db: Db, person: Person, show: 'waiting' | 'published', after?: string): Promise<{ rows: Candidate[]; next: string | null }> {
  const found = await candidatesQuery(person, show, after).execute(db)
  const rows = found.rows.slice(0, pageSize)
  return { rows, next: found.rows.length > pageSize ? String(rows.at(-1)!.id) : null }
}

export function candidatesQuery(person: Person, show: 'waiting' | 'published', after?: string): RawBuilder<Candidate & { id: number }> {
  const before = after && /^\d{1,15}$/.test(after) ? Number(after) : null
  return sql`
    select c.id, coalesce(c.number, c.follow_no) as name, c.title, p.category, c.township, u.name as unit, (c.closed_at at time zone 'Asia/Taipei')::date as "closedOn", p.published_at as "publishedAt"
    from petitions p join cases c on c.id = p.id left join units u on u.id = c.unit_id
    where p.publish_consent and p.answer is not null and p.published_at is ${show === 'waiting' ? sql`null` : sql`not null`}
      and coalesce(p.other_procedure, '') <> 'report' and c.kind = ${caseKind} and c.stage = 'closed' and c.outcome in ('answered', 'merged') and not c.confidential
      and ${visibleTo(person)} ${before ? sql`and p.id < ${before}` : sql``}
    order by p.id desc limit ${pageSize + 1}`
}

export type Original = Publishable & {
  id: number
  name: string
  title: string
  letter: string
  supplements: string[]
  senderName: string | null
  closedAt: Date | null
  published: { id: number; title: string; question: string; answer: string; at: Date } | null
}

/** The case beside its masked copy. NotFound for whoever may not see the case. */
export async function findOriginal(db: Db, person: Person, name: string): Promise<Original> {
  const found = await sql<Omit<Original, 'letter' | 'supplements' | 'senderName' | 'published'> & { letters: string[]; sender: Buffer | null; published: (Original['published'] & { at: string | Date }) | null }>`
    select c.id, coalesce(c.number, c.follow_no) as name, c.title, c.stage, c.outcome, c.confidential, c.closed_at as "closedAt",
      p.publish_consent as "publishConsent", p.other_procedure as "otherProcedure", p.answer, p.sender_name as sender,
      (select coalesce(jsonb_agg(l.text order by l.id), '[]') from petition_letters l where l.case_id = c.id) as letters,
      (select jsonb_build_object('id', u.id, 'title', u.title, 'question', u.question, 'answer', u.answer, 'at', u.published_at)
        from petition_publications u where u.case_id = c.id and u.withdrawn_at is null) as published
    from cases c join petitions p on p.id = c.id
    where c.kind = ${caseKind} and (c.number = ${name} or c.follow_no = ${name}) and ${visibleTo(person)}`.execute(db)
  const row = found.rows[0]
  if (!row) throw new NotFound('找不到這件陳情')
  const { letters, sender, published, ...rest } = row
  return { ...rest, letter: letters[0] ?? '', supplements: letters.slice(1), senderName: unseal(sender), published: published && { ...published, at: new Date(published.at) } }
}
