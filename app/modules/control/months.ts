import { sql } from 'kysely'
import type { Reader, Tx } from '../../core/db.ts'
import { monthOf, type Day } from '../../core/time.ts'
import { judge, type LightRule, type MonthPoint, type Plan } from './judge.ts'
import { findLightRules } from './light-rules.ts'
import './tables.ts'

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
