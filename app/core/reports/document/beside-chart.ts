import type { Cell, ChartBlock, Column } from './model.ts'

const crosswiseMax = 7

/** The chart's numbers as they stand under it on paper: crosswise, one line a figure, when the parts are few. */
export function besideChart({ table, categories }: ChartBlock): { columns: Column[]; rows: Cell[][]; total: Cell[] | null } {
  if (categories.length > crosswiseMax) return table
  const whole = table.total
  const columns = [
    { heading: table.columns[0]?.heading ?? '', numeric: false },
    ...categories.map((heading) => ({ heading, numeric: true })),
    ...(whole ? [{ heading: wordOf(whole[0]), numeric: true }] : []),
  ]
  const rows = table.columns.slice(1).map(({ heading }, i): Cell[] => [
    [{ type: 'text', text: heading }],
    ...table.rows.map((row) => row[i + 1] ?? []),
    ...(whole ? [whole[i + 1] ?? []] : []),
  ])
  return { columns, rows, total: null }
}

const wordOf = (cell: Cell | undefined): string => {
  const first = cell?.[0]
  return first?.type === 'text' ? first.text : '合計'
}
