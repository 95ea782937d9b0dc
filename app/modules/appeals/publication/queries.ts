import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../../core/db.ts'
import { searchTerms } from '../../../core/search/text.ts'
import { isDay } from '../../../core/time.ts'
import '../decision/tables.ts'
import type { PublishedDecision } from '../decision/tables.ts'
import { decisions } from '../schema.ts'

export const pageSize = 20
export type Filters = { query?: string | undefined; agency?: string | undefined; decision?: string | undefined; year?: string | undefined }

/** Published decisions, the newest first, paged by day and id. `db` is the public's own connection. */
export async function findPublishedDecisions(db: Db, filters: Filters, after?: string): Promise<{ rows: PublishedDecision[]; count: number; next: string | null }> {
  const where = conditions(filters)
  const [on, id] = after?.split('.') ?? []
  const key = on && isDay(on) && id && /^\d{1,15}$/.test(id) ? sql`and (decided_on, id) < (${on}::date, ${Number(id)}::bigint)` : sql``
  const { rows } = await sql<PublishedDecision & { count: number }>`
    select d.*, (select count(*)::int from windlion_public.appeal_decisions where ${where}) as count from windlion_public.appeal_decisions d where ${where} ${key} order by decided_on desc, id desc limit ${pageSize + 1}`.execute(db)
  const last = rows[pageSize - 1]
  return { rows: rows.slice(0, pageSize), count: rows[0]?.count ?? 0, next: rows.length > pageSize && last ? `${last.decided_on}.${last.id}` : null }
}

function conditions({ query, agency, decision, year }: Filters): RawBuilder<boolean> {
  const all: RawBuilder<unknown>[] = [sql`true`]
  if (agency) all.push(sql`agency = ${agency}`)
  if (decision && decisions.some((one) => one === decision)) all.push(sql`decision = ${decision}`)
  if (year && /^\d{2,3}$/.test(year)) all.push(sql`decided_on >= make_date(${Number(year) + 1911}, 1, 1) and decided_on < make_date(${Number(year) + 1912}, 1, 1)`)
  // published decisions are few and have no index of their own: each is looked through
  for (const term of searchTerms(query ?? '')) all.push(sql`strpos(lower(normalize(number || ' ' || title || ' ' || agency || ' ' || main || ' ' || facts || ' ' || reasons, NFKC)), ${term}) > 0`)
  return sql<boolean>`${sql.join(all, sql` and `)}`
}

export async function findPublishedDecision(db: Db, number: string): Promise<PublishedDecision | null> {
  return (await db.selectFrom('windlion_public.appeal_decisions').selectAll().where('number', '=', number).executeTakeFirst()) ?? null
}

/** What the filters offer: only what occurs; years of the Republic, the latest first. */
export async function findDecisionChoices(db: Db): Promise<{ agencies: string[]; years: string[] }> {
  const { rows } = await sql<{ agencies: string[] | null; years: number[] | null }>`select array_agg(distinct agency order by agency) as agencies, array_agg(distinct extract(year from decided_on)::int order by extract(year from decided_on)::int desc) as years from windlion_public.appeal_decisions`.execute(db)
  return { agencies: rows[0]?.agencies ?? [], years: (rows[0]?.years ?? []).map((year) => String(year - 1911)) }
}
