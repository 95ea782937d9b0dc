import { sql } from 'kysely'
import type { Reader } from '../db.ts'

/** One thing done with a case, as its event tells it: the kind, and the payload's value that says which. */
export type Deed = { kind: string; key: string; value: string | number }

/**
 * Who had a hand in something: those who did it and those for whom a deputy did it. For separation of duties on one case:
 * who drafted or sent up does not approve, nor their deputy, nor anyone for them.
 */
export async function handsIn(reader: Reader, caseId: number, deeds: Deed[]): Promise<number[]> {
  const which = deeds.map(({ kind, key, value }) => sql`(e.kind = ${kind} and e.payload->>${sql.lit(key)} = ${String(value)})`)
  if (!which.length) return []
  const found = await sql<{ ids: number[] | null }>`select array_agg(distinct who) filter (where who is not null) as ids
    from events e, unnest(array[e.person_id, e.on_behalf_of]) as who where e.case_id = ${caseId} and (${sql.join(which, sql` or `)})`.execute(reader)
  return (found.rows[0]?.ids ?? []).map(Number)
}
