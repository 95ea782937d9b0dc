import type { Tx } from '../../../core/db.ts'
import type { CheckedImport, Importer, ImportFile, ImportOptions } from '../../../core/tabular/import.ts'
import { type CheckedRow, checkTable, rowProblem } from '../../../core/tabular/schema.ts'
import type { Problem } from '../../../core/tabular/table.ts'
import { type Day, dayOf, parseInstant, startOf } from '../../../core/time.ts'
import { endOfMonth } from '../judge.ts'
import { findLightRules } from '../light-rules.ts'
import { extendMonths, findPoints, judgementOf } from '../months.ts'
import { caseKind } from '../schema.ts'
import '../tables.ts'
import { type MonthCells, monthColumnNames, monthColumns } from './columns.ts'

/** project-months.csv: plan and reports of projects, a row a month. */
export const monthsImporter: Importer = { as: 'operator', name: 'project-months', title: '列管計畫月進度', columnNames: monthColumnNames, check }

type Project = { id: number; number: string; startOn: Day; finishOn: Day; finishedOn: Day | null; listedOn: Day }
type Known = { id: number; planned: number; planned_twd: number; actual: number | null; actual_twd: number | null; work: string; reason: string; measure: string }
type Row = { caseId: number; cells: MonthCells; before: Known | undefined }

async function check(tx: Tx, files: ImportFile[], options: ImportOptions): Promise<CheckedImport> {
  const problems: Problem[] = []
  const cells: CheckedRow<MonthCells>[] = []
  for (const file of files) {
    if (!file.table) continue
    const checked = checkTable(file.table, monthColumns, file.problems)
    problems.push(...checked.problems)
    cells.push(...checked.rows)
  }
  const projects = await findProjects(tx, [...new Set(cells.map(({ value }) => value.project))])
  const known = await findKnown(tx, [...projects.values()].map(({ id }) => id))
  const seen = new Set<string>()
  const plan: { add: Row[]; change: Row[]; unchanged: number } = { add: [], change: [], unchanged: 0 }
  for (const at of cells) {
    const { value } = at
    const project = projects.get(value.project)
    const found = reasonsAgainst(value, project, dayOf(options.now))
    const name = `${value.project} ${value.month}`
    if (seen.has(name)) found.push(['月份', `「${name}」重複`])
    seen.add(name)
    const before = project && known.get(`${project.id} ${value.month}`)
    const isSame = before !== undefined && sameAs(before, value)
    if (before && !isSame && !options.update) found.push(['月份', `與先前的「${name}」不同，確定要更改請加上 --update`])
    for (const [column, reason] of found) problems.push(rowProblem(at, column, reason))
    if (found.length) continue
    if (isSame) plan.unchanged++
    else (before ? plan.change : plan.add).push({ caseId: project!.id, cells: value, before })
  }
  return { problems, notices: [], load: () => load(tx, plan, projects, options.now) }
}

function reasonsAgainst(row: MonthCells, project: Project | undefined, today: Day): [string, string][] {
  if (!project) return [['案號', `沒有「${row.project}」這件列管計畫，請先匯入 projects.csv`]]
  const reasons: [string, string][] = []
  if (row.month < project.startOn.slice(0, 7)) reasons.push(['月份', '在計畫開始以前'])
  if (row.actual === null && (row.actualTwd !== null || row.work || row.reason || row.measure || row.reportedOn)) reasons.push(['實際進度', '填了辦理情形或支用，就要填實際進度'])
  if (row.actual !== null && row.month > today.slice(0, 7)) reasons.push(['月份', '還沒有到，不能有實際進度'])
  if (row.reportedOn && row.reportedOn > today) reasons.push(['填報日期', '在今天以後'])
  return reasons
}

const sameAs = (before: Known, row: MonthCells): boolean =>
  before.planned === row.planned && before.planned_twd === (row.plannedTwd ?? 0) && before.actual === row.actual && before.actual_twd === row.actualTwd && before.work === (row.work ?? '') && before.reason === (row.reason ?? '') && before.measure === (row.measure ?? '')

/** Each report is judged by the whole plan, that of this file with what was there. A plan is known from the listing on, a report from its own evening. */
async function load(tx: Tx, plan: { add: Row[]; change: Row[]; unchanged: number }, projects: ReadonlyMap<string, Project>, now: Date) {
  const rules = await findLightRules(tx)
  for (const [caseId, rows] of Map.groupBy([...plan.add, ...plan.change], (row) => row.caseId)) {
    const project = [...projects.values()].find(({ id }) => id === caseId)!
    const written = new Map(rows.map(({ cells }) => [cells.month, cells]))
    const points = [
      ...(await findPoints(tx, caseId)).filter(({ month }) => !written.has(month)),
      ...[...written.values()].map(({ month, planned, plannedTwd, actual, actualTwd }) => ({ month, planned, plannedTwd: plannedTwd ?? 0, actual, actualTwd })),
    ].toSorted((one, other) => (one.month < other.month ? -1 : 1))
    const columns = (cells: MonthCells) => columnsOf(cells, reportedAt(cells, now), cells.actual === null ? null : judgementOf(project, points, cells.month, rules))
    const added = rows.filter(({ before }) => !before).map(({ cells }) => ({ case_id: caseId, month: cells.month, ...columns(cells), returned_note: null, reported_by: null, sys_from: cells.actual === null ? startOf(project.listedOn) : reportedAt(cells, now) }))
    if (added.length) await tx.insertInto('project_months').values(added).execute()
    for (const { cells, before } of rows) if (before) await tx.updateTable('project_months').set(columns(cells)).where('id', '=', before.id).execute()
    await extendMonths(tx, null, caseId)
    await tx.insertInto('events').values({ kind: 'project.months-imported', happened_at: now, recorded_at: now, case_id: caseId, person_id: null, on_behalf_of: null, from_stage: null, to_stage: null, payload: JSON.stringify({ months: rows.length }) as never }).execute()
  }
  return { added: plan.add.length, changed: plan.change.length, unchanged: plan.unchanged }
}

const reportedAt = ({ month, reportedOn }: MonthCells, now: Date): Date => new Date(Math.min(parseInstant(`${reportedOn ?? endOfMonth(month)} 17:00`)!.getTime(), now.getTime()))
const noJudgement = { state: null, slip: null, slip_days: null, slip_twd: null, rule: null, explanation: [] as string[], warning: null }
const columnsOf = (row: MonthCells, at: Date, judged: ReturnType<typeof judgementOf> | null) => ({
  planned: row.planned, planned_twd: row.plannedTwd ?? 0, actual: row.actual, actual_twd: row.actualTwd, work: row.work ?? '', reason: row.reason ?? '', measure: row.measure ?? '',
  report_state: row.actual === null ? null : ('checked' as const), reported_at: row.actual === null ? null : at, ...(judged ?? noJudgement),
})

async function findProjects(tx: Tx, numbers: string[]): Promise<Map<string, Project>> {
  const rows = await tx.selectFrom('cases as c').innerJoin('projects as p', 'p.id', 'c.id').select(['c.id', 'c.number', 'p.start_on as startOn', 'p.finish_on as finishOn', 'p.finished_on as finishedOn', 'p.listed_on as listedOn']).where('c.kind', '=', caseKind)
    .where((eb) => eb('c.number', '=', eb.fn.any(eb.val(numbers)))).execute()
  return new Map(rows.map((row) => [row.number!, row as Project]))
}

async function findKnown(tx: Tx, ids: number[]): Promise<Map<string, Known>> {
  const rows = await tx.selectFrom('project_months').select(['id', 'case_id', 'month', 'planned', 'planned_twd', 'actual', 'actual_twd', 'work', 'reason', 'measure']).where((eb) => eb('case_id', '=', eb.fn.any(eb.val(ids)))).execute()
  return new Map(rows.map((row) => [`${row.case_id} ${row.month}`, row]))
}
