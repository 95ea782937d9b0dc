import { sql } from 'kysely'
import { type Db, planned, read, type Reader } from '../db.ts'
import { figureCases } from '../figures/compute.ts'
import { blank, type CaseSet, type FigureCase, type FigureSpan } from '../figures/figure.ts'
import { findFigure } from '../figures/registry.ts'
import type { Person } from '../identity/permissions.ts'
import { isDay, rocDateTime, rocDay } from '../time.ts'
import { answerAll } from './answers.ts'
import { getDeclaredReport } from './declared.ts'
import type { FigureValue } from './document/format.ts'
import type { FigureSource } from './document/model.ts'
import type { Report } from './drafts.ts'
import { canonical } from './frozen.ts'

/** One side of a comparison: an issue, or a report computed now. */
export type Side = { report: Report; asOf: Date; figures: Map<string, SideFigure> }
type SideFigure = { title: string; kind: string; unit: string; value: FigureValue; source: FigureSource; cases: Map<number, number> | null }

export type ChangedFigure = { id: string; title: string; kind: string; unit: string; before: FigureValue; after: FigureValue; sources: [FigureSource, FigureSource]; cases: ChangedCase[] }
/** `value` before and after; null where the figure does not count the case. */
export type ChangedCase = { id: number; before: number | null; after: number | null }

/** The figures of an issue as they were frozen. */
export async function frozenSide(db: Db, report: Report): Promise<Side> {
  const rows = await db.selectFrom('report_figures').selectAll().where('report_id', '=', report.id).orderBy('position').execute()
  const figures = rows.map((row): [string, SideFigure] => {
    const cases = row.case_ids && new Map(row.case_ids.map((id, i) => [Number(id), row.case_values![i]!]))
    return [row.figure, { title: row.title, kind: row.kind, unit: row.unit, value: row.value as FigureValue, source: row.source, cases }]
  })
  return { report, asOf: report.as_of!, figures: new Map(figures) }
}

/** The same report computed now. */
export async function presentSide(db: Db, report: Report, now: Date): Promise<Side> {
  const span: FigureSpan = { from: report.from_day, to: report.to_day, statusOn: report.status_on, asOf: null }
  const answers = await answerAll(db, getDeclaredReport(report.kind), span)
  return read(db, async (reader) => {
    const figures = new Map<string, SideFigure>()
    for (const [id, { figure: { title, kind, unit, counted }, value, source }] of answers) {
      const cases = counted ? new Map((await figureCases(reader, findFigure(id)!, span)).map(({ case_id, value: each }) => [case_id, each])) : null
      figures.set(id, { title, kind, unit, value, source, cases })
    }
    return { report: { ...report, as_of: null }, asOf: now, figures }
  })
}

/** Whether both look at the same days; else each case differs and only the numbers can be set side by side. */
export const sameDays = (a: Report, b: Report): boolean => a.from_day === b.from_day && a.to_day === b.to_day && a.status_on === b.status_on

/** Every figure whose value or cases differ, with the cases that changed it. */
export function compareSides(a: Side, b: Side): { changed: ChangedFigure[]; same: number } {
  const ids = [...new Set([...a.figures.keys(), ...b.figures.keys()])]
  const withCases = sameDays(a.report, b.report)
  const changed = ids.flatMap((id): ChangedFigure[] => {
    const [before, after] = [a.figures.get(id), b.figures.get(id)]
    const cases = withCases ? changedCases(before?.cases ?? null, after?.cases ?? null) : []
    if (canonical(before?.value ?? null) === canonical(after?.value ?? null) && before?.source === after?.source && cases.length === 0) return []
    const { title, kind, unit } = (after ?? before)!
    return [{ id, title, kind, unit, before: before?.value ?? null, after: after?.value ?? null, sources: [before?.source ?? 'none', after?.source ?? 'none'], cases }]
  })
  return { changed, same: ids.length - changed.length }
}

function changedCases(before: Map<number, number> | null, after: Map<number, number> | null): ChangedCase[] {
  if (!before || !after) return []
  const ids = [...new Set([...before.keys(), ...after.keys()])].sort((x, y) => x - y)
  return ids.flatMap((id) => {
    const [was, is] = [before.get(id) ?? null, after.get(id) ?? null]
    return was === is ? [] : [{ id, before: was, after: is }]
  })
}

/** What a case was on each side, in the words of the figure's set, and when the difference was recorded. */
export type Explained = { id: number; /** null: confidential */ number: string | null; /** null where this person may not open it */ path: string | null; title: string | null; changes: { what: string; before: string; after: string }[]; /** entered or left the set altogether */ appeared: 'in' | 'out' | null; recordedAt: Date[] }

/** Explains these cases. Someone who may not open a case still sees its number and what of the figure changed; nothing of a confidential one. */
export async function explainCases(db: Db, figureId: string, a: Side, b: Side, ids: readonly number[], person: Person): Promise<Explained[]> {
  const figure = findFigure(figureId)
  if (!figure || !ids.length) return []
  const rowsOf = (side: Side, asOf: Date | null) => read(db, (reader) => setRows(reader, figure.set, spanOf(side, asOf), ids), asOf)
  const [before, after] = [await rowsOf(a, a.report.as_of), await rowsOf(b, b.report.as_of)]
  const names = await sql<{ id: number; number: string; title: string; confidential: boolean; seen: boolean }>`
    select c.id, coalesce(c.number, c.follow_no) as number, c.title, c.confidential, ${figure.set.visibleTo(person)} as seen from cases c where c.id = any(${ids}::bigint[]) order by c.id`.execute(db)
  const instants = await recordedInstants(db, ids, a.asOf, b.asOf)
  return names.rows.map(({ id, number, title, confidential, seen }) => {
    const name = seen ? { number, title, path: figure.set.casePath(number) } : { number: confidential ? null : number, title: null, path: null }
    if (!seen && confidential) return { id, ...name, changes: [], appeared: null, recordedAt: [] }
    const [was, is] = [before.get(id), after.get(id)]
    const changes = was && is ? columns.flatMap(({ name, what }) => (shown(was[name]) === shown(is[name]) ? [] : [{ what, before: shown(was[name]), after: shown(is[name]) }])) : []
    return { id, ...name, changes, appeared: was ? (is ? null : 'out') : is ? 'in' : null, recordedAt: instants.get(id) ?? [] }
  })
}

const spanOf = ({ report }: Side, asOf: Date | null): FigureSpan => ({ from: report.from_day, to: report.to_day, statusOn: report.status_on, asOf })

type SetRow = Omit<FigureCase, 'value'>

const columns: { name: keyof SetRow; what: string }[] = [
  { name: 'channel', what: '管道' }, { name: 'unit', what: '主辦單位' }, { name: 'township', what: '鄉鎮' }, { name: 'category', what: '類別' },
  { name: 'received_at', what: '收件時間' }, { name: 'closed_at', what: '結案時間' }, { name: 'outcome', what: '結案方式' }, { name: 'due_on', what: '限辦日期' },
]

const shown = (value: unknown): string => (value === null || value === undefined || value === '' ? blank : value instanceof Date ? rocDateTime(value) : isDay(value) ? rocDay(value) : String(value))

async function setRows(reader: Reader, set: CaseSet, span: FigureSpan, ids: readonly number[]): Promise<Map<number, SetRow>> {
  const found = await sql<SetRow>`${planned} select case_id, number, title, unit, township, month, channel, category, kind, received_at, closed_at, due_on, outcome, confidential
    from (${set.cases(span)}) as counted where case_id = any(${ids}::bigint[])`.execute(reader)
  return new Map(found.rows.map((row) => [row.case_id, row]))
}

/** When anything of these cases was recorded after one instant and until another. */
async function recordedInstants(db: Db, ids: readonly number[], after: Date, until: Date): Promise<Map<number, Date[]>> {
  const found = await sql<{ case_id: number; at: Date }>`select distinct case_id, recorded_at as at from events where case_id = any(${ids}::bigint[]) and recorded_at > ${after} and recorded_at <= ${until} order by at`.execute(db)
  return new Map([...Map.groupBy(found.rows, (row) => row.case_id)].map(([id, rows]) => [id, rows.map(({ at }) => at)]))
}
