import { sql } from 'kysely'
import { caseRow } from '../../../core/cases/open.ts'
import type { Tx } from '../../../core/db.ts'
import { indexCase } from '../../../core/search/search.ts'
import { caseImporter, type CaseToChange } from '../../../core/tabular/case-import.ts'
import { type CheckedRow, rowProblem } from '../../../core/tabular/schema.ts'
import type { Problem } from '../../../core/tabular/table.ts'
import { type Day, dayOf, parseInstant } from '../../../core/time.ts'
import { judgeAgain } from '../months.ts'
import { parseMilestones } from '../plan-input.ts'
import { caseKind, numberPrefix } from '../schema.ts'
import '../tables.ts'
import { type ProjectCells, projectColumnNames, projectColumns } from './columns.ts'

type ProjectRow = ProjectCells & { unitId: number; reached: { title: string; plannedOn: Day; reachedOn: Day | null }[] }

/** projects.csv: projects under watch, without their months (project-months.csv). */
export const projectsImporter = caseImporter<ProjectCells, ProjectRow>({ name: 'projects', title: '列管計畫', kind: caseKind, prefix: numberPrefix, columns: projectColumns, columnNames: projectColumnNames, check, textOf, add, change })

async function check(tx: Tx, rows: CheckedRow<ProjectCells>[], { now }: { now: Date }) {
  const units = await tx.selectFrom('units').select(['id', 'code', 'name']).execute()
  const problems: Problem[] = []
  const good: CheckedRow<ProjectRow>[] = []
  for (const at of rows) {
    const { unit: written, startOn, finishOn, finishedOn, listedOn, delistedOn, outcome } = at.value
    const unit = units.find(({ code, name }) => code === written || name === written)
    const reached = readMilestones(at.value.milestones)
    const found: [string, string][] = [
      ...(unit ? [] : [['主辦單位', `沒有「${written}」這個單位，請先匯入 units.csv`] as [string, string]]),
      ...(finishOn < startOn ? [['完成期限', '在開始日期以前'] as [string, string]] : []),
      ...(finishedOn && finishedOn < startOn ? [['完成日期', '在開始日期以前'] as [string, string]] : []),
      ...(listedOn > dayOf(now) ? [['列管日期', '在今天以後'] as [string, string]] : []),
      ...(delistedOn && delistedOn < listedOn ? [['撤管日期', '在列管日期以前'] as [string, string]] : []),
      ...(delistedOn && delistedOn > dayOf(now) ? [['撤管日期', '在今天以後'] as [string, string]] : []),
      ...(delistedOn && !outcome ? [['撤管原因', '填了撤管日期就要填'] as [string, string]] : []),
      ...(!delistedOn && outcome ? [['撤管日期', '填了撤管原因就要填'] as [string, string]] : []),
      ...('problem' in reached ? [['查核點', reached.problem] as [string, string]] : []),
    ]
    for (const [column, reason] of found) problems.push(rowProblem(at, column, reason))
    if (!found.length) good.push({ ...at, value: { ...at.value, unitId: unit!.id, reached: 'problem' in reached ? [] : reached.milestones } })
  }
  return { rows: good, problems, notices: [] }
}

/** Milestones, a line each: `110/6/30 完成設計`, or `110/6/30 完成設計（110/7/2 達成）`. */
function readMilestones(written: string | null): { milestones: ProjectRow['reached'] } | { problem: string } {
  const reached = new Map<string, Day>()
  const plain = (written ?? '').split('\n').map((line) => line.replace(/[（(]([^（）()]*?)\s*達成[）)]\s*$/, (_, on: string) => {
    const instant = parseInstant(on)
    if (instant) reached.set(line.trim(), dayOf(instant))
    return ''
  }))
  const parsed = parseMilestones(plain.join('\n'))
  if ('problem' in parsed) return parsed
  const days = [...reached].map(([line, on]) => ({ line, on }))
  return { milestones: parsed.milestones.map((one) => ({ ...one, reachedOn: days.find(({ line }) => line.includes(one.title))?.on ?? null })) }
}

function textOf(row: ProjectRow, field: keyof ProjectCells & string): string {
  const value = field === 'unit' ? row.unitId : row[field]
  return value === null || value === false ? '' : String(value)
}

const morning = (day: Day): Date => parseInstant(`${day} 09:00`)!
const evening = (day: Day, now: Date): Date => new Date(Math.min(parseInstant(`${day} 17:00`)!.getTime(), now.getTime()))

/** A project is known from the evening of the day it was listed; that it ended, from the evening of that day. */
async function add(tx: Tx, importId: number, rows: readonly ProjectRow[], now: Date): Promise<void> {
  for (const row of rows) {
    const [listed, ended] = [evening(row.listedOn, now), row.delistedOn && evening(row.delistedOn, now)]
    const { id } = await tx
      .insertInto('cases')
      .values({
        ...caseRow({ kind: caseKind, number: row.number, title: row.title, stage: ended ? 'closed' : 'controlled', unitId: row.unitId, receivedAt: morning(row.listedOn), registeredAt: morning(row.listedOn), importId, closed: ended && { at: ended, outcome: row.outcome! } }),
        sys_from: ended ?? listed,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await tx.insertInto('projects').values({ id, ...detailOf(row), delisted_on: row.delistedOn, sys_from: ended ?? listed }).execute()
    if (ended && ended > listed) await keepOpenVersion(tx, id, listed, ended)
    if (row.reached.length) await tx.insertInto('project_milestones').values(milestonesOf(id, row, listed)).execute()
    await tx.insertInto('assignments').values({ case_id: id, unit_id: row.unitId, role: 'lead', officer_id: null, from_at: morning(row.listedOn), until_at: ended, ended_as: ended && 'closed', note: null, sys_from: ended ?? listed }).execute()
    await indexCase(tx, id, [row.title, row.summary])
    await tx.insertInto('events').values(eventsOf(id, importId, row, listed, ended)).execute()
  }
}

/** What was believed from listing to the end of control: the case open. */
async function keepOpenVersion(tx: Tx, id: number, listed: Date, ended: Date): Promise<void> {
  await sql`insert into windlion_history.cases select (jsonb_populate_record(null::windlion_history.cases,
    to_jsonb(c) || jsonb_build_object('stage', 'controlled', 'closed_at', null, 'outcome', null, 'sys_from', ${listed}::timestamptz, 'sys_to', ${ended}::timestamptz))).* from cases c where c.id = ${id}`.execute(tx)
  await sql`insert into windlion_history.projects select (jsonb_populate_record(null::windlion_history.projects,
    to_jsonb(p) || jsonb_build_object('delisted_on', null, 'sys_from', ${listed}::timestamptz, 'sys_to', ${ended}::timestamptz))).* from projects p where p.id = ${id}`.execute(tx)
}

const detailOf = (row: ProjectRow) => ({
  level: row.level, grade: row.grade ?? ('county' as const), summary: row.summary ?? '', budget_twd: row.budgetTwd, funding: row.funding ?? '', start_on: row.startOn, finish_on: row.finishOn, finished_on: row.finishedOn,
  listed_on: row.listedOn, public: row.isPublic ?? true,
})
const milestonesOf = (caseId: number, row: ProjectRow, at: Date) => row.reached.map(({ title, plannedOn, reachedOn }, i) => ({ case_id: caseId, position: i + 1, title, planned_on: plannedOn, reached_on: reachedOn, sys_from: at }))

function eventsOf(caseId: number, importId: number, row: ProjectRow, listed: Date, ended: Date | null) {
  const event = (kind: string, happenedAt: Date, recordedAt: Date, from: string | null, to: string | null, payload: object = {}) => ({
    kind, happened_at: happenedAt, recorded_at: recordedAt, case_id: caseId, person_id: null, on_behalf_of: null, from_stage: from, to_stage: to, payload: JSON.stringify({ ...payload, import: importId }) as never,
  })
  return [
    event('project.listed', morning(row.listedOn), listed, null, 'controlled', { level: row.level }),
    event('project.registered', morning(row.listedOn), listed, null, null, { number: row.number }),
    ...(ended ? [event('project.delisted', ended, ended, 'controlled', 'closed', { outcome: row.outcome })] : []),
  ]
}

/** --update: put right, recorded now; what was believed before stays in the history. */
async function change(tx: Tx, importId: number, { id, row, fields }: CaseToChange<ProjectRow>, now: Date): Promise<void> {
  const before = await tx.selectFrom('cases').select('stage').where('id', '=', id).executeTakeFirstOrThrow()
  const stage = row.delistedOn ? 'closed' : 'controlled'
  await tx.updateTable('projects').set({ ...detailOf(row), delisted_on: row.delistedOn }).where('id', '=', id).execute()
  await tx.updateTable('cases').set({ title: row.title, unit_id: row.unitId, stage, closed_at: row.delistedOn && evening(row.delistedOn, now), outcome: row.outcome }).where('id', '=', id).execute()
  await tx.deleteFrom('project_milestones').where('case_id', '=', id).execute()
  if (row.reached.length) await tx.insertInto('project_milestones').values(milestonesOf(id, row, now)).execute()
  await judgeAgain(tx, id)
  await indexCase(tx, id, [row.title, row.summary])
  const moved = before.stage !== stage
  await tx
    .insertInto('events')
    .values({ kind: 'project.corrected', happened_at: now, recorded_at: now, case_id: id, person_id: null, on_behalf_of: null, from_stage: moved ? before.stage : null, to_stage: moved ? stage : null, payload: JSON.stringify({ import: importId, fields }) as never })
    .execute()
}
