import { sql } from 'kysely'
import type { Reader } from '../db.ts'
import { actedBy, payloadOf } from '../events/acted-by.ts'
import type { FigureSpan } from '../figures/figure.ts'
import type { Day } from '../time.ts'

/** The newest report of exactly this period and status day, draft or issued; null when nobody has started one. */
export async function findReportOf(reader: Reader, kind: string, { from, to, statusOn }: FigureSpan): Promise<number | null> {
  const found = await reader.selectFrom('reports').select('id').where('kind', '=', kind).where('from_day', '=', from).where('to_day', '=', to).where('status_on', '=', statusOn).orderBy('id', 'desc').limit(1).executeTakeFirst()
  return found?.id ?? null
}

export type ReportLine = {
  id: number
  from_day: Day
  to_day: Day
  status_on: Day
  session: string
  title: string
  state: 'draft' | 'issued'
  as_of: Date | null
  issued_by: string | null
  sections: number
  confirmed: number
}

/** Every report of a kind with how far it is, newest period first. */
export async function listReports(reader: Reader, kind: string): Promise<ReportLine[]> {
  const found = await sql<ReportLine>`
    select r.id, r.from_day, r.to_day, r.status_on, r.session, r.title, r.state, r.as_of, ${actedBy('p', payloadOf('report.issued', 'report', sql`r.id`))} as issued_by,
      count(s.id) as sections, count(s.id) filter (where s.state <> 'drafting') as confirmed
    from reports r left join report_sections s on s.report_id = r.id left join people p on p.id = r.issued_by
    where r.kind = ${kind} group by r.id, p.id, p.name order by r.from_day desc, r.id desc limit 200`.execute(reader)
  return found.rows
}
