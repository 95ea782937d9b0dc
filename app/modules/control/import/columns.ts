import { parseTwd } from '../../../core/money.ts'
import { clip, dayCell, key, labelled, text, yesOrNo } from '../../../core/tabular/cells.ts'
import { type Columns, naming, optional, type Parse, required } from '../../../core/tabular/schema.ts'
import type { Day } from '../../../core/time.ts'
import { parseMonth, parsePercent } from '../plan-input.ts'
import { type Grade, grades, type Level, levels, type Outcome, outcomes } from '../schema.ts'

/** One row of projects.csv: one project under watch. */
export type ProjectCells = {
  number: string; title: string; level: Level; grade: Grade | null; unit: string; budgetTwd: number; funding: string | null; startOn: Day; finishOn: Day; finishedOn: Day | null; listedOn: Day; delistedOn: Day | null
  outcome: Outcome | null; summary: string | null; milestones: string | null; isPublic: boolean | null
}
/** One row of project-months.csv: one month of one project. */
export type MonthCells = { project: string; month: string; planned: number; plannedTwd: number | null; actual: number | null; actualTwd: number | null; work: string | null; reason: string | null; measure: string | null; reportedOn: Day | null }

const byLabel = <K extends string>(labels: Record<K, string>) => labelled(new Map(Object.entries<string>(labels).map(([code, label]) => [label, code as K])))
const money: Parse<number> = (cell) => {
  const twd = parseTwd(cell)
  return twd === null ? { reason: `「${clip(cell)}」不是金額，例如 12,000,000 或 1,200萬` } : { value: twd }
}
const percent: Parse<number> = (cell) => {
  const value = parsePercent(cell)
  return value === null ? { reason: `「${clip(cell)}」不是 0 到 100、最多四位小數的進度` } : { value }
}
const month: Parse<string> = (cell) => {
  const found = parseMonth(cell)
  return found === null ? { reason: `「${clip(cell)}」不是月份，例如 110/4` } : { value: found }
}

export const projectColumns: Columns<ProjectCells> = {
  number: naming('案號', key(40)), title: required('計畫名稱', key(200)), level: required('類別', byLabel(levels)), grade: optional('列管級別', byLabel(grades)), unit: required('主辦單位', key(100)),
  budgetTwd: required('總經費', money), funding: optional('經費來源', key(200)), startOn: required('開始日期', dayCell), finishOn: required('完成期限', dayCell), finishedOn: optional('完成日期', dayCell),
  listedOn: required('列管日期', dayCell), delistedOn: optional('撤管日期', dayCell), outcome: optional('撤管原因', byLabel(outcomes)), summary: optional('計畫概要', text(5000)), milestones: optional('查核點', text(20_000)),
  isPublic: optional('公開', yesOrNo),
}
export const monthColumns: Columns<MonthCells> = {
  project: required('案號', key(40)), month: required('月份', month), planned: required('預定進度', percent), plannedTwd: optional('預定支用', money), actual: optional('實際進度', percent), actualTwd: optional('實際支用', money),
  work: optional('辦理情形', text(5000)), reason: optional('落後原因', text(5000)), measure: optional('因應對策', text(5000)), reportedOn: optional('填報日期', dayCell),
}
export const projectColumnNames = Object.values(projectColumns).map(({ name }) => name)
export const monthColumnNames = Object.values(monthColumns).map(({ name }) => name)
