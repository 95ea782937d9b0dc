import { NotFound } from '../../../core/errors.ts'
import { periodName } from '../../../core/figures/periods.ts'
import { publishFirst } from '../../../core/figures/publish.ts'
import { findPublications, type Publication, readPublished, readPublishedSeries } from '../../../core/figures/published.ts'
import { writeCsv } from '../../../core/tabular/write-csv.ts'
import { portalPage } from '../../../core/web/pages.tsx'
import { file, get, type PageRequest } from '../../../core/web/route.ts'
import { EmptyState } from '../../../ui/index.ts'
import { StatisticsPage } from './page.tsx'
import { periodKey, statisticsPath } from './paths.ts'
import { isTable, statisticsTables } from './tables.ts'

/** The public's pages: read with the role that sees only what was published. */
export const routes = [
  get(statisticsPath, 'public', async (request) => {
    const publications = await publicationsOf(request)
    const series = await readPublishedSeries(request.publicDb)
    const publication = chosen(publications, series, request)
    const frame = { title: '陳情統計', current: statisticsPath, wide: true, description: '各單位多久辦完陳情、守住期限的比率、滿意度，按月份、鄉鎮、類別。' }
    if (!publication) return portalPage(request, { ...frame, children: <Nothing /> })
    const published = await readPublished(request.publicDb, publication)
    return portalPage(request, {
      ...frame,
      children: <StatisticsPage published={published} tables={statisticsTables(published)} publications={publications} series={series} />,
    })
  }),
  get(`${statisticsPath}/:table.csv`, 'public', async (request) => {
    const key = request.params.table ?? ''
    const publication = chosen(await publicationsOf(request), await readPublishedSeries(request.publicDb), request)
    if (!publication || !isTable(key)) throw new NotFound('沒有這份統計表')
    const table = statisticsTables(await readPublished(request.publicDb, publication)).find((each) => each.key === key)!
    // rates as fractions, as in every other file of ours
    const header = [table.by, ...table.columns.map(({ heading, unit }) => (unit === '%' ? heading : `${heading}（${unit}）`))]
    const rows = [...table.rows.map((row) => [row.label, ...row.cells.map((cell) => (cell.few ? cell.text : cell.raw))]), ['全部', ...table.whole.map((cell) => (cell.few ? cell.text : cell.raw))]]
    return file(writeCsv(header, rows), 'text/csv; charset=utf-8', `陳情統計 ${table.title} ${periodName(publication)}.csv`)
  }),
]

async function publicationsOf(request: PageRequest): Promise<Publication[]> {
  const known = await findPublications(request.publicDb)
  if (known.length) return known
  await publishFirst(request.db, request.now)
  return findPublications(request.publicDb)
}

type Series = Awaited<ReturnType<typeof readPublishedSeries>>

/** The half-year in the address, else the newest that has ended and received something, else the newest. */
function chosen(publications: Publication[], series: Series, request: PageRequest): Publication | undefined {
  const { period } = request.query
  if (period) {
    const named = publications.find(({ from }) => periodKey(from) === period)
    if (!named) throw new NotFound('這段期間沒有公布統計')
    return named
  }
  const received = new Set(series.get('petitions.received_all')?.filter(({ value }) => value).map(({ from }) => from))
  return publications.find(({ from, to }) => to < request.today && received.has(from)) ?? publications[0]
}

function Nothing() {
  return (
    <>
      <h1>陳情統計</h1>
      <EmptyState title="還沒有統計可以看"><p>有了陳情案件之後，每天清晨會公布前一天為止的統計。</p></EmptyState>
    </>
  )
}
