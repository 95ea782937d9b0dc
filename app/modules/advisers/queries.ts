import { sql } from 'kysely'
import type { Reader } from '../../core/db.ts'
import { addDays, type Day } from '../../core/time.ts'
import { type AdviserKind, adviserKinds, warnDays } from './schema.ts'
import './tables.ts'

export type Adviser = { id: number; kind: AdviserKind; name: string; title: string; field: string; fromOn: Day; untilOn: Day; endedOn: Day | null; endedWhy: string | null; suggestions: number; open: number; renewed: boolean }

export type Term = 'serving' | 'ending' | 'over' | 'coming'
export const terms: Record<Term, string> = { serving: '任期中', ending: '即將屆滿', over: '已屆滿', coming: '尚未到任' }

/** How an appointment stands on a day; a term that ends soon is told only while no next one is there. */
export function termOf({ fromOn, untilOn, endedOn, renewed }: Pick<Adviser, 'fromOn' | 'untilOn' | 'endedOn' | 'renewed'>, today: Day): Term {
  const last = endedOn ?? untilOn
  if (fromOn > today) return 'coming'
  if (last < today) return 'over'
  return !renewed && last <= addDays(today, warnDays) ? 'ending' : 'serving'
}

const columns = sql`a.id, a.kind, a.name, a.title, a.field, a.from_on as "fromOn", a.until_on as "untilOn", a.ended_on as "endedOn", a.ended_why as "endedWhy",
  (select count(*)::int from suggestions s where s.adviser_id = a.id) as suggestions, (select count(*)::int from suggestions s join cases c on c.id = s.id where s.adviser_id = a.id and c.closed_at is null) as open,
  exists (select from advisers n where n.kind = a.kind and n.name = a.name and n.from_on > a.until_on) as renewed`

/** Appointments, those of today first; `all`: those that are over too. A county has tens. */
export async function findAdvisers(reader: Reader, today: Day, filter: { kind?: string | undefined; query?: string | undefined; all?: boolean; ending?: boolean } = {}): Promise<Adviser[]> {
  const like = `%${(filter.query ?? '').trim().replace(/[\\%_]/g, '\\$&')}%`
  const { rows } = await sql<Adviser>`
    select ${columns} from advisers a where (a.name || ' ' || a.title || ' ' || a.field) ilike ${like}
      ${filter.kind && Object.hasOwn(adviserKinds, filter.kind) ? sql`and a.kind = ${filter.kind}` : sql``} ${filter.all ? sql`` : sql`and coalesce(a.ended_on, a.until_on) >= ${today}::date`}
    order by a.kind, a.until_on, a.name`.execute(reader)
  return filter.ending ? rows.filter((row) => termOf(row, today) === 'ending') : rows
}

export async function findAdviser(reader: Reader, id: number): Promise<Adviser | undefined> {
  return (await sql<Adviser>`select ${columns} from advisers a where a.id = ${id}`.execute(reader)).rows[0]
}
