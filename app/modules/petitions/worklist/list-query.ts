import { type RawBuilder, sql } from 'kysely'
import { planned, type Reader } from '../../../core/db.ts'
import { personalHashes } from '../../../core/personal-data/index.ts'
import type { Person } from '../../../core/identity/permissions.ts'
import { matches, newestFirst } from '../../../core/search/search.ts'
import { searchTerms } from '../../../core/search/text.ts'
import type { Day } from '../../../core/time.ts'
import { visibleTo } from '../visible.ts'
import { caseKind, type Channel, type Outcome, type Stage } from '../schema.ts'
import { dueSpan, type ListFilter, orderOf, receivedSpan } from './filter.ts'

export type ListRow = {
  id: number
  number: string | null
  followNo: string
  title: string
  stage: Stage
  outcome: Outcome | null
  channel: Channel
  category: string | null
  township: string | null
  unitName: string | null
  officerName: string | null
  receivedAt: Date | null
  dueOn: Day | null
  closedAt: Date | null
  confidential: boolean
  merged: boolean
  extended: boolean
  imported: boolean
}

/** Where a page begins: after this row, or before it when going back. `YYYY-MM-DD.id` or `instant.id`. */
export type Cursor = { key: string; id: number; back: boolean }

export type ListPage = { rows: ListRow[]; total: number; /** there are more than `total` */ atLeast: boolean; previous: string | null; next: string | null }

const pageRows = { list: 50, search: 20 }
/** Beyond this many the list says 「以上」: an exact count of everything would cost what everything costs. */
const countMax = 1000

/**
 * One page of the cases that this person may see and the filter lets through, with their count: one round trip.
 * A search counts only what it shows: finding the rest would cost ten pages.
 */
export async function findPetitions(reader: Reader, person: Person, filter: ListFilter, today: Day, cursor: Cursor | null, rowsMax?: number): Promise<ListPage> {
  const order = orderOf(filter)
  const searched = isSearched(filter)
  const limit = rowsMax ?? (searched ? pageRows.search : pageRows.list)
  // newest first, a search walks its texts or its grams, whichever is shorter
  const text = searched && order === 'received' ? await newestFirst(reader, filter.q, 1, 't') : undefined
  const conditions = sql.join(listConditions(person, filter, today, text), sql` and `)
  const back = cursor?.back ?? false
  const by = text ? keys.text : keys[order]
  const from = searched ? sql`case_texts t join cases c on c.id = t.case_id join petitions p on p.id = c.id` : sql`cases c join petitions p on p.id = c.id`
  const count = searched ? sql`null::int` : sql`(select count(*) from (select from ${needsDetail(filter) ? from : sql`cases c`} where ${conditions} limit ${sql.lit(countMax + 1)}) n)`
  const found = await sql<ListRow & { total: number | null; key: string }>`
    ${isPlain(filter) ? sql`` : planned} select c.id, c.number, c.follow_no as "followNo", c.title, c.stage, c.outcome, p.channel, p.category, c.township,
      u.name as "unitName", o.name as "officerName", c.received_at as "receivedAt", c.due_on as "dueOn", c.closed_at as "closedAt", c.confidential,
      c.merged_into is not null as merged, p.extended_to is not null as extended, c.import_id is not null as imported,
      ${by.key}::text as key, ${count} as total
    from ${from} left join units u on u.id = c.unit_id left join people o on o.id = c.officer_id
    where ${conditions} ${cursor ? sql`and ${beyond(order, by, cursor)}` : sql``}
    order by ${ordering(order, by, back)} limit ${sql.lit(limit + 1)}`.execute(reader)
  const more = found.rows.length > limit
  const rows = found.rows.slice(0, limit)
  if (back) rows.reverse()
  const token = (row: (typeof rows)[number] | undefined) => (row ? `${row.key}.${row.id}` : null)
  const total = found.rows[0]?.total ?? found.rows.length
  const atMost = searched ? limit : countMax
  return {
    rows,
    total: Math.min(total, atMost),
    atLeast: total > atMost || (searched && cursor !== null),
    previous: (back ? more : cursor !== null) ? token(rows[0]) : null,
    next: (back ? cursor !== null : more) ? token(rows.at(-1)) : null,
  }
}

type SortKey = { key: RawBuilder<unknown>; id: RawBuilder<unknown>; nulls: RawBuilder<unknown> }
const keys: Record<'due' | 'received' | 'text', SortKey> = {
  // the order of the index cases_open_list: what has no due day just now comes last
  due: { key: sql`coalesce(c.due_on, 'infinity'::date)`, id: sql`c.id`, nulls: sql`` },
  received: { key: sql`c.received_at`, id: sql`c.id`, nulls: sql`` },
  // the order of the index case_texts_newest
  text: { key: sql`t.received_at`, id: sql`t.case_id`, nulls: sql`nulls last` },
}

function ordering(order: 'due' | 'received', by: SortKey, back: boolean): RawBuilder<unknown> {
  const descending = (order === 'received') !== back
  if (!descending) return sql`${by.key}, ${by.id}`
  return sql`${by.key} desc ${by.nulls}, ${by.id} desc`
}

function beyond(order: 'due' | 'received', by: SortKey, cursor: Cursor): RawBuilder<boolean> {
  const later = (order === 'due') !== cursor.back
  const at = order === 'due' ? sql`${cursor.key}::date` : sql`${cursor.key}::timestamptz`
  return sql<boolean>`(${by.key}, ${by.id}) ${later ? sql`>` : sql`<`} (${at}, ${cursor.id}::bigint)`
}

/** Reads `after=…` or `before=…` of a list's address; null for the first page or for what is no such place. */
export function readCursor(query: Record<string, string | undefined>, order: 'due' | 'received'): Cursor | null {
  const text = query.after ?? query.before
  const parts = text && /^(.+)\.(\d{1,15})$/.exec(text)
  if (!parts) return null
  const key = parts[1]!
  const fits = order === 'due' ? /^(\d{4}-\d{2}-\d{2}|infinity)$/.test(key) : /^\d{4}-\d{2}-\d{2} [\d:.+-]{5,30}$/.test(key)
  return fits ? { key, id: Number(parts[2]), back: query.after === undefined } : null
}

/** Conditions over cases c, petitions p and, where text is searched, case_texts t. Used by list, count, export and trays. */
export function listConditions(person: Person, filter: ListFilter, today: Day, text?: RawBuilder<boolean>): RawBuilder<boolean>[] {
  const { from, until } = receivedSpan(filter)
  const due = dueSpan(filter, today)
  const all: (RawBuilder<boolean> | false | null)[] = [
    sql<boolean>`c.kind = ${sql.lit(caseKind)}`,
    stageCondition(filter.stage),
    visibleTo(person),
    // what was open then and is confidential now stays closed
    filter.asOf !== null && sql<boolean>`exists (select from windlion.cases live where live.id = c.id and ${visibleTo(person, 'live')})`,
    filter.unitIds !== undefined && unitCondition(filter.unitIds),
    filter.unitId !== null && filter.unitIds === undefined && sql<boolean>`c.unit_id = any(array(with recursive below as (select id from units where id = ${filter.unitId} union all select u.id from units u join below b on u.parent_id = b.id) select id from below))`,
    filter.officer !== null && sql<boolean>`c.officer_id = ${filter.officer === 'me' ? person.id : filter.officer}`,
    filter.channel !== null && sql<boolean>`p.channel = ${filter.channel}`,
    filter.category !== null && sql<boolean>`p.category = ${filter.category}`,
    filter.township !== null && sql<boolean>`c.township = ${filter.township}`,
    filter.outcome !== null && sql<boolean>`c.outcome = ${filter.outcome}`,
    due && sql<boolean>`c.closed_at is null and c.due_on <= ${due.to} ${due.from ? sql`and c.due_on >= ${due.from}` : sql``}`,
    from && sql<boolean>`c.received_at >= ${from}`,
    until && sql<boolean>`c.received_at < ${until}`,
    filter.q !== '' && (text ?? textCondition(filter.q)),
    filter.sender !== '' && senderCondition(filter.sender),
  ]
  return all.filter((one) => one !== false && one !== null)
}

/** One unit alone as such: the index by unit and receipt then gives the order, too, whichever unit it is. */
function unitCondition(ids: number[]): RawBuilder<boolean> {
  return ids.length === 1 ? sql<boolean>`c.unit_id = ${ids[0]!}::bigint` : sql<boolean>`c.unit_id in (${ids.length ? sql.join(ids.map((id) => sql.lit(id))) : sql`null`})`
}

function stageCondition(stage: ListFilter['stage']): RawBuilder<boolean> {
  switch (stage) {
    case 'open': return sql<boolean>`c.closed_at is null and c.received_at is not null`
    case 'closed': return sql<boolean>`c.stage = 'closed'`
    case 'all': return sql<boolean>`c.received_at is not null`
    case 'unregistered': return sql<boolean>`c.closed_at is null and c.received_at is not null and c.stage = 'received' and c.number is null`
    case 'unconfirmed': case 'lapsed': return sql<boolean>`c.stage = ${sql.lit(stage)}`
    default: return sql<boolean>`c.closed_at is null and c.received_at is not null and c.stage = ${sql.lit(stage)} and c.merged_into is null`
  }
}

/** 案號 (陳110-000123, or its digits alone) and follow numbers are found as such. */
export function looksLikeNumber(q: string): boolean {
  return /^陳?\d{2,3}-\d{1,6}$/.test(q) || /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}$/i.test(q)
}

function textCondition(q: string): RawBuilder<boolean> {
  if (!searchTerms(q).length) return sql<boolean>`true`
  if (!looksLikeNumber(q)) return matches(q, 't')
  const number = /^陳?(\d{2,3})-(\d{1,6})$/.exec(q)
  return number ? sql<boolean>`c.number = ${`陳${Number(number[1])}-${number[2]!.padStart(6, '0')}`}` : sql<boolean>`c.follow_no = ${q.toUpperCase()}`
}

function senderCondition(sender: string): RawBuilder<boolean> {
  return sql<boolean>`(p.name_hash = any(${personalHashes('name', sender)}::bytea[]) or p.email_hash = any(${personalHashes('email', sender)}::bytea[]) or p.phone_hash = any(${personalHashes('phone', sender)}::bytea[]))`
}

/** Words to be looked for in the texts; a number is looked up as such. */
const isSearched = (filter: ListFilter): boolean => filter.q !== '' && !looksLikeNumber(filter.q) && searchTerms(filter.q).length > 0

/** Whether the conditions ask for columns that only petitions has. */
const needsDetail = (filter: ListFilter): boolean => filter.channel !== null || filter.category !== null || filter.sender !== ''

/** A list of one stage, of everyone or of one unit: its plan is the same whoever asks, and made once. How many stand in a stage is told by the stage in its text. */
function isPlain(filter: ListFilter): boolean {
  const oneUnit = filter.unitId === null || filter.unitIds?.length === 1
  return oneUnit && !filter.q && !filter.sender && filter.officer === null && filter.channel === null && filter.category === null && filter.township === null && filter.due === null && !filter.from && !filter.to
}
