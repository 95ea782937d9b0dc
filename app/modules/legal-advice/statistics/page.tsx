import type { ComponentChildren } from 'preact'
import { read, type Reader } from '../../../core/db.ts'
import { figureSplits, figureValues } from '../../../core/figures/compute.ts'
import type { FigurePart, FigureSpan, FigureValue, SplitBy } from '../../../core/figures/figure.ts'
import { figurePath, readSpanQuery } from '../../../core/figures/paths.ts'
import { addDays, type Day, day, partsOf, rocMonth } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { ErrorSummary } from '../../../ui/components/error-summary.tsx'
import { FilterBar } from '../../../ui/components/filter-bar.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { figures } from '../figures.ts'
import { statisticsPath } from '../paths.ts'

/** The half-year of the council's report that ended last before today: April to September, October to March. */
export function lastHalfYear(today: Day): FigureSpan {
  const { year, month } = partsOf(today)
  const to = month >= 10 ? day(`${year}-09-30`) : month >= 4 ? day(`${year}-03-31`) : day(`${year - 1}-09-30`)
  const from = to.endsWith('09-30') ? day(`${to.slice(0, 4)}-04-01`) : day(`${Number(to.slice(0, 4)) - 1}-10-01`)
  return { from, to, statusOn: addDays(to, 31) > today ? today : addDays(to, 31), asOf: null }
}

/** Numbers of a period, by 類別, month and 方式. Each opens to the sessions and consultations it counts. */
async function show(request: StaffRequest): Promise<Reply> {
  const { span, errors, typed } = readSpanQuery(request.query, lastHalfYear(request.today))
  const { values, splits } = await read(request.db, async (reader) => measure(reader, span))
  const persons = splits['legal_aid.persons'] ?? {}
  return consolePage(request, {
    title: '法律諮詢統計', heading: '法律諮詢統計', current: statisticsPath,
    children: (
      <>
        {Object.keys(errors).length > 0 && <ErrorSummary errors={Object.entries(errors).map(([field, text]) => ({ field, text: text! }))} />}
        <FilterBar action={statisticsPath} submit="看這段期間">
          <TextInput name="from" label="從" value={typed.from} error={errors.from} width={10} />
          <TextInput name="to" label="到" value={typed.to} error={errors.to} width={10} />
          <TextInput name="statusOn" label="資料截止日" value={typed.statusOn} error={errors.statusOn} width={10} />
        </FilterBar>
        <SummaryList columns={3} rows={figures.map((figure) => ({ key: figure.title, value: <a href={figurePath(figure.id, span)}>{said(values[figure.id]!)}</a> }))} />
        <Parts caption="依類別" by="category" span={span} splits={splits} />
        <Parts caption="依月份" by="month" span={span} splits={splits} label={(text) => rocMonth(text)} />
        <Parts caption="依方式" by="channel" span={span} splits={splits} />
        {(persons.category ?? []).length === 0 && <p class="muted">這段期間沒有諮詢。</p>}
        <p class="muted">這裡只有數字。諮詢的內容不離開律師自己的紀錄。</p>
      </>
    ),
  })
}

async function measure(reader: Reader, span: FigureSpan) {
  return { values: await figureValues(reader, figures, span), splits: await figureSplits(reader, figures, span, ['category', 'month', 'channel']) }
}

function said({ value, unit, kind }: FigureValue): string {
  if (value === null) return '沒有資料'
  return kind === 'rate' ? `${(value * 100).toFixed(2)}%` : `${Number.isInteger(value) ? value : value.toFixed(1)} ${unit}`
}

type Splits = Record<string, Partial<Record<SplitBy, FigurePart[]>>>

/** One row a part, one column a figure that is split so. */
function Parts({ caption, by, span, splits, label = (text) => text }: { caption: string; by: SplitBy; span: FigureSpan; splits: Splits; label?: (text: string) => string }): ComponentChildren {
  const own = figures.filter((figure) => figure.splits.includes(by) && splits[figure.id]?.[by])
  const keys = [...new Map(own.flatMap(({ id }) => splits[id]![by]!.map((part) => [part.label, part] as const))).values()]
  if (!keys.length) return null
  const cell = (id: string, row: FigurePart) => {
    const part = splits[id]![by]!.find((one) => one.label === row.label)
    return part ? <a href={figurePath(id, span, { by, part: part.label })}>{said(part)}</a> : '—'
  }
  return <Table<FigurePart> caption={caption} rows={by === 'month' ? keys.toSorted((a, b) => (a.label < b.label ? -1 : 1)) : keys} rowKey={(row) => row.label} columns={[{ heading: caption.replace('依', ''), cell: (row) => label(row.label), rowHeader: true }, ...own.map((figure) => ({ heading: figure.title.replace('法律諮詢', ''), cell: (row: FigurePart) => cell(figure.id, row), numeric: true }))]} />
}

export const routes: Route[] = [get(statisticsPath, 'legal-advice.statistics', show)]
