import { sql } from 'kysely'
import type { Reader } from '../../../core/db.ts'
import { actedBy } from '../../../core/events/acted-by.ts'
import type { Person } from '../../../core/identity/permissions.ts'
import type { Day } from '../../../core/time.ts'
import { mayBeSeenBy } from '../running.ts'

export type ChangeRow = { id: number; words: string; at: Date; by: string | null; moved: number; versionBefore: string; versionAfter: string }

const changes = sql`select h.id, h.words, h.applied_at as at, ${actedBy('p', sql`e.kind like 'calendar.%' and e.payload->>'change' = h.id::text`)} as by, h.version_before as "versionBefore", h.version_after as "versionAfter",
  (select count(*) from calendar_moves m where m.change_id = h.id) as moved
  from calendar_changes h left join people p on p.id = h.applied_by`

/** What was changed in the calendar, the last first. */
export async function findChanges(reader: Reader, rowsMax: number): Promise<ChangeRow[]> {
  return (await sql<ChangeRow>`${changes} order by h.id desc limit ${sql.lit(rowsMax)}`.execute(reader)).rows
}

export async function findChange(reader: Reader, id: number): Promise<ChangeRow | undefined> {
  return (await sql<ChangeRow>`${changes} where h.id = ${id}`.execute(reader)).rows[0]
}

export type MovedRow = { id: number; kind: string; name: string; title: string; confidential: boolean; seen: boolean; rule: string; unitName: string | null; officerName: string | null; from: Day | null; to: Day | null }

/** One page of the clocks that a change moved; `seen`: this person may open the case. */
export async function findMoved(reader: Reader, person: Person, change: number, after: number, rowsMax: number): Promise<MovedRow[]> {
  const found = await sql<MovedRow>`
    select m.id, c.kind, coalesce(c.number, c.follow_no) as name, c.title, c.confidential, ${mayBeSeenBy(person)} as seen, k.rule,
      u.name as "unitName", o.name as "officerName", m.from_on as "from", m.to_on as "to"
    from calendar_moves m join cases c on c.id = m.case_id join case_clocks k on k.id = m.clock_id
      left join units u on u.id = c.unit_id left join people o on o.id = coalesce(m.officer_id, c.officer_id)
    where m.change_id = ${change} and m.id > ${after} order by m.id limit ${sql.lit(rowsMax)}`.execute(reader)
  return found.rows
}

/** Which of these cases the person may open. */
export async function seenBy(reader: Reader, person: Person, caseIds: readonly number[]): Promise<Set<number>> {
  const found = await sql<{ id: number }>`select c.id from cases c where c.id = any(${caseIds}::bigint[]) and ${mayBeSeenBy(person)}`.execute(reader)
  return new Set(found.rows.map(({ id }) => id))
}
