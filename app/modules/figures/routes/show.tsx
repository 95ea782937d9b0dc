import { NotFound } from '../../../core/errors.ts'
import { figureSet, figureSplitSet } from '../../../core/figures/cache.ts'
import { addsUp, blank, type FigureDefinition, type FigurePart, type FigureSpan, type FigureValue, holds, partNames, type SplitBy, splits } from '../../../core/figures/figure.ts'
import { figureCasesPath, figureFilePath, figureListPath, figurePath, figuresPath, readPart } from '../../../core/figures/paths.ts'
import { periodName } from '../../../core/figures/periods.ts'
import { findFigure } from '../../../core/figures/registry.ts'
import { rocMonth } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, type StaffRequest } from '../../../core/web/route.ts'
import { BarChart, ButtonGroup, ButtonLink, Card, EmptyState, FigureLink, LineChart, SubNav, Table, WarningText } from '../../../ui/index.ts'
import { ruleOf, shown, shownInColumn, shownText } from '../shown.ts'
import { SpanFilter, spanText } from '../span-filter.tsx'
import { readSpan } from '../asked-span.ts'

/** One figure: value, definition, what came before it, and its parts, each of which opens to its cases. */
export const routes = [
  get(`${figuresPath}/:id`, 'figures.read', async (request) => {
    const figure = figureOf(request)
    const asked = await readSpan(request)
    const { span } = asked
    const by = readPart(request.query, figure.splits).by ?? figure.splits[0]!
    const series: Series = []
    for (const each of asked.series) series.push({ span: each, value: (await figureSet(request.db, [figure.id], each))[figure.id]! })
    const value = series.at(-1)!.value
    const parts = (await figureSplitSet(request.db, [figure.id], span, [by]))[figure.id]?.[by] ?? []
    return consolePage(request, {
      title: figure.title,
      current: figuresPath,
      breadcrumbs: [{ text: '統計數字', href: figureListPath(span) }, { text: figure.title }],
      children: (
        <>
          <SpanFilter asked={asked} action={`${figuresPath}/${figure.id}`} keep={{ by }} href={(each) => figurePath(figure.id, each, { by })} />
          <div class="columns">
            <div class="columns__main"><Parts figure={figure} span={span} by={by} parts={parts} whole={value} /></div>
            <div class="columns__side"><About figure={figure} span={span} value={value} /></div>
          </div>
          {parts.some(({ value: each }) => each) && by !== 'kind' && figure.kind !== 'date' && <PartChart figure={figure} by={by} parts={parts} />}
          <Trend figure={figure} series={series} />
        </>
      ),
    })
  }),
]

type Series = { span: FigureSpan; value: FigureValue }[]

export function figureOf(request: StaffRequest): FigureDefinition {
  const figure = findFigure(request.params.id ?? '')
  if (!figure) throw new NotFound(`沒有「${request.params.id}」這個統計數字`)
  return figure
}

function About({ figure, span, value }: { figure: FigureDefinition; span: FigureSpan; value: FigureValue }) {
  return (
    <Card title={periodName(span)}>
      <p class="figure-card__value">
        <FigureLink {...shown(value)} label={figure.title} href={value.value === null ? undefined : figureCasesPath(figure.id, span)} />
      </p>
      {value.denominator !== undefined && <p class="muted">{figure.adds === 'ratio' ? `${count(value.numerator)} / ${count(value.denominator)} 元，${count(value.cases)} 件` : figure.adds === 'share' ? `${count(value.numerator)} / ${count(value.denominator)} 件` : `${count(value.denominator)} 件的平均`}</p>}
      {figure.adds === 'balance' && <BalanceCheck figure={figure} value={value} />}
      <p>{figure.definition}</p>
      <p class="muted small">{ruleOf(figure)}{spanText(span)}。代號 <code>{figure.id}</code></p>
      {value.value !== null && <p><a href={figureCasesPath(figure.id, span)}>看計入的案件</a></p>}
    </Card>
  )
}

/** The balance written out; one that does not hold says so. */
function BalanceCheck({ figure, value }: { figure: FigureDefinition; value: FigureValue }) {
  const [carriedIn, entered, ended, carriedOut] = partNames(figure).map(({ key, label }) => `${label} ${count(value.parts?.find((part) => part.key === key)?.value ?? 0)}`)
  return (
    <>
      <p>{carriedIn} + {entered} − {ended} = {carriedOut}</p>
      {!holds(value) && <WarningText>這個數字不平衡：有案件的期初、新收、終結與期末不一致，列在「不平衡的案件」。</WarningText>}
    </>
  )
}

const count = (value: number | undefined): string => (value ?? 0).toLocaleString('en')

function Trend({ figure, series }: { figure: FigureDefinition; series: Series }) {
  if (figure.kind === 'date' || series.filter(({ value }) => value.value !== null).length < 2) return null
  const isRate = figure.kind === 'rate'
  return (
    <LineChart
      caption="與先前各期相比"
      description={series.map((each) => `${periodName(each.span)} ${shownText(each.value)}`).join('、')}
      steps={series.map(({ span }) => rocMonth(span.from))}
      lines={[{ label: shownText(series.at(-1)!.value), values: series.map(({ value }) => (value.value !== null && isRate ? Math.round(value.value * 10_000) / 100 : value.value)) }]}
      heading="期間起"
    />
  )
}

type PartsProps = { figure: FigureDefinition; span: FigureSpan; by: SplitBy; parts: FigurePart[]; whole: FigureValue }

function Parts({ figure, span, by, parts, whole }: PartsProps) {
  const tabs = figure.splits.map((each) => ({ href: figurePath(figure.id, span, { by: each }), text: `依${splits[each]}` }))
  return (
    <section aria-label="分項">
      <SubNav label="分項方式" current={figurePath(figure.id, span, { by })} items={tabs} />
      {parts.length === 0
        ? <EmptyState title="這段期間沒有案件"><p>換一段期間，或看看依何時所知是否早於案件登錄的時間。</p></EmptyState>
        : (
          <>
            <PartTable figure={figure} span={span} by={by} parts={parts} whole={whole} />
            <ButtonGroup>
              <ButtonLink href={figureFilePath(figure.id, span, 'parts', 'csv', { by })} kind="secondary" small download>下載 CSV</ButtonLink>
              <ButtonLink href={figureFilePath(figure.id, span, 'parts', 'ods', { by })} kind="secondary" small download>下載 ODS</ButtonLink>
            </ButtonGroup>
          </>
        )}
    </section>
  )
}

export const partName = (by: SplitBy, part: FigurePart): string => (by === 'month' && part.key ? rocMonth(part.key) : part.label)

function PartTable({ figure, span, by, parts, whole }: PartsProps) {
  const isFraction = figure.adds === 'share' || figure.adds === 'mean'
  return (
    <Table
      caption={`${figure.title}，依${splits[by]}`}
      captionHidden
      rows={parts}
      rowKey={(part) => part.label}
      rowHref={(part) => figureCasesPath(figure.id, span, { by, part: part.key ?? blank })}
      columns={[
        { heading: splits[by], rowHeader: true, width: 'grow', cell: (part) => (part.key === null ? <span class="muted">{blank}</span> : partName(by, part)) },
        ...(isFraction ? [{ heading: '件數', numeric: true, cell: (part: FigurePart) => part.denominator?.toLocaleString('en') }] : []),
        ...(figure.adds === 'ratio' ? [{ heading: '分子（元）', numeric: true, wideOnly: true, cell: (part: FigurePart) => part.numerator?.toLocaleString('en') }, { heading: '分母（元）', numeric: true, wideOnly: true, cell: (part: FigurePart) => part.denominator?.toLocaleString('en') }] : []),
        {
          heading: `數值${shown(whole).unit ? `（${shown(whole).unit}）` : ''}`,
          numeric: true,
          cell: (part) => <FigureLink value={shownInColumn(part)} label={`${partName(by, part)}${figure.title}`} href={figureCasesPath(figure.id, span, { by, part: part.key ?? blank })} />,
        },
      ]}
      footer={figure.adds === 'balance' && by === 'part' ? undefined : (
        <tr>
          <th scope="row">{addsUp(figure, by) ? '合計' : '全部'}</th>
          {isFraction && <td class="numeric">{whole.denominator?.toLocaleString('en')}</td>}
          {figure.adds === 'ratio' && <><td class="numeric wide-only">{whole.numerator?.toLocaleString('en')}</td><td class="numeric wide-only">{whole.denominator?.toLocaleString('en')}</td></>}
          <td class="numeric">{shownInColumn(whole)}</td>
        </tr>
      )}
    />
  )
}

function PartChart({ figure, by, parts }: { figure: FigureDefinition; by: SplitBy; parts: FigurePart[] }) {
  const name = `${figure.title}，依${splits[by]}`
  return (
    <BarChart
      caption={name}
      description={`${name}：${parts.map((part) => `${partName(by, part)} ${shownText(part)}`).join('、')}`}
      headings={[splits[by], figure.title]}
      bars={parts.map((part) => ({ label: partName(by, part), value: part.value ?? 0, text: shownText(part) }))}
    />
  )
}
