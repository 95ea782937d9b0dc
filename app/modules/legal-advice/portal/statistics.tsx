import { periodName } from '../../../core/figures/periods.ts'
import { publishFirst } from '../../../core/figures/publish.ts'
import type { SplitBy } from '../../../core/figures/figure.ts'
import { findPublications, type Publication, type Published, type PublishedFigures, readPublished, readPublishedSeries } from '../../../core/figures/published.ts'
import { type Day, rocLongDay, rocMonth } from '../../../core/time.ts'
import { get, type PageRequest, type Reply, type Route } from '../../../core/web/route.ts'
import { BarChart } from '../../../ui/components/bar-chart.tsx'
import { EmptyState } from '../../../ui/components/notes.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { figures } from '../figures.ts'
import { publicStatisticsPath } from '../paths.ts'
import { advicePage } from './page.tsx'

/** What everyone may know of the consultations: published numbers of half-years, never fewer than are told. Nothing else leaves the module. */
async function show(request: PageRequest): Promise<Reply> {
  const publications = await publicationsOf(request)
  const [published, series] = [await newestWith(request, publications), await readPublishedSeries(request.publicDb)]
  const years = (series.get('legal_aid.persons') ?? []).filter((one): one is typeof one & { value: number } => Boolean(one.value)).slice(-10)
  return advicePage(request, 'zh', {
    title: '法律諮詢統計', crumb: '統計',
    children: (
      <>
        <h1>法律諮詢統計</h1>
        {!published ? <EmptyState title="還沒有公布統計">辦過諮詢的半年結束後會公布在這裡。</EmptyState> : (
          <>
            <p class="lead">{periodName(published.publication)}的免費法律諮詢。</p>
            <SummaryList columns={3} rows={figures.map(({ id, title, unit, kind }) => ({ key: title, value: said(published.whole(id), unit, kind) }))} />
            <Parts published={published} by="category" caption="依類別" heading="類別" />
            <Parts published={published} by="month" caption="依月份" heading="月份" label={rocMonth} />
            {years.length > 1 && <><h2>各半年的諮詢人次</h2><BarChart caption="各半年的法律諮詢人次" description={`最近 ${years.length} 個半年的人次。`} headings={['半年', '人次']} bars={years.map(({ from, value }) => ({ label: shortName(from), value }))} /></>}
            <p class="muted">資料截止日{rocLongDay(published.publication.statusOn)}。這裡只有數字；人數太少的不列，免得認得出是誰。諮詢的內容不離開律師自己的紀錄。</p>
          </>
        )}
      </>
    ),
  })
}

/** 110/4 起: the half-year of the council's report by its first month. */
const shortName = (from: Day): string => `${rocMonth(from.slice(0, 7))}起`

async function publicationsOf(request: PageRequest): Promise<Publication[]> {
  const known = await findPublications(request.publicDb)
  if (known.length) return known
  await publishFirst(request.db, request.now)
  return findPublications(request.publicDb)
}

/** The newest half-year that has ended and had a session. */
async function newestWith(request: PageRequest, publications: readonly Publication[]): Promise<PublishedFigures | null> {
  for (const publication of publications.filter(({ to }) => to < request.today)) {
    const published = await readPublished(request.publicDb, publication)
    if (published.whole('legal_aid.sessions')?.value) return published
  }
  return null
}

function said(of: Published | null, unit: string, kind: string): string {
  if (!of || of.few) return '人數太少，不公布'
  if (of.value === null) return '沒有資料'
  return kind === 'rate' ? `${(of.value * 100).toFixed(1)}%` : `${Number.isInteger(of.value) ? of.value : of.value.toFixed(1)} ${unit}`
}

function Parts({ published, by, caption, heading, label = (text) => text }: { published: PublishedFigures; by: SplitBy; caption: string; heading: string; label?: (text: string) => string }) {
  const rows = published.parts('legal_aid.persons', by)
  if (!rows.length) return null
  return (
    <Table
      caption={caption} rows={rows} rowKey={(row) => row.label}
      columns={[{ heading, cell: (row) => label(row.label), rowHeader: true, width: 'grow' }, { heading: '人次', cell: (row) => (row.few ? '太少，不公布' : String(row.value ?? 0)), numeric: true }]}
    />
  )
}

export const routes: Route[] = [get(publicStatisticsPath, 'public', show)]
