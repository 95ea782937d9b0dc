import { sql } from 'kysely'
import type { Reader } from '../../../core/db.ts'
import { addDays, type Day, parseDay } from '../../../core/time.ts'
import type { RefusalReason } from '../../../core/web/refusals.ts'

export type RefusalsFilter = { from: Day; to: Day; reason: RefusalReason | ''; personId: number | null }

export const reasons: Record<RefusalReason, string> = { permission: '沒有權限', 'sign-in': '沒有登入', origin: '從其他網站送來', 'too-many': '太頻繁' }
/** Rows of a page's table; beyond it the page asks for a shorter span. */
export const rowsMax = 200

/** The last thirty days unless told otherwise; at first only what somebody signed in was refused for want of a permission. */
export function readFilter(query: Record<string, string>, today: Day): RefusalsFilter {
  const to = parseDay(query.to ?? '') ?? today
  const reason = query.reason === undefined ? 'permission' : query.reason in reasons ? (query.reason as RefusalReason) : ''
  return { from: parseDay(query.from ?? '') ?? addDays(to, -29), to, reason, personId: /^\d{1,15}$/.test(query.person ?? '') ? Number(query.person) : null }
}

export type RefusalRow = { day: Day; personId: number | null; personName: string | null; unitName: string | null; reason: RefusalReason; permission: string; method: string; route: string; count: number; lastAt: Date }
export type RefusalTally = { personId: number; personName: string; count: number; routes: number }

const conditions = ({ from, to, reason, personId }: RefusalsFilter) => sql`r.on_day between ${from} and ${to} ${reason ? sql`and r.reason = ${reason}` : sql``} ${personId === null ? sql`` : sql`and r.person_id = ${personId}`}`

/** Newest first, at most `rowsMax` rows; `count` is of all requests of the span, also of those beyond. */
export async function listRefusals(reader: Reader, filter: RefusalsFilter): Promise<{ rows: RefusalRow[]; count: number; more: boolean }> {
  const [found, sum] = await Promise.all([
    sql<RefusalRow>`select r.on_day as day, r.person_id as "personId", p.name as "personName", (
        select u.name from posts po join units u on u.id = po.unit_id where po.person_id = r.person_id and po.valid_from <= r.on_day and (po.valid_until is null or po.valid_until >= r.on_day) order by po.id limit 1
      ) as "unitName", r.reason, r.permission, r.method, r.route, r.count, r.last_at as "lastAt"
      from refused_requests r left join people p on p.id = r.person_id where ${conditions(filter)} order by r.last_at desc, r.route, r.method limit ${sql.lit(rowsMax + 1)}`.execute(reader),
    sql<{ count: number }>`select coalesce(sum(r.count), 0)::int as count from refused_requests r where ${conditions(filter)}`.execute(reader),
  ])
  return { rows: found.rows.slice(0, rowsMax), count: sum.rows[0]!.count, more: found.rows.length > rowsMax }
}

/** Who was refused how often, and at how many kinds of pages; the most first. Nobody who was not signed in. */
export async function tallyRefusals(reader: Reader, filter: RefusalsFilter): Promise<RefusalTally[]> {
  const found = await sql<RefusalTally>`select r.person_id as "personId", p.name as "personName", sum(r.count)::int as count, count(distinct (r.method, r.route))::int as routes
    from refused_requests r join people p on p.id = r.person_id where ${conditions(filter)} group by r.person_id, p.name order by 3 desc, r.person_id limit 12`.execute(reader)
  return found.rows
}
