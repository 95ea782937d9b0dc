import type { ComponentChildren } from 'preact'
import { rulebook } from '../../../core/clocks/index.ts'
import type { Publication, PublishedFigures } from '../../../core/figures/published.ts'
import { periodName } from '../../../core/figures/periods.ts'
import { printValue } from '../../../core/reports/document/format.ts'
import { type Day, rocDateTime, rocLongDay } from '../../../core/time.ts'
import { AreaMap, BarChart, Button, Details, FigureCard, FigureRow, InsetText, LineChart, Select, Table } from '../../../ui/index.ts'
import { figures } from '../figures.ts'
import { periodKey, periodPath, statisticsPath, tableFilePath } from './paths.ts'
import { type Cell, notTold, type StatisticsTable } from './tables.ts'
import map from './townships-map.json' with { type: 'json' }

type Series = Map<string, { from: Day; value: number | null }[]>
type PageProps = { published: PublishedFigures; tables: StatisticsTable[]; publications: Publication[]; series: Series }

/** What the county tells everyone about its petitions in a half-year: numbers only, each with its table and its file. */
export function StatisticsPage({ published, tables, publications, series }: PageProps) {
  const { publication } = published
  const table = (key: string) => tables.find((each) => each.key === key)!
  return (
    <>
      <h1>陳情統計</h1>
      <p class="lead">{periodName(publication)}收到的陳情，辦得如何。</p>
      <PeriodPicker publication={publication} publications={publications} />
      <Headline published={published} series={series} />
      <p class="muted small">資料截止日{rocLongDay(publication.statusOn)}；依 {rocDateTime(publication.asOf)} 所知計算，每天更新。這裡只有數字，不含個別案件。</p>
      <Section table={table('units')} from={publication.from} title="答應您的時間，守住了沒有" intro={<Promise />}>
        <OnTimeChart table={table('units')} />
      </Section>
      <Section table={table('satisfaction')} from={publication.from} title="您滿意嗎" intro={<SatisfactionIntro table={table('satisfaction')} />} />
      <Section table={table('months')} from={publication.from} title="每個月收到多少">
        <MonthChart table={table('months')} />
      </Section>
      <Section table={table('townships')} from={publication.from} title="哪個鄉鎮的事">
        <TownshipMap table={table('townships')} />
      </Section>
      <Section table={table('categories')} from={publication.from} title="什麼樣的事">
        <CountChart table={table('categories')} />
      </Section>
      <Section table={table('channels')} from={publication.from} title="從哪裡來">
        <CountChart table={table('channels')} />
      </Section>
      <Definitions />
    </>
  )
}

function PeriodPicker({ publication, publications }: { publication: Publication; publications: Publication[] }) {
  const at = publications.findIndex(({ id }) => id === publication.id)
  const [later, earlier] = [publications[at - 1], publications[at + 1]]
  return (
    <>
      <form action={statisticsPath} method="get" class="cluster">
        <Select name="period" label="期間" value={periodKey(publication.from)} options={publications.map((each) => ({ value: periodKey(each.from), text: periodName(each) }))} />
        <Button kind="secondary">看這段期間</Button>
      </form>
      <p class="cluster">
        {earlier && <a href={periodPath(earlier.from)}>前半年：{periodName(earlier)}</a>}
        {later && <a href={periodPath(later.from)}>後半年：{periodName(later)}</a>}
      </p>
    </>
  )
}

const headlines = ['received_all', 'closed_rate', 'on_time_rate', 'days_median', 'satisfaction', 'overdue'].map((name) => `petitions.${name}`)

function Headline({ published, series }: { published: PublishedFigures; series: Series }) {
  return (
    <FigureRow>
      {headlines.map((id) => {
        const figure = figures.find((each) => each.id === id)!
        const whole = published.whole(id)
        const trend = (series.get(id) ?? []).filter(({ from }) => from <= published.publication.from).map(({ value }) => value)
        const value = whole?.few ? notTold : (printValue({ value: whole?.value ?? null, kind: figure.kind, unit: '' }, 'number') ?? '—')
        const unit = value === '—' || whole?.few ? '' : figure.kind === 'rate' ? '%' : figure.unit
        return <FigureCard key={id} label={figure.title} value={value} unit={unit} definition={figure.definition} trend={trend} />
      })}
    </FigureRow>
  )
}

type SectionProps = { table: StatisticsTable; from: Day; title: string; intro?: ComponentChildren; children?: ComponentChildren }

function Section({ table, from, title, intro, children }: SectionProps) {
  return (
    <section id={table.key}>
      <h2>{title}</h2>
      {intro}
      {children}
      <NumberTable table={table} />
      <p><a href={tableFilePath(table.key, from)} download>下載「{table.title}」（CSV）</a></p>
    </section>
  )
}

function NumberTable({ table }: { table: StatisticsTable }) {
  const shownColumns = table.columns.map((column, at) => ({ ...column, at })).filter(({ fileOnly }) => !fileOnly)
  return (
    <Table
      caption={table.title}
      rows={table.rows}
      rowKey={(row) => row.label}
      columns={[
        { heading: table.by, rowHeader: true, cell: (row) => row.label },
        ...shownColumns.map(({ heading, unit, at }) => ({ heading: `${heading}（${unit}）`, numeric: true, cell: (row: { cells: Cell[] }) => <CellText cell={row.cells[at]!} /> })),
      ]}
      footer={<tr><th scope="row">全部</th>{shownColumns.map(({ at }) => <td key={at} class="numeric"><CellText cell={table.whole[at]!} /></td>)}</tr>}
    />
  )
}

function CellText({ cell }: { cell: Cell }) {
  return cell.few ? <span class="muted">{cell.text}</span> : <>{cell.text}</>
}

function Promise() {
  const days = rulebook.latest().find((rule) => rule.id === 'petition-30wd')?.length
  return (
    <p>
      收到陳情的次日起 {days} 個工作日內，承辦單位會答復您；需要展期（延長辦理期限）時，先把理由告訴您。下面是各單位守住的比率：在限辦日期當日或之前結案的，才算如期；核准展期的，以展期後的日期計算。
    </p>
  )
}

function SatisfactionIntro({ table }: { table: StatisticsTable }) {
  const [answers, score] = table.whole
  const some = answers?.raw ? `共有 ${answers.text} 件給了分數，平均 ${score?.text} 分。` : ''
  const isLeftOut = table.rows.some((row) => row.cells.some((cell) => cell.few))
  return (
    <>
      <p>結案後，陳情人可以給 1 到 5 分，5 分最滿意。{some}</p>
      {isLeftOut && <InsetText>評分少於 3 件的單位不公布；只剩一個單位不公布時，為免從總數推算出來，另有一個單位也不公布。</InsetText>}
    </>
  )
}

const numbersOf = (table: StatisticsTable, figure: string) => {
  const at = table.columns.findIndex((column) => column.figure === `petitions.${figure}`)
  return table.rows.map((row) => ({ label: row.label, ...row.cells[at]! }))
}

const inWords = (numbers: { label: string; text: string }[], unit: string): string => numbers.map(({ label, text }) => `${label} ${text}${text === '—' ? '' : ` ${unit}`}`).join('、')

function OnTimeChart({ table }: { table: StatisticsTable }) {
  const rates = numbersOf(table, 'on_time_rate').filter((rate) => rate.raw !== null)
  if (!rates.length) return null
  return (
    <BarChart
      caption="各單位如期結案率"
      description={`各單位如期結案率：${inWords(rates, '%')}`}
      headings={['單位', '如期結案率']}
      bars={rates.map(({ label, raw, text }) => ({ label, value: raw!, text: `${text} %` }))}
    />
  )
}

function MonthChart({ table }: { table: StatisticsTable }) {
  const [received, closed] = [numbersOf(table, 'received_all'), numbersOf(table, 'closed_all')]
  return (
    <LineChart
      caption="每月收到與其中已結案（件）"
      description={`每月收到：${inWords(received, '件')}`}
      steps={received.map(({ label }) => label)}
      lines={[{ label: '收到', values: received.map(({ raw }) => raw) }, { label: '已結案', values: closed.map(({ raw }) => raw) }]}
      heading="收件月份"
    />
  )
}

function TownshipMap({ table }: { table: StatisticsTable }) {
  const counts = numbersOf(table, 'received_all')
  return (
    <AreaMap
      caption="各鄉鎮收到的陳情（件）"
      description={`各鄉鎮收到的陳情：${inWords(counts, '件')}`}
      headings={['鄉鎮', '收到（件）']}
      width={map.width}
      height={map.height}
      areas={map.areas}
      inset={{ size: map.inset.size, note: `放大 ${map.inset.scale} 倍`, areas: map.inset.areas }}
      values={new Map(counts.map(({ label, raw, text }) => [label, { value: raw ?? 0, text }]))}
      source={`烏坵鄉在金門東北方約 130 公里，另畫一格。界線：${map.source.name}；${map.source.by}。`}
    />
  )
}

function CountChart({ table }: { table: StatisticsTable }) {
  const counts = numbersOf(table, 'received_all')
  return (
    <BarChart
      caption={`${table.title}收到的陳情`}
      description={`${table.title}收到的陳情：${inWords(counts, '件')}`}
      headings={[table.by, '收到（件）']}
      bars={counts.map(({ label, raw, text }) => ({ label, value: raw ?? 0, text: `${text} 件` }))}
    />
  )
}

function Definitions() {
  return (
    <Details summary="這些數字怎麼算">
      <dl>
        {figures.filter((figure) => figure.public).map((figure) => (
          <div key={figure.id}>
            <dt><strong>{figure.title}</strong></dt>
            <dd>{figure.definition}</dd>
          </div>
        ))}
      </dl>
      <p>程式也可以直接讀取：<code>/api/v1/figures</code>。</p>
    </Details>
  )
}
