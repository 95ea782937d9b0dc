import { writeCsv, type CellValue } from '../../../../core/tabular/write-csv.ts'
import { writeOds } from '../../../../core/tabular/write-ods.ts'
import { rocDay } from '../../../../core/time.ts'
import { file, get, type Reply, type StaffRequest } from '../../../../core/web/route.ts'
import { boardPath } from '../../paths.ts'
import { kindLabel, ruleTitle } from '../../running.ts'
import { leftOf } from '../due-table.tsx'
import { readFilter } from '../filter.ts'
import { findDue } from '../query.ts'
import { findUnits, subtree } from '../units.ts'

/** A spreadsheet of more rows is for the figures, not for a list. */
const rowsMax = 20_000

const header = ['限辦日期', '狀況', '案號', '種類', '主旨', '期限', '規則', '主辦單位', '承辦人']

/** What the board shows, all pages of it. */
async function rowsOf({ db, person, query, today }: StaffRequest): Promise<CellValue[][]> {
  const filter = readFilter(query)
  if (filter.unitId !== null) filter.unitIds = subtree(await findUnits(db), filter.unitId)
  const { rows } = await findDue(db, person, filter, today, null, rowsMax)
  return rows.map((row) => [row.dueOn && rocDay(row.dueOn), row.dueOn ? leftOf(row.dueOn, today) : row.because, row.name, kindLabel(row.kind), row.title, ruleTitle(row.rule), row.rule, row.unitName, row.officerName])
}

async function csv(request: StaffRequest): Promise<Reply> {
  return file(writeCsv(header, await rowsOf(request)), 'text/csv; charset=utf-8', `期限-${request.today}.csv`)
}

async function ods(request: StaffRequest): Promise<Reply> {
  return file(writeOds([{ name: '期限', header, rows: await rowsOf(request) }]), 'application/vnd.oasis.opendocument.spreadsheet', `期限-${request.today}.ods`)
}

export const routes = [get(`${boardPath}.csv`, 'clocks.board', csv, { limit: 10, stepUp: true }), get(`${boardPath}.ods`, 'clocks.board', ods, { limit: 10, stepUp: true })]
