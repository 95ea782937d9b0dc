import { sql } from 'kysely'
import { type Db, read } from '../db.ts'
import { figureCases, figureValues } from '../figures/compute.ts'
import { toldValue } from '../figures/figure.ts'
import { findFigure } from '../figures/registry.ts'
import { addProof, type Proof } from '../verify.ts'
import { canonical, digestOf } from './frozen.ts'
import { frozenLine } from './issue.ts'
import type { Report } from './drafts.ts'

type FrozenRow = { figure: string; title: string; value: unknown; numerator: number | null; denominator: number | null; source: string; case_ids: string[] | number[] | null; case_values: number[] | null }

/** Recomputes every issued report: its figures and cases as of its instant, its frozen content, its files. */
export async function verifyReports(db: Db): Promise<Proof> {
  const reports = await db.selectFrom('reports').selectAll().where('state', '=', 'issued').orderBy('id').execute()
  const differences: string[] = []
  const remarks: string[] = []
  let count = 0
  for (const report of reports) {
    const rows = await sql<FrozenRow>`select figure, title, value, numerator, denominator, source, case_ids, case_values from report_figures where report_id = ${report.id} order by position`.execute(db)
    count += rows.rows.length
    const figures = await figureDifferences(db, report, rows.rows)
    differences.push(...figures.differences, ...(await contentDifferences(db, report, rows.rows)), ...(await fileDifferences(db, report)))
    remarks.push(...figures.remarks)
  }
  return { what: '定稿報告的數字', count, differences, remarks }
}

addProof(verifyReports)

const nameOf = ({ id, title, session }: Report): string => `報告 ${id}（${[session, title].filter(Boolean).join('')}）`

async function figureDifferences(db: Db, report: Report, rows: FrozenRow[]): Promise<{ differences: string[]; remarks: string[] }> {
  const span = { from: report.from_day, to: report.to_day, statusOn: report.status_on, asOf: report.as_of }
  const counted = rows.filter(({ source }) => source === 'cases')
  const figures = counted.flatMap(({ figure }) => findFigure(figure) ?? [])
  const lost = counted.filter(({ figure }) => !findFigure(figure)).map(({ figure }) => `${nameOf(report)}的 ${figure} 已沒有模組計算，無法重算`)
  const late = await importedSince(db, report)
  for (const { case_ids: frozen } of rows) for (const id of frozen ?? []) late.delete(Number(id))
  return read(db, async (reader) => {
    const values = await figureValues(reader, figures, span)
    const differences = [...lost]
    const brought = new Set<string>()
    for (const row of counted) {
      const figure = findFigure(row.figure)
      if (!figure) continue
      const now = toldValue(values[row.figure]!)
      const cases = await figureCases(reader, figure, span)
      const changed = changedCases(row, cases)
      if (changed.length > 0 && changed.every((id) => late.has(id))) for (const id of changed) brought.add(late.get(id)!)
      else if (canonical(now) !== canonical(row.value)) differences.push(`${nameOf(report)}的 ${row.figure} 應為 ${printed(row.value)}，現在算出 ${printed(now)}`)
      else if (changed.length > 0) differences.push(`${nameOf(report)}的 ${row.figure} 值相同，但所計的案件和定稿時不同`)
    }
    return { differences, remarks: brought.size ? [`${nameOf(report)}定稿之後才匯入的舊案不計入比對：${[...brought].sort().join('、')}`] : [] }
  }, report.as_of)
}

/**
 * Cases brought by an import after the instant, each with the name of its file. They carry recorded times of the system they come
 * from, which may lie before that instant: asked again as of it they are seen, though nobody here knew them then.
 */
async function importedSince(db: Db, report: Report): Promise<Map<number, string>> {
  const { rows } = await sql<{ id: number; file: string }>`
    select c.id, i.file_name as file from imports i join cases c on c.import_id = i.id where i.imported_at > ${report.as_of}`.execute(db)
  return new Map(rows.map(({ id, file }) => [id, file]))
}

/** Ids of the cases that only one of both counts, or that they count differently. */
function changedCases(row: FrozenRow, cases: { case_id: number; value: number }[]): number[] {
  const frozen = new Map(row.case_ids?.map((id, i) => [Number(id), row.case_values?.[i]]))
  const now = new Map(cases.map(({ case_id, value }) => [case_id, value]))
  return [...new Set([...frozen.keys(), ...now.keys()])].filter((id) => frozen.get(id) !== now.get(id))
}

const printed = (value: unknown): string => (value === null ? '（無）' : typeof value === 'object' ? JSON.stringify(value) : String(value))

/** The frozen rows still are what the event of the issue says they were. */
async function contentDifferences(db: Db, report: Report, rows: FrozenRow[]): Promise<string[]> {
  const lines = rows.map(({ figure, value, numerator, denominator, source, case_ids, case_values }) =>
    frozenLine({ figure, value, numerator, denominator, source, caseIds: case_ids?.map(Number) ?? null, caseValues: case_values }))
  const digest = digestOf(report.document, lines).toString('hex')
  const event = await sql<{ digest: string }>`select payload->>'digest' as digest from events where kind = 'report.issued' and (payload->>'report')::bigint = ${report.id} order by id limit 1`.execute(db)
  const sealed = event.rows[0]?.digest
  if (!sealed) return [`${nameOf(report)}沒有定稿的紀錄：它不是由系統寫入的`]
  return digest === sealed ? [] : [`${nameOf(report)}定稿時凍結的內容被改過，和定稿紀錄的雜湊不符`]
}

/** The files that were recorded are still the ones kept; their content is proved with all documents. */
async function fileDifferences(db: Db, report: Report): Promise<string[]> {
  const recorded = await sql<{ format: string; sha256: string }>`
    select f.key as format, f.value as sha256 from events e cross join lateral jsonb_each_text(e.payload->'files') f where e.kind = 'report.issued' and (e.payload->>'report')::bigint = ${report.id}
    union all select payload->>'format', payload->>'sha256' from events where kind = 'report.file-made' and (payload->>'report')::bigint = ${report.id}`.execute(db)
  const kept = await sql<{ format: string; sha256: string }>`select f.format, encode(d.sha256, 'hex') as sha256 from report_files f join documents d on d.id = f.document_id where f.report_id = ${report.id}`.execute(db)
  const now = new Map(kept.rows.map(({ format, sha256 }) => [format, sha256]))
  const lost = recorded.rows.filter(({ format, sha256 }) => now.get(format) !== sha256).map(({ format }) => `${nameOf(report)}的 ${format.toUpperCase()} 檔和定稿時的不同`)
  const added = kept.rows.filter(({ format }) => !recorded.rows.some((one) => one.format === format)).map(({ format }) => `${nameOf(report)}的 ${format.toUpperCase()} 檔沒有紀錄`)
  return [...lost, ...added]
}
