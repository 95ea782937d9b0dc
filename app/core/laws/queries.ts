import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../db.ts'
import { searchTerms } from '../search/text.ts'
import type { Day } from '../time.ts'
import type { Change } from './dated.ts'
import { endingKinds, type LawKind, lawKinds } from './tables.ts'
import type { ChangeKind } from './tables.ts'
import type { Operation } from './operations.ts'

/** Reads go through the public views, so that the public's own connection can make them; staff read the same. */
export type LawRow = { id: number; code: string; name: string; kind: LawKind; category: string | null; unit_name: string | null; /** 施行期限 */ ends_on: Day | null }
export type ChangeRow = { id: number; law_id: number; kind: ChangeKind; promulgated_on: Day; effective_on: Day | null; seq: number; document_no: string | null; note: string | null; operations: Operation[]; recorded_at: Date }
export type ListedLaw = LawRow & { last_on: Day; last_kind: ChangeKind; repealed: boolean }

/** `kind`: without one, all of the county's own; national laws by `national` alone. */
export type LawFilter = { kind?: string | undefined; category?: string | undefined; query?: string | undefined; state?: 'in-force' | 'repealed' | undefined; on: Day }

export const pageSize = 30

/** Laws by name, with what was changed last by that day; paged by name. */
export async function findLaws(reader: Reader, filter: LawFilter, after?: string): Promise<{ rows: ListedLaw[]; count: number; next: string | null }> {
  const where = conditions(filter)
  const listed = sql`select l.*, h.promulgated_on as last_on, h.kind as last_kind, r.repealed from windlion_public.laws l
    join lateral (select promulgated_on, kind from windlion_public.law_changes h where h.law_id = l.id and h.promulgated_on <= ${filter.on}::date order by promulgated_on desc, seq desc limit 1) h on true
    cross join lateral (select exists (select from windlion_public.law_changes d where d.law_id = l.id and d.kind = any(${endingKinds}::text[]) and d.effective_on <= ${filter.on}::date) or coalesce(l.ends_on < ${filter.on}::date, false) as repealed) r
    where ${where}`
  const { rows } = await sql<ListedLaw & { count: number }>`
    with listed as materialized (${listed}) select *, (select count(*) from listed) as count from listed
    where ${after ? sql`(name, id) > (${after.slice(0, after.lastIndexOf('.'))}, ${Number(after.slice(after.lastIndexOf('.') + 1)) || 0})` : sql`true`} order by name, id limit ${pageSize + 1}`.execute(reader)
  const page = rows.slice(0, pageSize)
  const last = page.at(-1)
  return { rows: page, count: rows[0]?.count ?? 0, next: rows.length > pageSize && last ? `${last.name}.${last.id}` : null }
}

function conditions({ kind, category, query, state }: LawFilter): RawBuilder<boolean> {
  const all: RawBuilder<unknown>[] = [sql`true`]
  // the site is the county's: national laws stand there for what cites them, and are listed when asked for
  all.push(kind && kind in lawKinds ? sql`l.kind = ${kind}` : sql`l.kind <> 'national'`)
  if (category) all.push(sql`l.category = ${category}`)
  if (state) all.push(state === 'repealed' ? sql`r.repealed` : sql`not r.repealed`)
  for (const term of searchTerms(query ?? '')) all.push(sql`strpos(lower(normalize(l.name, NFKC)), ${term}) > 0`)
  return sql<boolean>`${sql.join(all, sql` and `)}`
}

export async function findLaw(reader: Reader, code: string): Promise<LawRow | null> {
  return (await sql<LawRow>`select * from windlion_public.laws where code = ${code}`.execute(reader)).rows[0] ?? null
}

export async function findChangeRows(reader: Reader, lawId: number): Promise<ChangeRow[]> {
  return (await sql<ChangeRow>`select * from windlion_public.law_changes where law_id = ${lawId} order by promulgated_on, seq`.execute(reader)).rows
}

export const changeOf = (row: ChangeRow): Change => ({ id: row.id, promulgatedOn: row.promulgated_on, effectiveOn: row.effective_on, seq: row.seq, operations: row.operations })

/** What was promulgated last, newest first, of the county's own laws. */
export async function latestChanges(reader: Reader, atMost: number, code?: string): Promise<(Omit<ChangeRow, 'operations'> & { code: string; name: string; law_kind: LawKind })[]> {
  const { rows } = await sql<Omit<ChangeRow, 'operations'> & { code: string; name: string; law_kind: LawKind }>`
    select h.id, h.law_id, h.kind, h.promulgated_on, h.effective_on, h.seq, h.document_no, h.note, h.recorded_at, l.code, l.name, l.kind as law_kind
    from windlion_public.law_changes h join windlion_public.laws l on l.id = h.law_id where ${code ? sql`l.code = ${code}` : sql`l.kind <> 'national'`}
    order by h.promulgated_on desc, h.id desc limit ${atMost}`.execute(reader)
  return rows
}

export type FoundArticle = { code: string; name: string; no: string; body: string; kind: LawKind; valid_from: Day }

/**
 * Articles that hold every typed term, in the words in force on that day: of the county's own laws, or of the national ones. Some ten thousand articles are
 * looked through in milliseconds; the public's role has no index of grams to ask.
 */
export async function searchArticles(reader: Reader, query: string, on: Day, national = false, atMost = 50): Promise<{ rows: FoundArticle[]; count: number }> {
  if (!searchTerms(query).length) return { rows: [], count: 0 }
  const { rows } = await sql<FoundArticle & { count: number }>`
    with found as materialized (
      select l.code, l.name, l.kind, a.no, a.position, a.body, a.valid_from from windlion_public.law_articles a join windlion_public.laws l on l.id = a.law_id
      where ${sql.join(searchTerms(query).map((term) => sql`strpos(a.text, ${term}) > 0`), sql` and `)} and ${national ? sql`l.kind = 'national'` : sql`l.kind <> 'national'`} and a.valid_from <= ${on}::date and (a.valid_until is null or a.valid_until > ${on}::date))
    select *, (select count(*) from found) as count from found order by name, position limit ${atMost}`.execute(reader)
  return { rows, count: rows[0]?.count ?? 0 }
}

/** Names of laws by which texts cite them, with their codes: what links are made from. */
export async function findNames(reader: Reader): Promise<Map<string, string>> {
  const { rows } = await sql<{ name: string; code: string }>`select name, code from windlion_public.laws order by id`.execute(reader)
  return new Map(rows.map(({ name, code }) => [name, code]))
}

export async function findCategories(reader: Reader): Promise<string[]> {
  const { rows } = await sql<{ category: string }>`select distinct category from windlion_public.laws where category is not null and kind <> 'national' order by category`.execute(reader)
  return rows.map(({ category }) => category)
}

/** Whether laws of the national database were loaded. */
export async function hasNational(reader: Reader): Promise<boolean> {
  return (await sql`select from windlion_public.laws where kind = 'national' limit 1`.execute(reader)).rows.length > 0
}
