import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../../core/db.ts'
import type { Person } from '../../core/identity/permissions.ts'
import { evidenceCount } from '../../core/procedure/evidence.tsx'
import { type CaseFileRow, findCaseFiles } from '../../core/procedure/case-files.ts'
import { type ShownStep, stepsOfCase } from '../../core/procedure/shown.ts'
import { type Day, monthOf } from '../../core/time.ts'
import { isObjected, type Joint, jointOf, visibleTo } from './item.ts'
import { type Outcome, type Stage, stages } from './schema.ts'
import './tables.ts'

export type Programme = { id: number; year: number; title: string; basis: string; plans: number; items: number }

/** Programmes, the newest year first. */
export async function findProgrammes(reader: Reader): Promise<Programme[]> {
  return (await sql<Programme>`
    select g.id, g.roc_year as year, g.title, g.basis, (select count(*)::int from relief_plans p where p.programme_id = g.id) as plans,
      (select count(*)::int from relief_items i join relief_plans p on p.id = i.plan_id where p.programme_id = g.id) as items
    from relief_programmes g order by g.roc_year desc, g.id desc`.execute(reader)).rows
}

export type Plan = { id: number; number: string; title: string; position: number; programmeId: number; items: number }

export async function findPlans(reader: Reader, programmeId: number): Promise<Plan[]> {
  return (await sql<Plan>`
    select p.id, c.number, c.title, p.position, p.programme_id as "programmeId", (select count(*)::int from relief_items i where i.plan_id = p.id) as items
    from relief_plans p join cases c on c.id = p.id where p.programme_id = ${programmeId} order by p.position`.execute(reader)).rows
}

/** The programme of a plan, by the plan's 案號. */
export async function programmeOfPlan(reader: Reader, number: string): Promise<number | null> {
  return (await sql<{ id: number }>`select p.programme_id as id from relief_plans p join cases c on c.id = p.id where c.number = ${number}`.execute(reader)).rows[0]?.id ?? null
}

/** SQL, lateral over `i` (relief_items): what happened up to a day, and how far it was. */
export const sumsUntil = (on: Day): RawBuilder<unknown> => sql`lateral (
  select coalesce(sum(m.applications), 0)::int as applications, coalesce(sum(m.approved), 0)::int as approved, coalesce(sum(m.spent_twd), 0)::bigint as spent_twd, coalesce(sum(m.forgone_twd), 0)::bigint as forgone_twd,
    coalesce(sum(m.deferred_twd), 0)::bigint as deferred_twd, coalesce(max(m.progress), 0)::float8 as progress, max(m.month) as last_month
  from relief_months m where m.case_id = i.id and m.month <= ${monthOf(on)}) s`

export type ListedItem = {
  number: string; title: string; stage: Stage; outcome: Outcome | null; unit: string | null; planId: number; planNumber: string; planTitle: string; planPosition: number; target: string; targetCount: number | null; finishOn: Day; finishedOn: Day | null
  applications: number; approved: number; spentTwd: number; forgoneTwd: number; deferredTwd: number; progress: number; lastMonth: string | null; evidence: number; joint: Joint[]
}
export type ItemFilter = { programmeId?: number | null; plan?: string | undefined; stage?: string | undefined; unitId?: number | undefined; query?: string | undefined; /** what waits on the first page of the day, of these units (null: of all) */ only?: { what: Only; unitIds: readonly number[] | null } | undefined }
export const onlys = { concur: '等我的單位同意', late: '我的單位過了期限', objected: '協辦單位不同意，等補正' } as const
export type Only = keyof typeof onlys

/** SQL over cases `c`: a joint unit's consent is still missing, or the lead's day is past. */
function waitingOn(what: Only, unitIds: readonly number[] | null, today: Day): RawBuilder<unknown> {
  const own = (column: RawBuilder<unknown>) => (unitIds === null ? sql`true` : sql`${column} = any(${unitIds}::bigint[])`)
  if (what === 'late') return sql`c.stage <> 'closed' and i.finish_on < ${today} and ${own(sql`c.unit_id`)}`
  if (what === 'objected') return sql`${isObjected} and ${own(sql`c.unit_id`)}`
  return sql`c.stage = 'concurring' and exists (select from assignments a where a.case_id = c.id and a.role = 'joint' and a.until_at is null and ${own(sql`a.unit_id`)} and not exists (select from relief_concurrences k where k.case_id = c.id and k.unit_id = a.unit_id))`
}

/** Items of a programme in the order of its plans, with what happened up to that day. A programme has tens, so the whole list is one page. */
export async function findItems(reader: Reader, person: Person, on: Day, filter: ItemFilter): Promise<ListedItem[]> {
  const parts: RawBuilder<unknown>[] = [visibleTo(person)]
  if (filter.programmeId) parts.push(sql`p.programme_id = ${filter.programmeId}`)
  if (filter.only) parts.push(waitingOn(filter.only.what, filter.only.unitIds, on))
  if (filter.plan) parts.push(sql`pc.number = ${filter.plan}`)
  if (filter.stage && Object.hasOwn(stages, filter.stage)) parts.push(sql`c.stage = ${filter.stage}`)
  if (filter.unitId) parts.push(sql`(c.unit_id in (select id from units where id = ${filter.unitId} or bureau_id = ${filter.unitId}) or exists (select from assignments a where a.case_id = c.id and a.role = 'joint' and a.unit_id = ${filter.unitId}))`)
  for (const word of (filter.query ?? '').trim().split(/\s+/).filter(Boolean).slice(0, 5)) parts.push(sql`(c.title || ' ' || c.number || ' ' || i.summary || ' ' || i.target) ilike ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`)
  return (await sql<ListedItem>`
    select c.number, c.title, c.stage, c.outcome, u.name as unit, i.plan_id as "planId", pc.number as "planNumber", pc.title as "planTitle", p.position as "planPosition", i.target, i.target_count as "targetCount", i.finish_on as "finishOn", i.finished_on as "finishedOn",
      s.applications, s.approved, s.spent_twd as "spentTwd", s.forgone_twd as "forgoneTwd", s.deferred_twd as "deferredTwd", s.progress, s.last_month as "lastMonth", ${evidenceCount} as evidence, ${jointOf} as joint
    from relief_items i join cases c on c.id = i.id join relief_plans p on p.id = i.plan_id join cases pc on pc.id = p.id left join units u on u.id = c.unit_id cross join ${sumsUntil(on)}
    where ${sql.join(parts, sql` and `)} order by p.position, i.position`.execute(reader)).rows
}

/** What a list adds up to: each of the three sums by itself. */
export function totalsOf(rows: readonly ListedItem[]) {
  const add = (value: (row: ListedItem) => number) => rows.reduce((sum, row) => sum + value(row), 0)
  return { items: rows.length, done: rows.filter(({ outcome }) => outcome === 'done').length, applications: add((row) => row.applications), approved: add((row) => row.approved), spentTwd: add((row) => row.spentTwd), forgoneTwd: add((row) => row.forgoneTwd), deferredTwd: add((row) => row.deferredTwd) }
}

export type MonthRow = { month: string; applications: number; approved: number; spentTwd: number; forgoneTwd: number; deferredTwd: number; progress: number; source: string | null }
export type ItemFile = {
  unit: string | null; planNumber: string; planTitle: string; programmeId: number; programmeTitle: string; summary: string; target: string; targetCount: number | null; budgetTwd: number | null; finishedOn: Day | null; importId: number | null
  steps: ShownStep[]; months: MonthRow[]; files: CaseFileRow[]
}

/** What an item's page shows besides its state. */
export async function findItemFile(reader: Reader, id: number): Promise<ItemFile> {
  const [{ rows }, files] = await Promise.all([
    sql<Omit<ItemFile, 'files'>>`
      select u.name as unit, pc.number as "planNumber", pc.title as "planTitle", g.id as "programmeId", g.title as "programmeTitle", i.summary, i.target, i.target_count as "targetCount", i.budget_twd as "budgetTwd", i.finished_on as "finishedOn", c.import_id as "importId", ${stepsOfCase},
        coalesce((select jsonb_agg(jsonb_build_object('month', m.month, 'applications', m.applications, 'approved', m.approved, 'spentTwd', m.spent_twd, 'forgoneTwd', m.forgone_twd, 'deferredTwd', m.deferred_twd, 'progress', m.progress, 'source', m.source) order by m.month) from relief_months m where m.case_id = c.id), '[]') as months
      from cases c join relief_items i on i.id = c.id join relief_plans p on p.id = i.plan_id join cases pc on pc.id = p.id join relief_programmes g on g.id = p.programme_id left join units u on u.id = c.unit_id where c.id = ${id}`.execute(reader),
    findCaseFiles(reader, id),
  ])
  return { ...rows[0]!, files }
}

/** For the first page of the day; the lists of the same filter show them. */
export async function countWaiting(reader: Reader, person: Person, what: Only, unitIds: readonly number[] | null, today: Day): Promise<number> {
  return (await sql<{ count: number }>`select count(*)::int as count from cases c join relief_items i on i.id = c.id where ${waitingOn(what, unitIds, today)} and ${visibleTo(person)}`.execute(reader)).rows[0]!.count
}
