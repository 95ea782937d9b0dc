import type { ComponentChildren } from 'preact'
import { NotFound } from '../../../core/errors.ts'
import { periodName } from '../../../core/figures/periods.ts'
import { type ChangedFigure, compareSides, type Explained, explainCases, frozenSide, presentSide, sameDays, type Side } from '../../../core/reports/compare.ts'
import { printValue } from '../../../core/reports/document/format.ts'
import { findReport } from '../../../core/reports/drafts.ts'
import { listReports } from '../../../core/reports/queries.ts'
import type { FigureKind } from '../../../core/figures/figure.ts'
import { dayFromNumber, rocDateTime, rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, type StaffRequest } from '../../../core/web/route.ts'
import { Card, EmptyState, FilterBar, InsetText, InstantText, Select, Table } from '../../../ui/index.ts'
import { reportPath, reportsPath } from '../paths.ts'
import { councilReport } from '../report.ts'
import { idOf } from './request.ts'

const casesShown = 200

/** Two issues, or an issue and the same computed now: which figures differ, and the cases that made the difference. */
export const routes = [
  get(`${reportsPath}/compare`, 'reports.see', async (request) => {
    const issues = (await listReports(request.db, councilReport.kind)).filter(({ state }) => state === 'issued')
    const a = await sideOf(request, request.query.a, null)
    const b = a && (await sideOf(request, request.query.b, a))
    const found = a && b ? compareSides(a, b) : null
    const explained = a && b && found ? await explainAll(request, a, b, found.changed) : new Map()
    return consolePage(request, {
      title: '比較報告',
      current: reportsPath,
      breadcrumbs: [{ text: councilReport.name, href: reportsPath }, { text: '比較' }],
      children: (
        <>
          <FilterBar action={`${reportsPath}/compare`} submit="比較">
            <Select name="a" label="前一份" value={request.query.a} options={issues.map((issue) => ({ value: String(issue.id), text: issueName(issue) }))} />
            <Select name="b" label="後一份" value={request.query.b ?? 'now'} options={[{ value: 'now', text: '前一份的期間，以現在的資料重算' }, ...issues.map((issue) => ({ value: String(issue.id), text: issueName(issue) }))]} />
          </FilterBar>
          {issues.length === 0 && <EmptyState title="還沒有定稿的報告"><p>定稿之後，才有固定的數字可以比較。</p></EmptyState>}
          {a && b && found && (
            <>
              <p class="lead">{sideName(a)} → {sideName(b)}：{found.changed.length} 個數字不同，{found.same} 個相同。</p>
              {!sameDays(a.report, b.report) && <InsetText>兩份的期間或資料截止日不同，所計的案件本來就不同，只並列數字。</InsetText>}
              <Changed changed={found.changed} a={a} b={b} />
              {found.changed.filter(({ cases }) => cases.length > 0).map((figure) => <Cases key={figure.id} figure={figure} explained={explained.get(figure.id) ?? []} />)}
            </>
          )}
        </>
      ),
    })
  }),
]

const issueName = ({ id, from_day: from, to_day: to, as_of: asOf }: { id: number; from_day: never; to_day: never; as_of: Date | null } | Awaited<ReturnType<typeof listReports>>[number]): string =>
  `第 ${id} 號　${periodName({ from, to })}${asOf ? `（${rocDateTime(asOf)}）` : ''}`

function sideName({ report, asOf }: Side): ComponentChildren {
  if (report.as_of === null) return <>以現在的資料重算（<InstantText at={asOf} />）</>
  return <><a href={reportPath(report.id)}>第 {report.id} 號 {periodName({ from: report.from_day, to: report.to_day })}</a>（<InstantText at={asOf} />）</>
}

async function sideOf(request: StaffRequest, id: string | undefined, first: Side | null): Promise<Side | null> {
  if (id === undefined || id === '') return null
  if (id === 'now') return first && presentSide(request.db, first.report, request.now)
  const known = idOf(id)
  const report = known === null ? undefined : await findReport(request.db, known)
  if (!report) throw new NotFound('找不到這份報告')
  return report.state === 'issued' ? frozenSide(request.db, report) : presentSide(request.db, report, request.now)
}

async function explainAll(request: StaffRequest, a: Side, b: Side, changed: ChangedFigure[]): Promise<Map<string, Explained[]>> {
  const explained = new Map<string, Explained[]>()
  for (const { id, cases } of changed) explained.set(id, await explainCases(request.db, id, a, b, cases.slice(0, casesShown).map((one) => one.id), request.person))
  return explained
}

export function printed(figure: { kind: string; unit: string }, value: ChangedFigure['before']): string {
  return printValue({ value, kind: figure.kind as FigureKind, unit: figure.unit }) ?? '—'
}

function difference({ before, after, kind }: ChangedFigure): string {
  if (typeof before !== 'number' || typeof after !== 'number') return '—'
  const gap = kind === 'rate' ? Math.round((after - before) * 10_000) / 100 : Math.round((after - before) * 10_000) / 10_000
  const sign = gap > 0 ? '+' : gap < 0 ? '−' : '±'
  return `${sign}${Math.abs(gap).toLocaleString('en')}${kind === 'rate' ? ' 百分點' : ''}`
}

function Changed({ changed, a, b }: { changed: ChangedFigure[]; a: Side; b: Side }) {
  return (
    <Table<ChangedFigure>
      caption="不同的數字"
      rows={changed}
      rowKey={({ id }) => id}
      empty={<EmptyState title="數字都相同"><p>每個數字和它所計的案件都一樣。</p></EmptyState>}
      columns={[
        { heading: '數字', rowHeader: true, width: 'grow', cell: ({ id, title, cases }) => (cases.length ? <a href={`#c-${id}`}>{title}</a> : title) },
        { heading: `第 ${a.report.id} 號`, numeric: true, cell: (figure) => printed(figure, figure.before) },
        { heading: b.report.as_of ? `第 ${b.report.id} 號` : '現在', numeric: true, cell: (figure) => printed(figure, figure.after) },
        { heading: '差', numeric: true, cell: difference },
        { heading: '改變它的案件', numeric: true, cell: ({ cases }) => cases.length || '—' },
      ]}
    />
  )
}

function Cases({ figure, explained }: { figure: ChangedFigure; explained: Explained[] }) {
  const byId = new Map(figure.cases.map((one) => [one.id, one]))
  return (
    <Card title={`${figure.title}：${printed(figure, figure.before)} → ${printed(figure, figure.after)}`} id={`c-${figure.id}`}>
      <Table<Explained>
        caption={`改變「${figure.title}」的案件`}
        captionHidden
        rows={explained}
        rowKey={({ id }) => id}
        columns={[
          { heading: '案號', rowHeader: true, width: 'fit', cell: ({ number, path }) => (path ? <a href={path}>{number}</a> : (number ?? <span class="muted">保密案件</span>)) },
          { heading: '主旨', width: 'grow', wideOnly: true, cell: ({ title }) => title ?? <span class="muted">您的職務看不到內容</span> },
          { heading: '計入', width: 'fit', cell: ({ id }) => countedAs(figure, byId.get(id)!) },
          { heading: '什麼變了', cell: ({ id, changes, appeared }) => whatChanged(changes, appeared, byId.get(id)?.before === null) },
          { heading: '何時記錄', cell: ({ recordedAt }) => recordedAt.map((at, i) => <>{i > 0 && <br />}<InstantText at={at} /></>) },
        ]}
      />
      {figure.cases.length > casesShown && <p class="muted">只列前 {casesShown} 件，共 {figure.cases.length} 件。</p>}
    </Card>
  )
}

function countedAs({ kind }: ChangedFigure, { before, after }: { before: number | null; after: number | null }): string {
  if (before === null) return '新計入'
  if (after === null) return '不再計入'
  const yes = (value: number) => (kind === 'date' ? rocDay(dayFromNumber(value)) : kind === 'rate' ? (value === 1 ? '符合' : '不符合') : String(value))
  return `${yes(before)} → ${yes(after)}`
}

function whatChanged(changes: Explained['changes'], appeared: Explained['appeared'], isNew: boolean) {
  if (appeared === 'in') return '前一份定稿時還沒有登錄，或不在這個範圍'
  if (appeared === 'out') return '已不在這個範圍'
  // its recorded times are those of the old system: asked again as of the issue's instant, it is there
  if (changes.length === 0 && isNew) return '定稿之後才匯入的舊案'
  return changes.map(({ what, before, after }, i) => <>{i > 0 && <br />}{what}：{before} → {after}</>)
}
