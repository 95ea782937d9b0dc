import { rocMonth } from '../../time.ts'
import { type Part, grouped, isAdditive, printValue } from './format.ts'
import type { Cell, ChartBlock, Column, SourceNote, TableBlock } from './model.ts'
import type { FigureAnswer } from './resolver.ts'
import type { Split } from './text/source.ts'

/** A figure and its parts. */
export interface Parted {
  id: string
  answer: FigureAnswer
  parts: Part[]
}

interface Shape {
  label: string
  caption: string
  by: Split | null
  series: Parted[]
  note: SourceNote | null
}

export function tableOf(shape: Shape): TableBlock {
  const { label, caption, note } = shape
  return { type: 'table', label, caption, note, ...grid(shape, rowsOf(shape)) }
}

export function chartOf({ kind, ...shape }: Shape & { kind: ChartBlock['kind'] }): ChartBlock {
  const rows = rowsOf(shape)
  // Months stay in order; units and kinds read best from the most to the least.
  if (shape.by !== 'month') rows.sort((a, b) => total(b) - total(a))
  const { label, caption, by, series, note } = shape
  const { unit } = series[0]!.answer
  const isRate = series[0]!.answer.kind === 'rate'
  const categories = by === 'month' ? shortMonths(rows) : rows.map((row) => row.label)
  const chart = {
    type: 'chart' as const,
    label,
    caption,
    kind,
    categories,
    unit: isRate ? '%' : unit,
    series: series.map(({ answer }, i) => ({
      name: answer.title,
      values: rows.map(({ values }) => (isRate && values[i] != null ? Math.round(values[i] * 10_000) / 100 : (values[i] ?? null))),
    })),
    table: grid(shape, rows),
    note,
  }
  return { ...chart, alt: describe(chart) }
}

interface Row {
  key: string
  label: string
  /** one for each figure */
  values: (number | null)[]
}

// All parts that any of the figures has, in the order in which they first appear.
function rowsOf({ series, by }: Shape): Row[] {
  const rows = new Map<string, Row>()
  series.forEach(({ parts }, i) => {
    for (const { key, label, value } of parts) {
      const name = by === 'month' && isMonth(key) ? rocMonth(key) : label
      const row = rows.get(key) ?? { key, label: name, values: series.map(() => null) }
      row.values[i] = value
      rows.set(key, row)
    }
  })
  return [...rows.values()]
}

const splitHeadings: Record<Split, string> = {
  part: '項目', unit: '單位', township: '鄉鎮', month: '月份', channel: '管道', category: '類別', kind: '種類',
}

function grid({ by, series }: Shape, rows: Row[]): { columns: Column[]; rows: Cell[][]; total: Cell[] | null } {
  const columns = [
    { heading: by === null ? '項目' : splitHeadings[by], numeric: false },
    ...series.map(({ answer }) => ({ heading: answer.title + unitInBrackets(answer), numeric: true })),
  ]
  const cell = (value: number | null, { answer }: Parted): Cell => [
    { type: 'text', text: printValue({ value, kind: answer.kind === 'rate' ? 'rate' : 'flow', unit: '' }, 'number') ?? '—' },
  ]
  const whole = series.map((each): Cell => {
    const { id, answer } = each
    const value = Array.isArray(answer.value) ? sum(each.parts) : answer.value
    const text = printValue({ ...answer, value }, 'number') ?? '—'
    if (answer.source === 'none') return [{ type: 'text', text }]
    const { title, definition, source, url, typed } = answer
    return [{ type: 'figure', id, text, title, definition, source, url, typed }]
  })
  return {
    columns,
    rows: rows.map((row) => [[{ type: 'text', text: row.label }], ...row.values.map((value, i) => cell(value, series[i]!))]),
    // the lines of a balance are set against each other, not added up
    total: rows.length > 1 && !(by === null && series.some(({ answer }) => answer.kind === 'balance')) ? [[{ type: 'text', text: series.some(({ answer }) => isAdditive(answer.kind)) ? '合計' : '整體' }], ...whole] : null,
  }
}

const unitInBrackets = ({ kind, unit }: FigureAnswer): string => (kind === 'rate' ? '（%）' : unit === '' ? '' : `（${unit}）`)

function shortMonths(rows: Row[]): string[] {
  const years = new Set(rows.map((row) => row.key.slice(0, 4)))
  return rows.map(({ key, label }) => {
    if (!isMonth(key)) return label
    return years.size === 1 ? `${+key.slice(5)}月` : rocMonth(key)
  })
}

const isMonth = (key: string): boolean => /^\d{4}-\d\d$/.test(key)

const total = ({ values }: Row): number => values.reduce<number>((all, value) => all + (value ?? 0), 0)
const sum = (parts: Part[]): number => parts.reduce((all, part) => all + (part.value ?? 0), 0)

const kindNames = { bar: '長條圖', line: '折線圖', stacked: '堆疊長條圖' } as const

function describe({ kind, caption, categories, series, unit }: Pick<ChartBlock, 'kind' | 'caption' | 'categories' | 'series' | 'unit'>): string {
  const print = (value: number | null) => (value === null ? '無' : unit === '%' ? `${grouped(value)} %` : `${grouped(value)} ${unit}`.trim())
  const told = series.map(({ name, values }) => {
    const parts = categories.slice(0, 24).map((category, i) => `${category} ${print(values[i] ?? null)}`)
    const rest = categories.length > 24 ? `等 ${categories.length} 項` : ''
    return `${series.length > 1 ? `${name}：` : ''}${parts.join('、')}${rest}`
  })
  return `${kindNames[kind]}，${caption}。${told.join('；')}。`
}
