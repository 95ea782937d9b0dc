import { figureSet } from '../../../core/figures/cache.ts'
import type { FigureDefinition, FigureSpan, FigureValue } from '../../../core/figures/figure.ts'
import { figureCasesPath, figureListPath, figurePath, figuresPath } from '../../../core/figures/paths.ts'
import { allFigures } from '../../../core/figures/registry.ts'
import { holds } from '../../../core/identity/permissions.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get } from '../../../core/web/route.ts'
import { ButtonLink, FigureLink, Sparkline, Table, Tag } from '../../../ui/index.ts'
import { publicationsPath } from '../paths.ts'
import { shown, shownText } from '../shown.ts'
import { SpanFilter, spanText } from '../span-filter.tsx'
import { readSpan } from '../asked-span.ts'

type Row = { figure: FigureDefinition; value: FigureValue; trend: (number | null)[] }

/** All figures, each for the same period, status day and instant, with the periods before it. */
export const routes = [
  get(figuresPath, 'figures.read', async (request) => {
    const asked = await readSpan(request)
    const figures = allFigures()
    const ids = figures.map((figure) => figure.id)
    const series: Record<string, FigureValue>[] = []
    for (const span of asked.series) series.push(await figureSet(request.db, ids, span))
    const rows = figures.map((figure) => ({ figure, value: series.at(-1)![figure.id]!, trend: series.map((set) => set[figure.id]!.value) }))
    return consolePage(request, {
      title: '統計數字',
      current: figuresPath,
      actions: holds(request.person, 'figures.publish') && <ButtonLink href={publicationsPath} kind="secondary" small>公開的統計</ButtonLink>,
      children: (
        <>
          <SpanFilter asked={asked} action={figuresPath} href={figureListPath} />
          <h2>{spanText(asked.span)}</h2>
          <FigureTable rows={rows} span={asked.span} />
        </>
      ),
    })
  }),
]

function FigureTable({ rows, span }: { rows: Row[]; span: FigureSpan }) {
  return (
    <Table
      caption="統計數字"
      captionHidden
      rows={rows}
      rowKey={({ figure }) => figure.id}
      rowHref={({ figure }) => figurePath(figure.id, span)}
      columns={[
        { heading: '統計數字', rowHeader: true, width: 'grow', cell: ({ figure }) => <Name figure={figure} span={span} /> },
        { heading: '數值', numeric: true, width: 'fit', cell: ({ figure, value }) => <Value figure={figure} value={value} span={span} /> },
        { heading: '最近八期', width: 'fit', wideOnly: true, cell: ({ figure, trend }) => figure.kind !== 'date' && <Sparkline values={trend} label={trendInWords(figure, trend)} /> },
        { heading: '對外', width: 'fit', wideOnly: true, cell: ({ figure }) => (figure.public ? <Tag>公開</Tag> : <Tag tone="ended">內部</Tag>) },
      ]}
    />
  )
}

function Name({ figure, span }: { figure: FigureDefinition; span: FigureSpan }) {
  return (
    <>
      <a href={figurePath(figure.id, span)}>{figure.title}</a>
      <div class="muted small">{figure.definition}</div>
    </>
  )
}

function Value({ figure, value, span }: { figure: FigureDefinition; value: FigureValue; span: FigureSpan }) {
  return <FigureLink {...shown(value)} label={figure.title} href={value.value === null ? undefined : figureCasesPath(figure.id, span)} />
}

function trendInWords(figure: FigureDefinition, trend: (number | null)[]): string {
  return `${figure.title}最近八期：${trend.map((value) => shownText({ ...figure, value })).join('、')}`
}
