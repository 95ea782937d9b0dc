import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../db.ts'
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
 * they stand side by side.
 */
export function matches(query: string, alias = 'case_texts'): RawBuilder<boolean> {
  const text = sql.ref(`${alias}.text`)
  const conditions = searchTerms(query).map(
    (term) => sql`search_grams(${text}) @> ${searchGrams(term)}::text[] and ${text} like ${`%${term.replace(/[\\%_]/g, '\\$&')}%`}`,
  )
  return conditions.length ? sql<boolean>`(${sql.join(conditions, sql` and `)})` : sql<boolean>`false`
}
