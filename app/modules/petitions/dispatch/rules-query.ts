import { sql } from 'kysely'
import type { Reader } from '../../../core/db.ts'
import type { DispatchRule, LetterFacts } from './suggest.ts'

export type StoredRule = DispatchRule & { position: number; state: 'draft' | 'live' | 'off' }

/** Rules of dispatch in their order: the live ones, or all. */
export async function findRules(reader: Reader, which: 'live' | 'all'): Promise<StoredRule[]> {
  const found = await sql<StoredRule>`
    select r.id, r.position, r.title, r.category, r.township, r.words, r.unit_id as "unitId", u.name as "unitName", r.weight, r.state
    from petition_dispatch_rules r join units u on u.id = r.unit_id
    ${which === 'live' ? sql`where r.state = 'live'` : sql``} order by r.position, r.id`.execute(reader)
  return found.rows
}

export async function findRule(reader: Reader, id: number): Promise<StoredRule | null> {
  const all = await findRules(reader, 'all')
  return all.find((rule) => rule.id === id) ?? null
}

/** What the rules look at, of these cases. */
export async function letterFacts(reader: Reader, caseIds: number[]): Promise<Map<number, LetterFacts>> {
  if (!caseIds.length) return new Map()
  const found = await sql<LetterFacts & { id: number }>`
    select c.id, c.title, p.category, c.township, coalesce((select string_agg(l.text, E'\\n' order by l.id) from petition_letters l where l.case_id = c.id), '') as body
    from cases c join petitions p on p.id = c.id where c.id = any(${caseIds}::bigint[])`.execute(reader)
  return new Map(found.rows.map(({ id, ...facts }) => [id, facts]))
}
