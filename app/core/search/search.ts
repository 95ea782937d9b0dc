import { type RawBuilder, sql } from 'kysely'
import pg from 'pg'
import { planned, type Reader, type Tx } from '../db.ts'
import { searchGrams, searchTerms, searchText } from './text.ts'

/** Replaces the searchable text of a case. `parts`: title, letter, answer … whatever staff may find it by. */
export async function indexCase(tx: Tx, caseId: number, parts: (string | null | undefined)[]): Promise<void> {
  const text = searchText(parts.filter(Boolean).join('\n'))
  await tx
    .insertInto('case_texts')
    .values({ case_id: caseId, text })
    .onConflict((conflict) => conflict.column('case_id').doUpdateSet({ text }))
    .execute()
}

/**
 * SQL condition "this case's text has every typed term", for a query over `case_texts` under the given alias.
 * The grams find candidates through the index; `like` rechecks them, since grams alone do not prove that
 * they stand side by side. Terms are literals, so that PostgreSQL sees how common they are.
 */
export function matches(query: string, alias = 'case_texts'): RawBuilder<boolean> {
  const text = sql.ref(`${alias}.text`)
  const conditions = searchTerms(query).map((term) => sql`search_grams(${text}) @> array[${sql.join(searchGrams(term).map(literal))}] and ${text} like ${likeTerm(term)}`)
  return conditions.length ? sql<boolean>`(${planned} ${sql.join(conditions, sql` and `)})` : sql<boolean>`false`
}

/** How many of all texts hold each of the more common grams; from PostgreSQL's own statistics, read now and then. */
type Commonness = { shares: Map<string, number>; until: number }
const commonness = new WeakMap<object, Promise<Commonness>>()
const commonnessMs = 600_000

/**
 * The condition that finds these terms soonest when the newest are wanted first: terms that many texts hold are found
 * by walking back from the newest text, others through the grams. Order by `case_texts.received_at desc nulls last,
 * case_id desc`. `reach`: the share of texts that the reader may see, when it is not all.
 */
export async function newestFirst(reader: Reader, query: string, reach = 1, alias = 'case_texts'): Promise<RawBuilder<boolean>> {
  const { shares } = await commonGrams(reader)
  const share = searchTerms(query).reduce((all, term) => all * Math.min(...searchGrams(term).map((gram) => shares.get(gram) ?? 0)), reach)
  // walking passes 20 / share texts; below this share the grams are quicker
  return share > 0.004 ? contains(query, alias) : matches(query, alias)
}

/** The terms that fewest texts hold, at most so many: by what PostgreSQL counted of their grams. */
export async function rarest(reader: Reader, terms: string[], atMost: number): Promise<string[]> {
  const { shares } = await commonGrams(reader)
  const share = (term: string) => Math.min(...searchGrams(term).map((gram) => shares.get(gram) ?? 0))
  return terms.toSorted((a, b) => share(a) - share(b)).slice(0, atMost)
}

async function commonGrams(reader: Reader): Promise<Commonness> {
  const known = await commonness.get(reader)
  if (known && known.until > Date.now()) return known
  const reading = sql<{ gram: string; share: number }>`select gram, share from windlion.common_grams()`
    .execute(reader)
    .then(({ rows }) => ({ shares: new Map(rows.map((row) => [row.gram, row.share])), until: Date.now() + commonnessMs }))
  commonness.set(reader, reading)
  reading.catch(() => commonness.delete(reader))
  return reading
}

/** The same condition without grams, which a walk over many texts would cut anew from each. */
function contains(query: string, alias = 'case_texts'): RawBuilder<boolean> {
  const text = sql.ref(`${alias}.text`)
  const conditions = searchTerms(query).map((term) => sql`${text} like ${likeTerm(term)}`)
  return conditions.length ? sql<boolean>`(${planned} ${sql.join(conditions, sql` and `)})` : sql<boolean>`false`
}

function likeTerm(term: string): RawBuilder<string> {
  return literal(`%${term.replace(/[\\%_]/g, '\\$&')}%`)
}

function literal(text: string): RawBuilder<string> {
  return sql.raw(pg.escapeLiteral(text))
}
