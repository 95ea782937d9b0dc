import { sql } from 'kysely'
import type { Reader } from '../db.ts'
import type { Reach } from '../identity/permissions.ts'
import type { Day } from '../time.ts'

export type UnconfirmedReport = { id: number; from_day: Day; to_day: Day; sections: number }

/** Drafts with sections that their units have not confirmed yet, of the units within reach; how many each, newest period first. */
export async function findUnconfirmed(reader: Reader, kind: string, within: Reach): Promise<UnconfirmedReport[]> {
  if (!within.all && within.unitIds.length === 0) return []
  const found = await sql<UnconfirmedReport>`
    select r.id, r.from_day, r.to_day, count(*) as sections from reports r join report_sections s on s.report_id = r.id
    where r.kind = ${kind} and r.state = 'draft' and s.state = 'drafting' ${within.all ? sql`` : sql`and s.unit_id = any(${within.unitIds}::bigint[])`}
    group by r.id order by r.from_day desc, r.id desc limit 3`.execute(reader)
  return found.rows
}
