import { sql } from 'kysely'
import type { Reader, Tx } from '../../core/db.ts'
import { addDays, monthOf, type Day } from '../../core/time.ts'
import { endOfMonth, judge, type LightRule, type MonthPoint, type Plan } from './judge.ts'
import { findLightRules } from './light-rules.ts'
import { monthsBetween } from './plan-input.ts'
import type { MonthFile } from './queries.ts'
import type { ReplacedMonth } from './tables.ts'

/** All months of a project's plan in order, with what was reported of them. */
export async function findPoints(reader: Reader, caseId: number): Promise<MonthPoint[]> {
  const { rows } = await sql<MonthPoint>`select month, planned::float8, planned_twd::float8 as "plannedTwd", actual::float8, actual_twd::float8 as "actualTwd" from project_months where case_id = ${caseId} order by month`.execute(reader)
  return rows
}

/** Writes beside each report from `from` on what the rule says of it; after a report, a new plan or the day it was finished. */
export async function judgeAgain(tx: Tx, caseId: number, from = ''): Promise<void> {
  const project = await tx.selectFrom('projects').select(['start_on as startOn', 'finish_on as finishOn', 'finished_on as finishedOn']).where('id', '=', caseId).executeTakeFirstOrThrow()
  const [points, rules] = [await findPoints(tx, caseId), await findLightRules(tx)]
  for (const { month, actual } of points) {
    if (month < from || actual === null) continue
    await tx.updateTable('project_months').set(judgementOf(project, points, month, rules)).where('case_id', '=', caseId).where('month', '=', month).execute()
  }
}

/** The columns that hold a judgement. */
export function judgementOf(plan: Plan, points: readonly MonthPoint[], month: string, rules: readonly LightRule[]) {
  const { state, slip, slipDays, slipTwd, rule, explanation, warning } = judge(plan, points, month, rules)
  return { state, slip, slip_days: slipDays, slip_twd: slipTwd, rule, explanation, warning }
}

/** The month before the one of `today`: the one that is reported now. */
export function monthBefore(today: Day): string {
  const [year, month] = monthOf(today).split('-').map(Number) as [number, number]
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`
}

/** A unit may report a month that has ended, or that ends within a week. */
export const lastReportable = (today: Day): string => monthOf(endOfMonth(monthOf(today)) <= addDays(today, 6) ? today : endOfMonth(monthBefore(today)))

/**
 * A project under watch that is past its last day and not finished has a month still, with 100 % planned, so that it is reported, judged and chased until it is finished or delisted. Writes those that are
 * missing up to `until` (YYYY-MM; null: the newest round), of one project or of all.
 */
export async function extendMonths(tx: Tx, until: string | null = null, caseId: number | null = null): Promise<void> {
  await sql`
    insert into project_months (case_id, month, planned, planned_twd)
    select p.id, to_char(of, 'YYYY-MM'), 100, coalesce((select w.planned_twd from project_months w where w.case_id = p.id and w.month <= to_char(p.finish_on, 'YYYY-MM') order by w.month desc limit 1), 0)
    from projects p join cases c on c.id = p.id
    cross join lateral generate_series(date_trunc('month', greatest(p.finish_on + interval '1 month', p.listed_on::timestamp)), (coalesce(${until}::text, (select max(month) from control_rounds)) || '-01')::timestamp, interval '1 month') of
    where c.stage = 'controlled' and p.finished_on is null and (${caseId}::bigint is null or p.id = ${caseId}::bigint)
    on conflict (case_id, month) do nothing`.execute(tx)
}

/** The plan by which the project was first put under watch, where it was changed since and kept. */
export const firstPlan = ({ replans }: { replans: readonly { months: ReplacedMonth[] | null }[] }): ReplacedMonth[] | null => replans.at(-1)?.months ?? null

/** How a month was judged before the plan was changed, where that is not how it is judged now; null otherwise. `replans`: the newest first. */
export function judgedThen({ replans }: { replans: readonly { months: ReplacedMonth[] | null }[] }, { month, state }: Pick<MonthFile, 'month' | 'state'>): ReplacedMonth | null {
  const then = replans.findLast(({ months }) => months?.some((each) => each.month === month && each.state))?.months?.find((each) => each.month === month)
  return then && then.state !== state ? then : null
}

type Watched = { stage: string; finishOn: Day; finishedOn: Day | null; listedOn: Day; months: MonthFile[] }

/** The project's months with those that extendMonths will write when one is reported or its round opens. */
export function withMonthsBeyond<F extends Watched>(file: F, today: Day): F {
  const last = file.months.at(-1)
  if (file.stage !== 'controlled' || file.finishedOn || !last) return file
  const from = [monthOf(addDays(endOfMonth(monthOf(file.finishOn)), 1)), monthOf(file.listedOn)].toSorted().at(-1)!
  const missing = monthsBetween(from, lastReportable(today)).filter((month) => !file.months.some((each) => each.month === month))
  const empty = { planned: 100, plannedTwd: last.plannedTwd, actual: null, actualTwd: null, work: '', reason: '', measure: '', reportState: null, returnedNote: null, by: null, reportedAt: null, state: null, slip: null, slipDays: null, slipTwd: null, rule: null, explanation: [], warning: null }
  return { ...file, months: [...file.months, ...missing.map((month): MonthFile => ({ month, ...empty }))].toSorted((a, b) => (a.month < b.month ? -1 : 1)) }
}
