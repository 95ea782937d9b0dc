import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../../../core/db.ts'
import type { Person } from '../../../core/identity/permissions.ts'
import { matches } from '../../../core/search/search.ts'
import { searchTerms } from '../../../core/search/text.ts'
import { type Day, day, lastDayOfMonth } from '../../../core/time.ts'
import { isRunning, mayBeSeenBy } from '../running.ts'
import { type BoardFilter, endOfWeek, soonUntil, type When, whens } from './filter.ts'

export type DueRow = {
  /** the clock's */
  id: number
  name: string
  kind: string
  title: string
  confidential: boolean
  rule: string
  main: boolean
  dueOn: Day | null
  because: string | null
  unitId: number | null
  officerId: number | null
  unitName: string | null
  officerName: string | null
  closed: boolean
}

/** Where a page begins: after this clock, or before it when going back. `YYYY-MM-DD.id`. */
export type Cursor = { key: string; id: number; back: boolean }
export type DuePage = { rows: DueRow[]; previous: string | null; next: string | null }

export const pageRows = 50
const dueKey = sql`coalesce(k.due_on, 'infinity'::date)`

/** One page of what is due that this person may see and the filter lets through, by due day. */
export async function findDue(reader: Reader, person: Person, filter: BoardFilter, today: Day, cursor: Cursor | null, rowsMax = pageRows): Promise<DuePage> {
  const back = cursor?.back ?? false
  const beyond = cursor ? sql`and (${dueKey}, k.id) ${back ? sql`<` : sql`>`} (${cursor.key}::date, ${cursor.id}::bigint)` : sql``
  const direction = back ? sql`desc` : sql``
  const found = await sql<DueRow & { key: string }>`
    select k.id, coalesce(c.number, c.follow_no) as name, c.kind, c.title, c.confidential, k.rule, k.main, k.due_on as "dueOn", k.because,
      c.unit_id as "unitId", c.officer_id as "officerId", u.name as "unitName", o.name as "officerName", c.closed_at is not null as closed, ${dueKey}::text as key
    from case_clocks k join cases c on c.id = k.case_id left join units u on u.id = c.unit_id left join people o on o.id = c.officer_id
    where ${isRunning} and ${mayBeSeenBy(person)} and ${fits(person, filter)} and ${fitsWhen(filter, today)} ${beyond}
    order by ${dueKey} ${direction}, k.id ${direction} limit ${sql.lit(rowsMax + 1)}`.execute(reader)
  const more = found.rows.length > rowsMax
  const rows = found.rows.slice(0, rowsMax)
  if (back) rows.reverse()
  const token = (row: (typeof rows)[number] | undefined) => (row ? `${row.key}.${row.id}` : null)
  return { rows, previous: (back ? more : cursor !== null) ? token(rows[0]) : null, next: (back ? cursor !== null : more) ? token(rows.at(-1)) : null }
}

/** Reads `after=…` or `before=…` of the board's address; null for the first page or for what is no such place. */
export function readCursor(query: Record<string, string | undefined>): Cursor | null {
  const parts = /^(\d{4}-\d{2}-\d{2}|infinity)\.(\d{1,15})$/.exec(query.after ?? query.before ?? '')
  return parts ? { key: parts[1]!, id: Number(parts[2]), back: query.after === undefined } : null
}

/** How much of what runs falls to one unit, officer or rule; a null key: to none yet. */
export type Share = { key: string | null; name: string | null; count: number; overdue: number; soon: number }
export type Tally = {
  /** of what the filter lets through besides when: so that each number is that of its list */
  when: Record<When, number>
  /** by day of the month in the picture */
  days: Map<string, number>
  byUnit: Share[]
  byOfficer: Share[]
  byRule: Share[]
  /** what the filters may choose from: of everything that this person may see */
  rules: string[]
  kinds: string[]
  officers: { id: number; name: string }[]
  unitIds: number[]
}

type Counted = Share & { facet: 'when' | 'day' | 'by-unit' | 'by-officer' | 'by-rule' | 'rule' | 'kind' | 'officer' | 'unit' }

/** Everything that runs counted in one reading: by when, by day of a month, by unit, and what the filters may choose from. */
export async function findTally(reader: Reader, person: Person, filter: BoardFilter, today: Day, month: string): Promise<Tally> {
  const [first, last] = [day(`${month}-01`), lastDayOfMonth(day(`${month}-01`))]
  const needs = sql`count(*), count(*) filter (where f.due_on < ${today}), count(*) filter (where f.due_on between ${today} and ${soonUntil(today)})`
  const found = await sql<Counted>`
    with seen as materialized (
      select k.due_on, k.rule, c.kind, c.unit_id, c.officer_id, ${fits(person, filter)} as fits
      from case_clocks k join cases c on c.id = k.case_id
      where ${isRunning} and ${mayBeSeenBy(person)}
    ), fitting as (select *, ${whenOfRow(today)} as due_when from seen where fits)
    select 'when' as facet, due_when as key, null as name, count(*), 0 as overdue, 0 as soon from fitting group by due_when
    union all select 'day', due_on::text, null, count(*), 0, 0 from fitting where due_on between ${first} and ${last} group by due_on
    union all select 'by-unit', f.unit_id::text, u.name, ${needs} from fitting f left join units u on u.id = f.unit_id group by f.unit_id, u.name
    union all select 'by-officer', f.officer_id::text, o.name, ${needs} from fitting f left join people o on o.id = f.officer_id group by f.officer_id, o.name
    union all select 'by-rule', f.rule, null, ${needs} from fitting f group by f.rule
    union all select 'rule', rule, null, count(*), 0, 0 from seen group by rule
    union all select 'kind', kind, null, count(*), 0, 0 from seen group by kind
    union all select 'unit', unit_id::text, null, count(*), 0, 0 from seen where unit_id is not null group by unit_id
    union all select 'officer', s.officer_id::text, o.name, count(*), 0, 0 from seen s join people o on o.id = s.officer_id group by s.officer_id, o.name`.execute(reader)
  const of = (facet: Counted['facet']) => found.rows.filter((row) => row.facet === facet)
  const when = Object.fromEntries(Object.keys(whens).map((name) => [name, 0])) as Record<When, number>
  for (const { key, count } of of('when')) when[key as When] = count
  return {
    when,
    days: new Map(of('day').map(({ key, count }) => [key!, count])),
    byUnit: of('by-unit'),
    byOfficer: of('by-officer'),
    byRule: of('by-rule'),
    rules: of('rule').map(({ key }) => key!).toSorted(),
    kinds: of('kind').map(({ key }) => key!).toSorted(),
    officers: of('officer').map(({ key, name }) => ({ id: Number(key), name: name! })).toSorted((a, b) => a.name.localeCompare(b.name, 'zh-TW')),
    unitIds: of('unit').map(({ key }) => Number(key)),
  }
}

function whenOfRow(today: Day): RawBuilder<When> {
  return sql<When>`case when due_on is null then 'none' when due_on < ${today} then 'overdue' when due_on = ${today} then 'today' when due_on <= ${endOfWeek(today)} then 'week' else 'later' end`
}

/** Everything of the filter but when. */
function fits(person: Person, filter: BoardFilter): RawBuilder<boolean> {
  const units = filter.unitIds ?? (filter.unitId === null ? null : [filter.unitId])
  const all: (RawBuilder<boolean> | false)[] = [
    units !== null && sql<boolean>`coalesce(c.unit_id = any(${units}::bigint[]), false)`,
    filter.officer !== null && sql<boolean>`coalesce(c.officer_id = ${filter.officer === 'me' ? person.id : filter.officer}, false)`,
    filter.rule !== null && sql<boolean>`k.rule = ${filter.rule}`,
    filter.kind !== null && sql<boolean>`c.kind = ${filter.kind}`,
    filter.q !== '' && searched(filter.q),
  ]
  const conditions = all.filter((one) => one !== false)
  return conditions.length ? sql<boolean>`(${sql.join(conditions, sql` and `)})` : sql<boolean>`true`
}

/** By 案號, follow number, or the words of its text: found first by its own index, so that no table is read through. */
function searched(q: string): RawBuilder<boolean> {
  const named = sql`select n.id from cases n where n.number = ${q} union all select f.id from cases f where f.follow_no = ${q.toUpperCase()}`
  return sql<boolean>`k.case_id in (${named}${searchTerms(q).length ? sql` union all select t.case_id from case_texts t where ${matches(q, 't')}` : sql``})`
}

function fitsWhen(filter: BoardFilter, today: Day): RawBuilder<boolean> {
  if (filter.on) return sql<boolean>`k.due_on = ${filter.on}`
  switch (filter.when) {
    case null: return sql<boolean>`true`
    case 'none': return sql<boolean>`k.due_on is null`
    // the very expression of the index, so that one span of it is read
    case 'overdue': return sql<boolean>`${dueKey} < ${today}`
    case 'today': return sql<boolean>`${dueKey} = ${today}`
    case 'week': return sql<boolean>`${dueKey} > ${today} and ${dueKey} <= ${endOfWeek(today)}`
    case 'later': return sql<boolean>`${dueKey} > ${endOfWeek(today)} and k.due_on is not null`
  }
}
