import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../../core/db.ts'
import { NotFound } from '../../core/errors.ts'
import type { Person } from '../../core/identity/permissions.ts'
import { matches } from '../../core/search/search.ts'
import type { Day } from '../../core/time.ts'
import type { Need } from './needs.ts'
import { visibleTo } from './proposal.ts'
import { caseKind, categories, type Category, type Criterion, type Kind, outcomes, type Outcome, stages, type Stage } from './schema.ts'

export type Round = { id: number; year: number; dueOn: Day; openedAt: Date; criteria: Criterion[] }
export type RoundCounts = { year: number; dueOn: Day; count: number; askedTwd: number; waiting: number; returned: number; admitted: number; notAdmitted: number; admittedTwd: number }

export async function findRound(reader: Reader, year: number): Promise<Round> {
  const { rows } = await sql<Round>`select id, roc_year as year, due_on as "dueOn", opened_at as "openedAt", criteria from plan_rounds where roc_year = ${year}`.execute(reader)
  if (!rows[0]) throw new NotFound('這個年度的先期作業還沒有開始')
  return rows[0]
}

/** Every round with its counts and sums, of the proposals that this person may see; what was withdrawn counts nowhere. */
export async function findRounds(reader: Reader, person: Person): Promise<RoundCounts[]> {
  const { rows } = await sql<RoundCounts>`
    select r.roc_year as year, r.due_on as "dueOn", count(v.id)::int as count, coalesce(sum(v.asked_twd), 0)::float8 as "askedTwd", (count(*) filter (where v.stage = 'submitted'))::int as waiting,
      (count(*) filter (where v.stage = 'returned'))::int as returned, (count(*) filter (where v.outcome = 'admitted'))::int as admitted, (count(*) filter (where v.outcome = 'not-admitted'))::int as "notAdmitted",
      coalesce(sum(coalesce(v.advised_twd, v.asked_twd)) filter (where v.outcome = 'admitted'), 0)::float8 as "admittedTwd"
    from plan_rounds r left join (select p.round_id, p.id, p.asked_twd, p.advised_twd, c.stage, c.outcome from plan_proposals p join cases c on c.id = p.id where c.outcome is distinct from 'withdrawn' and ${visibleTo(person)}) v on v.round_id = r.id
    group by r.id order by r.roc_year desc`.execute(reader)
  return rows
}

/** Years whose round takes new proposals on that day, the earliest first. */
export async function findOpenYears(reader: Reader, today: Day): Promise<number[]> {
  return (await reader.selectFrom('plan_rounds').select('roc_year').where('due_on', '>=', today).orderBy('roc_year').execute()).map((row) => row.roc_year)
}

export type ListedProposal = { id: number; number: string; title: string; unit: string | null; category: Category; kind: Kind; priority: number; askedTwd: number; advisedTwd: number | null; totalTwd: number; stage: Stage; outcome: Outcome | null }
export type ProposalFilter = { state?: string | undefined; category?: string | undefined; unitId?: number | undefined; query?: string | undefined }
export const pageSize = 100

const seen = (person: Person, roundId: number, filter: ProposalFilter): RawBuilder<unknown> => {
  const parts: RawBuilder<unknown>[] = [sql`p.round_id = ${roundId}`, visibleTo(person)]
  const { state } = filter
  if (state === 'to-review') parts.push(sql`c.stage = 'complete'`, sql`exists (select from plan_reviewers w where w.round_id = p.round_id and w.person_id = ${person.id} and w.ended_at is null and not exists (select from plan_reviews v where v.case_id = p.id and v.role = w.role))`, notOfTheirs(person))
  else if (state && state in outcomes) parts.push(sql`c.outcome = ${state}`)
  else if (state && state in stages) parts.push(sql`c.stage = ${state}`)
  else parts.push(sql`c.outcome is distinct from 'withdrawn'`)
  if (filter.category && filter.category in categories) parts.push(sql`p.category = ${filter.category}`)
  if (filter.unitId) parts.push(sql`c.unit_id in (select id from units where id = ${filter.unitId} or bureau_id = ${filter.unitId})`)
  if (filter.query?.trim()) parts.push(matches(filter.query))
  return sql`from plan_proposals p join cases c on c.id = p.id left join case_texts on case_texts.case_id = c.id left join units u on u.id = c.unit_id where ${sql.join(parts, sql` and `)}`
}

/** Of a unit that is not this person's own: nobody reviews those. */
const notOfTheirs = (person: Person): RawBuilder<boolean> => sql<boolean>`not coalesce(c.unit_id = any(${person.posts.flatMap(({ unitIds }) => unitIds)}::bigint[]), false)`

/** Proposals of a round that this person may see, by unit and the unit's own order, a page at a time after the key of the last one; count and sum are of all. */
export async function findProposals(reader: Reader, person: Person, roundId: number, filter: ProposalFilter, after?: string): Promise<{ rows: ListedProposal[]; count: number; askedTwd: number; next: string | null }> {
  const from = seen(person, roundId, filter)
  const [, code, priority, id] = /^(.{0,40})\.(\d{1,4})\.(\d{1,15})$/.exec(after ?? '') ?? []
  const cursor = id === undefined ? sql`` : sql`and (coalesce(u.code, ''), p.priority, c.id) > (${code}, ${Number(priority)}, ${Number(id)})`
  const { rows } = await sql<ListedProposal & { code: string; count: number; sum: number }>`
    select c.id, c.number, c.title, u.name as unit, coalesce(u.code, '') as code, p.category, p.kind, p.priority, p.asked_twd as "askedTwd", p.advised_twd as "advisedTwd", p.total_twd as "totalTwd", c.stage, c.outcome,
      (select count(*)::int ${from}) as count, (select coalesce(sum(p.asked_twd), 0)::float8 ${from}) as sum
    ${from} ${cursor} order by coalesce(u.code, ''), p.priority, c.id limit ${pageSize + 1}`.execute(reader)
  const page = rows.slice(0, pageSize)
  const last = page.at(-1)
  return { rows: page, count: rows[0]?.count ?? 0, askedTwd: rows[0]?.sum ?? 0, next: rows.length > pageSize && last ? `${last.code}.${last.priority}.${last.id}` : null }
}

export type HistoryYear = { number: string; year: number; title: string; askedTwd: number; advisedTwd: number | null; outcome: Outcome | null; stage: Stage }
export type ProposalFile = ListedProposal & {
  year: number; dueOn: Day; roundId: number; criteria: Criterion[]; unitId: number | null; officerId: number | null; officer: string | null; receivedAt: Date; closedAt: Date | null; importId: number | null; account: string; fromYear: number; toYear: number
  content: string; benefit: string; results: string; returnedNote: string | null; needs: Need[]; joint: { id: number; name: string }[]; previous: string | null; ended: string | null
  history: HistoryYear[]
}

/** A proposal whole, with the same project in other years. Not found when the person may not see it. */
export async function findProposal(reader: Reader, person: Person | null, number: string): Promise<ProposalFile> {
  const { rows } = await sql<Omit<ProposalFile, 'history'>>`
    select c.id, c.number, c.title, u.name as unit, p.category, p.kind, p.priority, p.asked_twd as "askedTwd", p.advised_twd as "advisedTwd", p.total_twd as "totalTwd", c.stage, c.outcome, r.roc_year as year, r.due_on as "dueOn", r.id as "roundId", r.criteria,
      c.unit_id as "unitId", c.officer_id as "officerId", o.name as officer, c.received_at as "receivedAt", c.closed_at as "closedAt", c.import_id as "importId", p.account, p.from_year as "fromYear", p.to_year as "toYear", p.content, p.benefit, p.results,
      p.returned_note as "returnedNote", b.number as previous,
      coalesce((select jsonb_agg(jsonb_build_object('position', n.position, 'year', n.roc_year, 'source', n.source, 'object', n.object, 'twd', n.twd) order by n.position, n.roc_year) from plan_needs n where n.case_id = c.id), '[]') as needs,
      coalesce((select jsonb_agg(jsonb_build_object('id', j.unit_id, 'name', w.name) order by w.code) from assignments j join units w on w.id = j.unit_id where j.case_id = c.id and j.role = 'joint' and (j.until_at is null or j.ended_as = 'closed')), '[]') as joint,
      (select a.note from assignments a where a.case_id = c.id and a.role = 'lead' and a.ended_as = 'closed' order by a.id desc limit 1) as ended
    from cases c join plan_proposals p on p.id = c.id join plan_rounds r on r.id = p.round_id left join units u on u.id = c.unit_id left join people o on o.id = c.officer_id left join cases b on b.id = c.previous_id
    where c.kind = ${caseKind} and c.number = ${number} and ${person ? visibleTo(person) : sql`true`}`.execute(reader)
  const file = rows[0]
  if (!file) throw new NotFound('找不到這件計畫提報')
  return { ...file, history: await findHistory(reader, person, file.id) }
}

/** The same project in other years, the newest first: back by what each names as the one before, and forward by who names it. */
async function findHistory(reader: Reader, person: Person | null, id: number): Promise<HistoryYear[]> {
  const { rows } = await sql<HistoryYear>`
    with recursive back as (select c.id, c.previous_id from cases c where c.id = ${id} union select c.id, c.previous_id from cases c join back on c.id = back.previous_id),
      forth as (select id from back union select c.id from cases c join forth on c.previous_id = forth.id where c.kind = ${caseKind})
    select c.number, r.roc_year as year, c.title, p.asked_twd as "askedTwd", p.advised_twd as "advisedTwd", c.outcome, c.stage
    from forth f join cases c on c.id = f.id join plan_proposals p on p.id = c.id join plan_rounds r on r.id = p.round_id where c.id <> ${id} and ${person ? visibleTo(person) : sql`true`} order by r.roc_year desc, c.number`.execute(reader)
  return rows
}

/** How many wait for the check, and how many were given back to these units. */
export async function countToCheck(reader: Reader): Promise<number> {
  return (await sql<{ count: number }>`select count(*)::int as count from cases where kind = ${caseKind} and stage = 'submitted'`.execute(reader)).rows[0]!.count
}
export async function findReturned(reader: Reader, person: Person): Promise<{ year: number; count: number }[]> {
  return (await sql<{ year: number; count: number }>`select r.roc_year as year, count(*)::int as count from cases c join plan_proposals p on p.id = c.id join plan_rounds r on r.id = p.round_id where c.kind = ${caseKind} and c.stage = 'returned' and ${visibleTo(person)} group by 1 order by 1`.execute(reader)).rows
}
/** How many of a round wait for the check or for their unit. */
export async function countWaiting(reader: Reader, roundId: number): Promise<number> {
  return (await sql<{ count: number }>`select count(*)::int as count from plan_proposals p join cases c on c.id = p.id where p.round_id = ${roundId} and c.stage in ('submitted', 'returned')`.execute(reader)).rows[0]!.count
}

/** By round: proposals that this person has yet to review. */
export async function findToReview(reader: Reader, person: Person): Promise<{ year: number; count: number }[]> {
  const rounds = await sql<{ id: number; year: number }>`select r.id, r.roc_year as year from plan_rounds r join plan_reviewers w on w.round_id = r.id where w.person_id = ${person.id} and w.ended_at is null order by 2`.execute(reader)
  const found: { year: number; count: number }[] = []
  for (const { id, year } of rounds.rows) found.push({ year, count: (await findProposals(reader, person, id, { state: 'to-review' })).count })
  return found
}
