import type { Tx } from '../../../core/db.ts'
import type { CheckedImport, Importer, ImportFile, ImportOptions } from '../../../core/tabular/import.ts'
import { type CheckedRow, checkTable, rowProblem } from '../../../core/tabular/schema.ts'
import type { Problem } from '../../../core/tabular/table.ts'
import { type Day, dayOf, monthOf, parseInstant, rocDay, rocMonth, startOf } from '../../../core/time.ts'
import { endOfMonth, type MonthPoint } from '../judge.ts'
import { findLightRules } from '../light-rules.ts'
import { extendMonths, findPoints, judgementOf } from '../months.ts'
import { caseKind } from '../schema.ts'
import '../tables.ts'
import { type MonthCells, monthColumnNames, monthColumns } from './columns.ts'

/** project-months.csv: plan and reports of projects, a row a month. */
export const monthsImporter: Importer = { as: 'operator', name: 'project-months', title: '列管計畫月進度', columnNames: monthColumnNames, check }

type Project = { id: number; number: string; startOn: Day; finishOn: Day; budgetTwd: number; finishedOn: Day | null; listedOn: Day }
type Known = { id: number; case_id: number; month: string; planned: number; planned_twd: number; actual: number | null; actual_twd: number | null; work: string; reason: string; measure: string }
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
  const courses = coursesOf(cells, projects, known)
  const seen = new Set<string>()
  const plan: { add: Row[]; change: Row[]; unchanged: number } = { add: [], change: [], unchanged: 0 }
  for (const at of cells) {
    const { value } = at
    const project = projects.get(value.project)
    const found = [...reasonsAgainst(value, project, dayOf(options.now)), ...(project ? reasonsInCourse(value, project, courses.get(project.id)!) : [])]
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

/** The months of each project as they will be: those of the files, and those that are there already. */
function coursesOf(cells: readonly CheckedRow<MonthCells>[], projects: ReadonlyMap<string, Project>, known: ReadonlyMap<string, Known>): Map<number, MonthPoint[]> {
  const points = new Map([...projects.values()].map(({ id }) => [id, new Map<string, MonthPoint>()]))
  for (const { case_id: id, month, planned, planned_twd: plannedTwd, actual, actual_twd: actualTwd } of known.values()) points.get(id)!.set(month, { month, planned, plannedTwd, actual, actualTwd })
  for (const { value: { project, month, planned, plannedTwd, actual, actualTwd } } of cells) points.get(projects.get(project)?.id ?? 0)?.set(month, { month, planned, plannedTwd: plannedTwd ?? 0, actual, actualTwd })
  return new Map([...points].map(([id, months]) => [id, [...months.values()].toSorted((a, b) => (a.month < b.month ? -1 : 1))]))
}

/** What the screens refuse too (plan-input.ts, report.ts): what is cumulative never falls, and beyond the last day there is nothing to be planned but 100 %. */
function reasonsInCourse(row: MonthCells, { finishOn, finishedOn, budgetTwd }: Project, course: readonly MonthPoint[]): [string, string][] {
  const earlier = course.filter(({ month }) => month < row.month)
  const planned = earlier.at(-1)
  const reported = earlier.findLast(({ actual }) => actual !== null)
  const spent = earlier.findLast(({ actualTwd }) => actualTwd !== null)
  const found: [string, string][] = []
  if (planned && row.planned < planned.planned) found.push(['預定進度', `比${rocMonth(planned.month)}的 ${planned.planned}% 少；進度是累計的`])
  if (planned && (row.plannedTwd ?? 0) < planned.plannedTwd) found.push(['預定支用', `比${rocMonth(planned.month)}少；支用是累計的`])
  if ((row.plannedTwd ?? 0) > budgetTwd) found.push(['預定支用', '超過總經費'])
  if (row.actual !== null && reported && row.actual < reported.actual!) found.push(['實際進度', `比${rocMonth(reported.month)}的 ${reported.actual}% 少；進度是累計的`])
  if (row.actualTwd !== null && spent && row.actualTwd < spent.actualTwd!) found.push(['實際支用', `比${rocMonth(spent.month)}少；支用是累計的`])
  if (row.actual === 100 && !finishedOn) found.push(['實際進度', '100% 時，projects.csv 要有完成日期'])
  if (row.month > monthOf(finishOn) && row.planned !== 100) found.push(['預定進度', `在完成期限 ${rocDay(finishOn)}以後，只能是 100`])
  if (row.month > monthOf(finishOn) && finishedOn && row.month > monthOf(finishedOn)) found.push(['月份', `在完成期限和完成日期 ${rocDay(finishedOn)}以後`])
  return found
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
  const rows = await tx.selectFrom('cases as c').innerJoin('projects as p', 'p.id', 'c.id').select(['c.id', 'c.number', 'p.start_on as startOn', 'p.finish_on as finishOn', 'p.budget_twd as budgetTwd', 'p.finished_on as finishedOn', 'p.listed_on as listedOn']).where('c.kind', '=', caseKind)
    .where((eb) => eb('c.number', '=', eb.fn.any(eb.val(numbers)))).execute()
  return new Map(rows.map((row) => [row.number!, row as Project]))
}

async function findKnown(tx: Tx, ids: number[]): Promise<Map<string, Known>> {
  const rows = await tx.selectFrom('project_months').select(['id', 'case_id', 'month', 'planned', 'planned_twd', 'actual', 'actual_twd', 'work', 'reason', 'measure']).where((eb) => eb('case_id', '=', eb.fn.any(eb.val(ids)))).execute()
  return new Map(rows.map((row) => [`${row.case_id} ${row.month}`, row]))
}
