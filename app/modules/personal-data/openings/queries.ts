import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../../../core/db.ts'
import { addDays, type Day, endOf, parseDay, startOf } from '../../../core/time.ts'
import { type Judged } from './unusual.ts'

export type OpeningsFilter = { from: Day; to: Day; personId: number | null; unitId: number | null; purpose: string; caseName: string }

export const pageSize = 50
/** Looked at for unusual patterns; beyond it the page says so. */
export const judgedMax = 20_000

/** The last thirty days unless told otherwise. */
export function readFilter(query: Record<string, string>, today: Day): OpeningsFilter {
  const id = (text: string | undefined) => (/^\d{1,15}$/.test(text ?? '') ? Number(text) : null)
  const to = parseDay(query.to ?? '') ?? today
  return { from: parseDay(query.from ?? '') ?? addDays(to, -29), to, personId: id(query.person), unitId: id(query.unit), purpose: query.purpose ?? '', caseName: (query.case ?? '').normalize('NFKC').trim().toUpperCase() }
}

export type OpeningRow = { id: number; at: Date; personName: string; onBehalfOf: string | null; unitName: string | null; kind: string; caseName: string; caseUnit: string | null; purpose: string; fields: string[] }

/** The post that who opened it held on that day, the first one. */
const postThen = sql`lateral (select u.bureau_id, b.name from posts po join units u on u.id = po.unit_id join units b on b.id = u.bureau_id
  where po.person_id = r.person_id and po.valid_from <= r.at::date and (po.valid_until is null or po.valid_until >= r.at::date) order by po.id limit 1)`

function conditions(filter: OpeningsFilter): RawBuilder<unknown> {
  const all: RawBuilder<unknown>[] = [sql`r.at >= ${startOf(filter.from)} and r.at < ${endOf(filter.to)}`]
  if (filter.personId !== null) all.push(sql`r.person_id = ${filter.personId}`)
  if (filter.unitId !== null) all.push(sql`post.bureau_id = ${filter.unitId}`)
  if (filter.purpose) all.push(sql`r.purpose = ${filter.purpose}`)
  if (filter.caseName) all.push(sql`(c.number = ${filter.caseName} or c.follow_no = ${filter.caseName})`)
  return sql.join(all, sql` and `)
}

/** One page, newest first; `before` is the id of the last row shown. */
export async function listOpenings(reader: Reader, filter: OpeningsFilter, before: number | null): Promise<{ rows: OpeningRow[]; next: number | null }> {
  const found = await sql<OpeningRow>`
    select r.id, r.at, p.name as "personName", a.name as "onBehalfOf", post.name as "unitName", c.kind, coalesce(c.number, c.follow_no) as "caseName", cb.name as "caseUnit", r.purpose, r.fields
    from personal_data_reads r join people p on p.id = r.person_id left join people a on a.id = r.on_behalf_of join cases c on c.id = r.case_id
    left join units cu on cu.id = c.unit_id left join units cb on cb.id = cu.bureau_id left join ${postThen} post on true
    where ${conditions(filter)} ${before === null ? sql`` : sql`and r.id < ${before}`} order by r.id desc limit ${sql.lit(pageSize + 1)}`.execute(reader)
  const rows = found.rows.slice(0, pageSize)
  return { rows, next: found.rows.length > pageSize ? rows.at(-1)!.id : null }
}

export type GivenAccess = { id: number; at: Date; by: string | null; whom: string; what: 'person.reset' | 'identity.second-factor-cleared' }

/** Passwords that somebody else set and second factors that were taken away, in that time: whoever did it could sign in as that colleague. */
export async function findGivenAccess(reader: Reader, { from, to }: OpeningsFilter): Promise<GivenAccess[]> {
  const { rows } = await sql<GivenAccess>`
    select e.id, e.happened_at as at, p.name || coalesce('（代' || a.name || '）', '') as by, whom.name as whom, e.kind as what
    from events e join people whom on whom.id = (e.payload->>'person')::bigint left join people p on p.id = e.person_id left join people a on a.id = e.on_behalf_of
    where e.kind in ('person.reset', 'identity.second-factor-cleared') and e.happened_at >= ${startOf(from)} and e.happened_at < ${endOf(to)} order by e.id desc limit 30`.execute(reader)
  return rows
}

export type Tally = { key: string; label: string; count: number }
export type Tallies = { count: number; people: Tally[]; units: Tally[]; purposes: Tally[]; days: Tally[] }

export async function tallyOpenings(reader: Reader, filter: OpeningsFilter): Promise<Tallies> {
  const found = await sql<{ by: 'people' | 'units' | 'purposes' | 'days'; key: string; label: string; count: number }>`
    with found as (select r.person_id, p.name, post.bureau_id, post.name as unit, r.purpose, r.at::date as day
      from personal_data_reads r join people p on p.id = r.person_id join cases c on c.id = r.case_id left join ${postThen} post on true where ${conditions(filter)})
    select 'people' as by, person_id::text as key, min(name) as label, count(*) as count from found group by person_id
    union all select 'units', bureau_id::text, min(unit), count(*) from found where bureau_id is not null group by bureau_id
    union all select 'purposes', purpose, purpose, count(*) from found group by purpose
    union all select 'days', day::text, day::text, count(*) from found group by day`.execute(reader)
  const of = (by: string) => found.rows.filter((row) => row.by === by).map(({ key, label, count }) => ({ key, label, count }))
  const byCount = (a: Tally, b: Tally) => b.count - a.count || (a.label < b.label ? -1 : 1)
  const days = of('days').sort((a, b) => (a.key < b.key ? -1 : 1))
  return { count: days.reduce((sum, one) => sum + one.count, 0), people: of('people').sort(byCount), units: of('units').sort(byCount), purposes: of('purposes').sort(byCount), days }
}

/** The openings of the span as `findUnusual` wants them, the newest first. */
export async function findJudged(reader: Reader, filter: OpeningsFilter): Promise<Judged[]> {
  const found = await sql<Judged>`
    select r.id, r.person_id as "personId", p.name as "personName", r.case_id as "caseId", r.at,
      not exists (select from posts po where po.person_id = r.person_id and po.role = 'clerk')
        and not exists (select from assignments s join units u on u.id = s.unit_id where s.case_id = r.case_id and u.bureau_id in
          (select pu.bureau_id from posts po join units pu on pu.id = po.unit_id where po.person_id in (r.person_id, r.on_behalf_of))) as foreign
    from personal_data_reads r join people p on p.id = r.person_id join cases c on c.id = r.case_id left join ${postThen} post on true
    where ${conditions(filter)} order by r.id desc limit ${sql.lit(judgedMax)}`.execute(reader)
  return found.rows
}

/** Openings of these cases, oldest first, for the answer to the person concerned: unit and purpose, no officer's name. */
export async function openingsOf(reader: Reader, caseIds: number[]): Promise<{ caseName: string; at: Date; unitName: string | null; purpose: string }[]> {
  if (!caseIds.length) return []
  const found = await sql<{ caseName: string; at: Date; unitName: string | null; purpose: string }>`
    select coalesce(c.number, c.follow_no) as "caseName", r.at, post.name as "unitName", r.purpose
    from personal_data_reads r join cases c on c.id = r.case_id left join ${postThen} post on true where r.case_id = any(${caseIds}::bigint[]) order by r.id`.execute(reader)
  return found.rows
}
