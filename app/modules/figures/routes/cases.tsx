import { countFigureCases, figureCases } from '../../../core/figures/compute.ts'
import { blank, type FigureCase, type FigureDefinition, type FigureSpan, partLabel, type SplitBy, splits } from '../../../core/figures/figure.ts'
import { figureCasesPath, figureFilePath, figureListPath, figurePath, figuresPath, readPart } from '../../../core/figures/paths.ts'
import { read } from '../../../core/db.ts'
import { dayFromNumber, dayOf, rocMonth } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get } from '../../../core/web/route.ts'
import { ButtonLink, type Column, DayText, EmptyState, InsetText, Pagination, Table, Toolbar } from '../../../ui/index.ts'
import { readAfter, writeAfter } from '../after.ts'
import { shownText } from '../shown.ts'
import { spanText } from '../span-filter.tsx'
import { readSpan } from '../asked-span.ts'
import { figureOf } from './show.tsx'

const pageSize = 50

/** The cases behind a figure or one of its parts, as they stood on the status day; each opens. */
export const routes = [
  get(`${figuresPath}/:id/cases`, 'figures.read', async (request) => {
    const figure = figureOf(request)
    const { span } = await readSpan(request)
    const { by, only } = readPart(request.query, figure.splits)
    const after = readAfter(request.query.after)
    const { counts, rows } = await read(request.db, async (reader) => ({
      counts: await countFigureCases(reader, figure, span, { only, seenBy: request.person }),
      rows: await figureCases(reader, figure, span, { only, seenBy: request.person, after, limit: pageSize + 1 }),
    }), span.asOf)
    const part = only ? (only.key ?? blank) : null
    const next = rows.length > pageSize ? figureCasesPath(figure.id, span, { by, part, after: writeAfter(rows[pageSize - 1]!) }) : null
    return consolePage(request, {
      title: `${figure.title}：計入的案件`,
      current: figuresPath,
      breadcrumbs: [
        { text: '統計數字', href: figureListPath(span) },
        { text: figure.title, href: figurePath(figure.id, span, { by }) },
        { text: '計入的案件' },
      ],
      children: (
        <>
          <p class="muted">{spanText(span)}。案件以資料截止日當時的狀態顯示。</p>
          <div class="stack">
            {by && part !== null && <Chosen figure={figure} span={span} by={by} part={part} />}
            <Hidden {...counts} />
          </div>
          <Toolbar count={counts.all}>
            <ButtonLink href={figureFilePath(figure.id, span, 'cases', 'csv', { by, part })} kind="secondary" small download>下載 CSV</ButtonLink>
            <ButtonLink href={figureFilePath(figure.id, span, 'cases', 'ods', { by, part })} kind="secondary" small download>下載 ODS</ButtonLink>
          </Toolbar>
          <CaseTable figure={figure} rows={rows.slice(0, pageSize)} />
          <Pagination previous={after ? figureCasesPath(figure.id, span, { by, part }) : null} next={next} {...(after ? { summary: '前一頁回到清單開頭' } : {})} />
        </>
      ),
    })
  }),
]

function Chosen({ figure, span, by, part }: { figure: FigureDefinition; span: FigureSpan; by: SplitBy; part: string }) {
  const name = part === blank ? part : by === 'month' ? rocMonth(part) : partLabel(figure, by, part)
  return <FilterChip label={`${splits[by]}：${name}`} removeHref={figureCasesPath(figure.id, span)} />
}

function FilterChip({ label, removeHref }: { label: string; removeHref: string }) {
  return (
    <p class="filter__active">
      <span class="filter__word">目前篩選</span>
      <a class="filter__chip" href={removeHref}><span class="govuk-visually-hidden">移除</span>{label}<span aria-hidden="true" class="filter__cross">×</span></a>
    </p>
  )
}

/** A list is shorter than its number only where it says so. */
function Hidden({ all, seen }: { all: number; seen: number }) {
  if (all === seen) return null
  return <InsetText>這個數字計入 {all.toLocaleString('en')} 件；其中 {(all - seen).toLocaleString('en')} 件您的職務不能檢視，下面沒有列出。</InsetText>
}

export const titleOf = (row: Pick<FigureCase, 'title' | 'confidential'>): string => (row.confidential ? '（保密）' : row.title)

function CaseTable({ figure, rows }: { figure: FigureDefinition; rows: FigureCase[] }) {
  return (
    <Table
      caption="計入的案件"
      captionHidden
      rows={rows}
      rowKey={(row) => row.case_id}
      rowHref={(row) => figure.set.casePath(row.number)}
      empty={<EmptyState title="沒有可以列出的案件" />}
      columns={[
        { heading: '案號', width: 'fit', rowHeader: true, cell: (row) => <a href={figure.set.casePath(row.number)}>{row.number}</a> },
        { heading: '主旨', width: 'grow', cell: (row) => titleOf(row) },
        { heading: '單位', width: 'fit', cell: (row) => row.unit ?? <Blank /> },
        { heading: '管道', width: 'fit', wideOnly: true, cell: (row) => row.channel },
        { heading: '鄉鎮', width: 'fit', wideOnly: true, cell: (row) => row.township ?? <Blank /> },
        { heading: '類別', width: 'fit', wideOnly: true, cell: (row) => row.category ?? <Blank /> },
        { heading: '收件', width: 'fit', cell: (row) => <DayText day={dayOf(row.received_at)} /> },
        { heading: '限辦', width: 'fit', wideOnly: true, cell: (row) => row.due_on && <DayText day={row.due_on} /> },
        { heading: '結案', width: 'fit', cell: (row) => (row.closed_at ? <DayText day={dayOf(row.closed_at)} /> : <span class="muted">未結</span>) },
        { heading: '方式', width: 'fit', wideOnly: true, cell: (row) => row.outcome },
        ...valueColumn(figure),
      ]}
    />
  )
}

/** What each case adds, where it is not simply one. */
function valueColumn(figure: FigureDefinition): Column<FigureCase>[] {
  const { adds, unit } = figure
  if (adds === 'count' || adds === 'balance' || (adds === 'breakdown' && !figure.value)) return []
  if (adds === 'date') return [{ heading: '日期', width: 'fit', cell: (row) => <DayText day={dayFromNumber(row.value)} /> }]
  if (adds === 'share') return [{ heading: '計入分子', numeric: true, cell: (row) => (row.value === 1 ? '是' : '否') }]
  if (adds === 'ratio') return [{ heading: '分子（元）', numeric: true, cell: (row) => row.value.toLocaleString('en') }, { heading: '分母（元）', numeric: true, cell: (row) => row.over?.toLocaleString('en') }]
  return [{ heading: `數值（${unit}）`, numeric: true, cell: (row) => shownText({ kind: 'flow', unit: '', value: row.value }) }]
}

const Blank = () => <span class="muted">{blank}</span>
