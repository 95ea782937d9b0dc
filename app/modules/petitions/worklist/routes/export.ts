import { read, type Reader } from '../../../../core/db.ts'
import { writeCsv, type CellValue } from '../../../../core/tabular/write-csv.ts'
import { writeOds } from '../../../../core/tabular/write-ods.ts'
import { rocDateTime, rocDay } from '../../../../core/time.ts'
import { file, get, type Reply, type StaffRequest } from '../../../../core/web/route.ts'
import { listPath } from '../../paths.ts'
import { channels, outcomes, stages } from '../../schema.ts'
import { nameOf } from '../case-table.tsx'
import { readFilter } from '../filter.ts'
import { findPetitions, type ListRow } from '../list-query.ts'

/** A spreadsheet of more rows is for the figures, not for a list. */
const rowsMax = 20_000

const header = ['案號', '主旨', '管道', '鄉鎮', '類別', '主辦單位', '承辦人', '階段', '收件時間', '限辦日期', '結案時間', '結案方式']

const cells = (row: ListRow): CellValue[] => [
  nameOf(row), row.title, channels[row.channel], row.township, row.category, row.unitName, row.officerName, row.merged && !row.closedAt ? '已併案' : stages[row.stage],
  row.receivedAt && rocDateTime(row.receivedAt), row.dueOn && rocDay(row.dueOn), row.closedAt && rocDateTime(row.closedAt), row.outcome && outcomes[row.outcome],
]

/** What the list shows, all pages of it: no names, but the subjects that people wrote. */
async function rowsOf(request: StaffRequest): Promise<CellValue[][]> {
  const filter = readFilter(request.query)
  const find = (reader: Reader) => findPetitions(reader, request.person, filter, request.today, null, rowsMax)
  const page = filter.asOf ? await read(request.db, find, filter.asOf) : await find(request.db)
  return page.rows.map(cells)
}

async function csv(request: StaffRequest): Promise<Reply> {
  return file(writeCsv(header, await rowsOf(request)), 'text/csv; charset=utf-8', `陳情案件-${request.today}.csv`)
}

async function ods(request: StaffRequest): Promise<Reply> {
  return file(writeOds([{ name: '陳情案件', header, rows: await rowsOf(request) }]), 'application/vnd.oasis.opendocument.spreadsheet', `陳情案件-${request.today}.ods`)
}

export const routes = [get(`${listPath}.csv`, 'petitions.read', csv, { limit: 10, stepUp: true }), get(`${listPath}.ods`, 'petitions.read', ods, { limit: 10, stepUp: true })]
