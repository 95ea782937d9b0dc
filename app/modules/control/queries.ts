import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../../core/db.ts'
import { NotFound } from '../../core/errors.ts'
import type { Person } from '../../core/identity/permissions.ts'
import type { Day } from '../../core/time.ts'
import { visibleTo } from './project.ts'
import { caseKind, type Grade, type Level, levels, type Outcome, type ReportState, type Stage, type State, states } from './schema.ts'
import { owes, standing } from './standing.ts'
import type { ReplacedMonth } from './tables.ts'

export type ListedProject = {
  number: string; title: string; unit: string | null; level: Level; state: State; overridden: boolean; budgetTwd: number; planned: number; actual: number | null; slip: number | null; slipDays: number | null; slipTwd: number | null
  startOn: Day; finishOn: Day; finishedOn: Day | null; reportedMonth: string | null; warning: string | null
}
export type ProjectFilter = { level?: string | undefined; state?: string | undefined; unitId?: number | undefined; query?: string | undefined }

const seen = (person: Person, on: Day, filter: ProjectFilter = {}): RawBuilder<unknown> => {
  const parts: RawBuilder<unknown>[] = [visibleTo(person, 's')]
  if (filter.level && filter.level in levels) parts.push(sql`s.level = ${filter.level}`)
  if (filter.state && filter.state in states) parts.push(sql`s.state = ${filter.state}`)
  if (filter.unitId) parts.push(sql`s.unit_id in (select id from units where id = ${filter.unitId} or bureau_id = ${filter.unitId})`)
  for (const word of (filter.query ?? '').trim().split(/\s+/).filter(Boolean).slice(0, 5)) parts.push(sql`(s.title || ' ' || s.number || ' ' || s.summary) ilike ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`)
  return sql`from (${standing(on)}) s where ${sql.join(parts, sql` and `)}`
}

/** Projects under watch on a day that this person may see: the worst first. A county has tens or hundreds, so the whole list is one page. */
export async function findProjects(reader: Reader, person: Person, on: Day, filter: ProjectFilter = {}): Promise<ListedProject[]> {
  const { rows } = await sql<ListedProject>`
    select s.number, s.title, s.unit, s.level, s.state, s.overridden, s.budget_twd as "budgetTwd", s.planned, s.actual, s.slip, s.slip_days as "slipDays", s.slip_twd as "slipTwd", s.start_on as "startOn", s.finish_on as "finishOn",
      s.finished_on as "finishedOn", s.reported_month as "reportedMonth", s.warning
    ${seen(person, on, filter)} order by array_position(array['severe', 'behind', 'unreported', 'on-track', 'ahead', 'done'], s.state), s.slip desc nulls last, s.number`.execute(reader)
  return rows
}

export type StateCount = { level: Level; state: State; count: number; budgetTwd: number; plannedTwd: number; actualTwd: number }

/** Counts and sums by level and state, of the same rows as the list. */
export async function countProjects(reader: Reader, person: Person, on: Day): Promise<StateCount[]> {
  const { rows } = await sql<StateCount>`
    select s.level, s.state, count(*)::int as count, sum(s.budget_twd)::float8 as "budgetTwd", sum(s.planned_twd)::float8 as "plannedTwd", coalesce(sum(s.actual_twd), 0)::float8 as "actualTwd"
    ${seen(person, on)} group by s.level, s.state`.execute(reader)
  return rows
}

export type UnitCount = { unit: string; count: number; late: number }
export async function countByUnit(reader: Reader, person: Person, on: Day): Promise<UnitCount[]> {
  const { rows } = await sql<UnitCount>`select coalesce(s.unit, '未填') as unit, count(*)::int as count, (count(*) filter (where s.state in ('behind', 'severe')))::int as late ${seen(person, on)} group by 1 order by 3 desc, 2 desc, 1`.execute(reader)
  return rows
}

export type Change = { number: string; title: string; unit: string | null; before: State | null; after: State | null; actualBefore: number | null; actualAfter: number | null }

/** What is different between two days: state changed, new under watch, taken off. */
export async function findChanges(reader: Reader, person: Person, before: Day, after: Day): Promise<Change[]> {
  const { rows } = await sql<Change>`
    select coalesce(b.number, a.number) as number, coalesce(b.title, a.title) as title, coalesce(b.unit, a.unit) as unit, a.state as before, b.state as after, a.actual as "actualBefore", b.actual as "actualAfter"
    from (select s.* ${seen(person, before)}) a full join (select s.* ${seen(person, after)}) b on b.case_id = a.case_id
    where a.state is distinct from b.state order by number`.execute(reader)
  return rows
}

export type MonthFile = {
  month: string; planned: number; plannedTwd: number; actual: number | null; actualTwd: number | null; work: string; reason: string; measure: string; reportState: ReportState | null; returnedNote: string | null
  by: string | null; reportedAt: Date | null; state: State | null; slip: number | null; slipDays: number | null; slipTwd: number | null; rule: string | null; explanation: string[]; warning: string | null
}
export type ProjectFile = {
  id: number; number: string; title: string; stage: Stage; outcome: Outcome | null; unitId: number | null; unit: string | null; officerId: number | null; officer: string | null; importId: number | null; closedAt: Date | null
  level: Level; grade: Grade; summary: string; funding: string; budgetTwd: number; startOn: Day; finishOn: Day; finishedOn: Day | null; listedOn: Day; delistedOn: Day | null; public: boolean
  months: MonthFile[]
  milestones: { id: number; title: string; plannedOn: Day; reachedOn: Day | null }[]
  overrides: { state: State; reason: string; fromOn: Day; untilOn: Day; by: string | null }[]
  /** the newest first; `months`: the plan and its judgements as they were before, null for those changed before they were kept */
  replans: { changedOn: Day; reason: string; finishOn: Day; budgetTwd: number; by: string | null; months: ReplacedMonth[] | null }[]
  ended: string | null
}

/** A project whole. Not found when the person may not see it. */
export async function findProject(reader: Reader, person: Person, number: string): Promise<ProjectFile> {
  const { rows } = await sql<ProjectFile>`
    select c.id, c.number, c.title, c.stage, c.outcome, c.unit_id as "unitId", u.name as unit, c.officer_id as "officerId", o.name as officer, c.import_id as "importId", c.closed_at as "closedAt",
      p.level, p.grade, p.summary, p.funding, p.budget_twd as "budgetTwd", p.start_on as "startOn", p.finish_on as "finishOn", p.finished_on as "finishedOn", p.listed_on as "listedOn", p.delisted_on as "delistedOn", p.public,
      coalesce((select jsonb_agg(jsonb_build_object('id', k.id, 'title', k.title, 'plannedOn', k.planned_on, 'reachedOn', k.reached_on) order by k.position) from project_milestones k where k.case_id = c.id), '[]') as milestones,
      coalesce((select jsonb_agg(jsonb_build_object('state', v.state, 'reason', v.reason, 'fromOn', v.from_on, 'untilOn', v.until_on, 'by', w.name) order by v.id desc) from project_overrides v left join people w on w.id = v.person_id where v.case_id = c.id), '[]') as overrides,
      coalesce((select jsonb_agg(jsonb_build_object('changedOn', r.changed_on, 'reason', r.reason, 'finishOn', r.finish_on, 'budgetTwd', r.budget_twd, 'by', w.name, 'months', r.months) order by r.id desc) from project_replans r left join people w on w.id = r.person_id where r.case_id = c.id), '[]') as replans,
      (select a.note from assignments a where a.case_id = c.id and a.ended_as = 'closed' order by a.id desc limit 1) as ended
    from cases c join projects p on p.id = c.id left join units u on u.id = c.unit_id left join people o on o.id = c.officer_id
    where c.kind = ${caseKind} and c.number = ${number} and ${visibleTo(person)}`.execute(reader)
  const file = rows[0]
  if (!file) throw new NotFound('找不到這件列管計畫')
  const months = await sql<MonthFile>`
    select m.month, m.planned, m.planned_twd as "plannedTwd", m.actual, m.actual_twd as "actualTwd", m.work, m.reason, m.measure, m.report_state as "reportState", m.returned_note as "returnedNote", w.name as by,
      m.reported_at as "reportedAt", m.state, m.slip, m.slip_days as "slipDays", m.slip_twd as "slipTwd", m.rule, m.explanation, m.warning
    from project_months m left join people w on w.id = m.reported_by where m.case_id = ${file.id} order by m.month`.execute(reader)
  return { ...file, months: months.rows }
}

export type Round = { month: string; dueOn: Day; openedAt: Date; chasedAt: Date | null; publishedAt: Date | null; all: number; reported: number; returned: number; checked: number }

const roundCounts = (person: Person): RawBuilder<unknown> => sql`
  select r.month, r.due_on as "dueOn", r.opened_at as "openedAt", r.chased_at as "chasedAt", r.published_at as "publishedAt", count(m.id)::int as all,
    (count(*) filter (where m.report_state = 'reported'))::int as reported, (count(*) filter (where m.report_state = 'returned'))::int as returned, (count(*) filter (where m.report_state = 'checked'))::int as checked
  from control_rounds r
  left join (select m.id, m.month, m.report_state from project_months m join projects p on p.id = m.case_id join cases c on c.id = p.id
    where ${visibleTo(person)} and ${owes}) m on m.month = r.month`

export async function findRounds(reader: Reader, person: Person): Promise<Round[]> {
  return (await sql<Round>`${roundCounts(person)} group by r.id order by r.month desc limit 60`.execute(reader)).rows
}

export async function findRound(reader: Reader, person: Person, month: string): Promise<Round> {
  const { rows } = await sql<Round>`${roundCounts(person)} where r.month = ${month} group by r.id`.execute(reader)
  if (!rows[0]) throw new NotFound('這個月還沒有開始填報')
  return rows[0]
}

export type RoundProject = { number: string; title: string; unit: string | null; officer: string | null; planned: number; actual: number | null; state: State | null; reportState: ReportState | null; warning: string | null }

/** The projects of a round, those that wait for somebody first. */
export async function findRoundProjects(reader: Reader, person: Person, month: string): Promise<RoundProject[]> {
  const { rows } = await sql<RoundProject>`
    select c.number, c.title, u.name as unit, o.name as officer, m.planned, m.actual, m.state, m.report_state as "reportState", m.warning
    from project_months m join projects p on p.id = m.case_id join cases c on c.id = p.id left join units u on u.id = c.unit_id left join people o on o.id = c.officer_id
    where m.month = ${month} and ${visibleTo(person)} and ${owes}
    order by array_position(array['reported', 'returned', null, 'checked'], m.report_state), u.code, c.number`.execute(reader)
  return rows
}

/** By month of an open round: projects of these units (null: of all) without a report, or whose report was given back. */
export async function countToReport(reader: Reader, unitIds: readonly number[] | null): Promise<{ month: string; count: number }[]> {
  const { rows } = await sql<{ month: string; count: number }>`
    select r.month, count(*)::int as count from control_rounds r join project_months m on m.month = r.month and (m.report_state is null or m.report_state = 'returned')
    join projects p on p.id = m.case_id and p.delisted_on is null and ${owes} join cases c on c.id = p.id
    where r.published_at is null and ${unitIds === null ? sql`true` : sql`c.unit_id = any(${unitIds}::bigint[])`} group by r.month order by r.month`.execute(reader)
  return rows
}

export async function countToCheck(reader: Reader): Promise<number> {
  return (await sql<{ count: number }>`select count(*)::int as count from project_months where report_state = 'reported'`.execute(reader)).rows[0]!.count
}

