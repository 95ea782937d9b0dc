import { read } from '../../../core/db.ts'
import { NotFound } from '../../../core/errors.ts'
import { figureSplitSet } from '../../../core/figures/cache.ts'
import { countFigureCases, figureCases } from '../../../core/figures/compute.ts'
import { type FigureDefinition, splits } from '../../../core/figures/figure.ts'
import { figuresPath, readPart } from '../../../core/figures/paths.ts'
import type { CellValue } from '../../../core/tabular/write-csv.ts'
import { writeCsv } from '../../../core/tabular/write-csv.ts'
import { writeOds } from '../../../core/tabular/write-ods.ts'
import { dayFromNumber, rocDateTime, rocDay } from '../../../core/time.ts'
import { file, get, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { readSpan } from '../asked-span.ts'
import { titleOf } from './cases.tsx'
import { shownInColumn } from '../shown.ts'
import { figureOf, partName } from './show.tsx'

/** More rows than this are for the command line, which has no reader waiting. */
const rowsMax = 50_000

export type DownloadTable = { name: string; header: string[]; rows: CellValue[][] }

export function download(table: DownloadTable, format: string): Reply {
  if (format === 'csv') return file(writeCsv(table.header, table.rows), 'text/csv; charset=utf-8', `${table.name}.csv`)
  if (format === 'ods') return file(writeOds([{ ...table, name: table.name.slice(0, 31) }]), 'application/vnd.oasis.opendocument.spreadsheet', `${table.name}.ods`)
  throw new NotFound()
}

export const routes = [
  get(`${figuresPath}/:id/parts.:format`, 'figures.read', async (request) => {
    const figure = figureOf(request)
    const { span } = await readSpan(request)
    const by = readPart(request.query, figure.splits).by ?? figure.splits[0]!
    const parts = (await figureSplitSet(request.db, [figure.id], span, [by]))[figure.id]?.[by] ?? []
    const isFraction = figure.adds === 'share' || figure.adds === 'mean' || figure.adds === 'ratio'
    return download(
      {
        name: `${figure.title} 依${splits[by]} ${span.from}至${span.to}`,
        header: [splits[by], figure.title, ...(isFraction ? ['分子', '分母'] : [])],
        rows: parts.map((part) => [partName(by, part), figure.kind === 'date' ? shownInColumn(part) : part.value, ...(isFraction ? [part.numerator ?? null, part.denominator ?? null] : [])]),
      },
      request.params.format ?? '',
    )
  }),
  get(`${figuresPath}/:id/cases.:format`, 'figures.read', async (request) => download(await caseTable(figureOf(request), request), request.params.format ?? ''), { limit: 10, stepUp: true }),
]

/** What this person may see of the cases counted; a last row says how many are left out. */
async function caseTable(figure: FigureDefinition, request: StaffRequest): Promise<DownloadTable> {
  const { span } = await readSpan(request)
  const { only } = readPart(request.query, figure.splits)
  const { counts, rows } = await read(request.db, async (reader) => ({
    counts: await countFigureCases(reader, figure, span, { only, seenBy: request.person }),
    rows: await figureCases(reader, figure, span, { only, seenBy: request.person, limit: rowsMax }),
  }), span.asOf)
  const left = counts.all - rows.length
  return {
    name: `${figure.title} 案件 ${span.from}至${span.to}`,
    header: ['案號', '主旨', '管道', '單位', '鄉鎮', '類別', '收件時間', '限辦日期', '結案時間', '結案方式', '值'],
    rows: [
      ...rows.map((row): CellValue[] => [
        row.number, titleOf(row), row.channel, row.unit, row.township, row.category,
        rocDateTime(row.received_at), row.due_on && rocDay(row.due_on), row.closed_at && rocDateTime(row.closed_at), row.outcome, figure.adds === 'date' ? rocDay(dayFromNumber(row.value)) : row.value,
      ]),
      ...(left > 0 ? [[`（計入 ${counts.all} 件，另有 ${left} 件沒有列出：職務不能檢視，或超過 ${rowsMax} 列）`] as CellValue[]] : []),
    ],
  }
}
