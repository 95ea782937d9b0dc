import { type RawBuilder, sql } from 'kysely'
import type { Language } from '../../core/web/language.ts'

/** A column of the office's own words in this language; where there are no English ones, the Chinese. */
export function inWords(language: Language, column: string): RawBuilder<string> {
  return language === 'en' ? sql<string>`coalesce(nullif(${sql.ref(`${column}_en`)}, ''), ${sql.ref(column)})` : sql<string>`${sql.ref(column)}`
}
