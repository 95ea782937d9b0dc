import { readDocument } from '../../../core/documents/store.ts'
import { NotFound } from '../../../core/errors.ts'
import { type SplitBy, splits } from '../../../core/figures/figure.ts'
import { figurePath } from '../../../core/figures/paths.ts'
import { periodName } from '../../../core/figures/periods.ts'
import { findFigure } from '../../../core/figures/registry.ts'
import { holds } from '../../../core/identity/permissions.ts'
import { isAdditive, type Part, printValue } from '../../../core/reports/document/format.ts'
import { periodText } from '../../../core/reports/document/compose.ts'
import { issuedFile, mediaTypes, type PaperFormat, paperFormats } from '../../../core/reports/files.ts'
import { thaw } from '../../../core/reports/frozen.ts'
import { publicFilePath, publicReportPath, publicReportsPath } from '../../../core/reports/paths.ts'
import { findPublished, findPublishedFile, findPublishedPicture, listPublished, publishedFigures, type PublishedFigure, type PublishedLine, type PublishedReport } from '../../../core/reports/published.ts'
import type { FileFormat } from '../../../core/reports/tables.ts'
import { isoInstant, parseInstant, rocLongDay, rocMonth } from '../../../core/time.ts'
import { portalPage } from '../../../core/web/pages.tsx'
import { file, get, type PageRequest } from '../../../core/web/route.ts'
import { BarChart, DayText, EmptyState, InstantText, SummaryList, Table } from '../../../ui/index.ts'
import { reportPath } from '../paths.ts'
import { paperPage } from '../paper.tsx'
import { councilReport } from '../report.ts'
import { issueJson } from '../report-json.ts'
import { idOf } from './request.ts'

/** Issued reports for everyone, read from what was published and nothing else. */
export const routes = [
  get(publicReportsPath, 'public', async (request) => {
    const reports = await listPublished(request.publicDb, councilReport.kind)
    return portalPage(request, {
      title: councilReport.name,
      current: publicReportsPath,
      wide: true,
      children: (
        <>
          <h1>{councilReport.name}</h1>
          <p class="lead">本府每半年向縣議會報告的全文。報告裡的數字都可以點開，看它計算什麼、怎麼分布。</p>
          <Table<PublishedLine>
            caption={`共 ${reports.length} 份`}
            rows={reports}
            rowKey={({ id }) => id}
            empty={<EmptyState title="還沒有公開的報告"><p>報告定稿後會公開在這裡。</p></EmptyState>}
            columns={[
              { heading: '報告', rowHeader: true, width: 'grow', cell: (row) => <a href={publicReportPath(row.id)}>{periodName({ from: row.from_day, to: row.to_day })}{row.title}</a> },
              { heading: '會期', wideOnly: true, cell: ({ session }) => session || '—' },
              { heading: '資料截止日', width: 'fit', wideOnly: true, cell: (row) => <DayText day={row.status_on} /> },
              { heading: '定稿', width: 'fit', wideOnly: true, cell: (row) => <InstantText at={row.as_of} /> },
              { heading: '下載', cell: (row) => <Downloads id={row.id} /> },
            ]}
          />
          {reports.length > 1 && <p><a href={`${publicReportsPath}/compare?a=${reports[1]!.id}&b=${reports[0]!.id}`}>比較最近兩份的數字</a></p>}
        </>
      ),
    })
  }),
  get(`${publicReportsPath}/compare`, 'public', async (request) => comparePage(request, await published(request, request.query.a), await published(request, request.query.b))),
  get(`${publicReportsPath}/:id`, 'public', async (request) => {
    const report = await published(request, request.params.id)
    const document = await thaw(report.document, 'by-address')
    const tools = (
      <span class="cluster">
        <a href={publicReportsPath}>所有報告</a>
        <Downloads id={report.id} />
        {request.person && holds(request.person, 'reports.see') && <a href={reportPath(report.id)}>同仁：查核與比較</a>}
      </span>
    )
    return paperPage(request, { document, tools })
  }),
  get(`${publicReportsPath}/:id/figures/:figure`, 'public', figurePage),
  get(`${publicReportsPath}/:id/files/:format`, 'public', async (request) => {
    const report = await published(request, request.params.id)
    const { format } = request.params
    const name = `${report.title}${periodText({ from: report.from_day, to: report.to_day })}.${format}`
    if (format === 'json') return file(JSON.stringify(await issueJson(request.publicDb, report.id, request.origin), null, 2), mediaTypes.json, name)
    if (!paperFormats.includes(format as PaperFormat)) throw new NotFound('沒有這種格式的檔案')
    const kept = await findPublishedFile(request.publicDb, report.id, format!)
    // one that the job has not made yet is made now, from the frozen document
    const bytes = kept ? await readDocument(kept.sha256) : (await issuedFile(request.db, report.id, format as PaperFormat)).bytes
    return file(bytes, mediaTypes[format as PaperFormat], name)
  }),
  get(`${publicReportsPath}/:id/pictures/:sha256`, 'public', async (request) => {
    const report = await published(request, request.params.id)
    const found = await findPublishedPicture(request.publicDb, report.id, request.params.sha256!)
    if (!found) throw new NotFound('找不到這張圖片')
    return file(await readDocument(request.params.sha256!), found.media_type, undefined, true)
  }),
]

async function published({ publicDb }: PageRequest, id: string | undefined): Promise<PublishedReport> {
  const known = idOf(id)
  const found = known === null ? undefined : await findPublished(publicDb, known)
  if (!found) throw new NotFound('找不到這份報告')
  return found
}

function Downloads({ id }: { id: number }) {
  const formats: FileFormat[] = ['pdf', 'odt', 'odp', 'json']
  return <span class="cluster">{formats.map((format) => <a key={format} href={publicFilePath(id, format)} download>{format.toUpperCase()}</a>)}</span>
}

const printed = (figure: Pick<PublishedFigure, 'kind' | 'unit'>, value: PublishedFigure['value']): string => printValue({ value, kind: figure.kind, unit: figure.unit }) ?? '—'

/** A number of an issue: what it counts and its parts; staff go on to the cases, as they were known then. */
async function figurePage(request: PageRequest) {
  const report = await published(request, request.params.id)
  const figure = (await publishedFigures(request.publicDb, report.id)).find(({ figure: id }) => id === request.params.figure)
  if (!figure || figure.source === 'none') throw new NotFound('這份報告沒有這個數字')
  const bySplit = (Object.entries(figure.parts) as [SplitBy, Part[]][]).filter(([by, parts]) => parts.length > 0 && by !== 'kind')
  const staffPath = figurePath(figure.figure, { from: report.from_day, to: report.to_day, statusOn: report.status_on, asOf: report.as_of })
  return portalPage(request, {
    title: figure.title,
    current: publicReportsPath,
    wide: true,
    breadcrumbs: [{ text: councilReport.name, href: publicReportsPath }, { text: `${periodName({ from: report.from_day, to: report.to_day })}${report.title}`, href: publicReportPath(report.id) }, { text: figure.title }],
    children: (
      <>
        <h1>{figure.title}</h1>
        <p class="figure-card__value number">{printed(figure, figure.value)}</p>
        <p class="lead">{figure.definition}</p>
        <SummaryList
          rows={[
            { key: '資料期間', value: `${rocLongDay(report.from_day)}至${rocLongDay(report.to_day)}` },
            { key: '資料截止日', value: rocLongDay(report.status_on) },
            { key: '資料時點', value: <InstantText at={report.as_of} /> },
            { key: '從何而來', value: sourceText(figure) },
            { key: '代號', value: <code>{figure.figure}</code> },
          ]}
        />
        {figure.source === 'cases' && request.person && holds(request.person, 'figures.read') && <p><a href={staffPath}>同仁：看計入的案件（以定稿時所知）</a></p>}
        {bySplit.map(([by, parts]) => <PartsCard key={by} by={by} parts={parts} figure={figure} />)}
      </>
    ),
  })
}

function sourceText({ figure, source, typed, cases, numerator, denominator, kind }: PublishedFigure) {
  if (source === 'typed') {
    const at = typed && parseInstant(typed.at)
    return <>人工登打：{typed?.by}{at && <>，<InstantText at={at} /></>}。{typed?.note}</>
  }
  if (source === 'balance') return '期初數加案件'
  const fraction = denominator === null ? '' : kind === 'rate' ? `，${numerator?.toLocaleString('en')} / ${denominator.toLocaleString('en')} ${findFigure(figure)?.adds === 'ratio' ? '元' : '件'}` : `，${denominator.toLocaleString('en')} 件的平均`
  return `由 ${cases?.toLocaleString('en')} 件案件計算${fraction}`
}

function PartsCard({ by, parts, figure }: { by: SplitBy; parts: Part[]; figure: PublishedFigure }) {
  const name = ({ key, label }: Part) => (by === 'month' && key ? rocMonth(key) : label)
  const number = (value: Part['value']) => (value === null ? '—' : printed({ kind: figure.kind, unit: '' }, value))
  const heading = figure.unit ? `${figure.title}（${figure.unit}）` : figure.title
  const caption = `${figure.title}，依${splits[by]}`
  if (!isAdditive(figure.kind)) {
    return (
      <>
        <Table<Part> caption={caption} rows={parts} rowKey={({ label }) => label} columns={[{ heading: splits[by], rowHeader: true, width: 'grow', cell: name }, { heading, numeric: true, cell: ({ value }) => number(value) }]} />
        {parts.some(({ value }) => value === null) && <p class="muted small">「—」是件數太少，或沒有可計算的案件。</p>}
      </>
    )
  }
  const bars = parts.map((part) => ({ label: name(part), value: part.value ?? 0, text: number(part.value) }))
  return <BarChart caption={caption} description={`合計 ${printed(figure, figure.value)}：${bars.map(({ label, text }) => `${label} ${text}`).join('、')}`} bars={bars} headings={[splits[by], heading]} />
}

/** Two issues beside each other: numbers only. */
async function comparePage(request: PageRequest, a: PublishedReport, b: PublishedReport) {
  const [before, after] = [await publishedFigures(request.publicDb, a.id), await publishedFigures(request.publicDb, b.id)]
  const earlier = new Map(before.map((figure) => [figure.figure, figure]))
  const told = after.filter(({ figure, source }) => source !== 'none' || (earlier.get(figure)?.source ?? 'none') !== 'none')
  const heading = (report: PublishedReport) => `${periodName({ from: report.from_day, to: report.to_day })}（第 ${report.id} 號）`
  return portalPage(request, {
    title: '比較兩份報告的數字',
    current: publicReportsPath,
    wide: true,
    breadcrumbs: [{ text: councilReport.name, href: publicReportsPath }, { text: '比較' }],
    children: (
      <>
        <h1>比較兩份報告的數字</h1>
        <p class="lead"><a href={publicReportPath(a.id)}>{heading(a)}</a>，資料時點 {isoInstant(a.as_of).slice(0, 10)}；<a href={publicReportPath(b.id)}>{heading(b)}</a>，資料時點 {isoInstant(b.as_of).slice(0, 10)}。</p>
        <Table<PublishedFigure>
          caption={`有紀錄的數字 ${told.length} 項`}
          rows={told}
          rowKey={({ figure }) => figure}
          columns={[
            { heading: '數字', rowHeader: true, width: 'grow', cell: ({ title, definition }) => <span title={definition}>{title}</span> },
            { heading: heading(a), numeric: true, cell: (figure) => printed(figure, earlier.get(figure.figure)?.value ?? null) },
            { heading: heading(b), numeric: true, cell: (figure) => printed(figure, figure.value) },
          ]}
        />
      </>
    ),
  })
}
