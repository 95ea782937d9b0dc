import { Chart } from './chart.tsx'
import { drawnWidth } from './drawn-width.ts'

export interface Bar {
  label: string
  value: number
  /** The number as written at the bar's end; thousands separators when left out. */
  text?: string
  /** One bar that the text is about. */
  highlight?: boolean
}

export interface BarChartProps {
  caption: string
  description: string
  bars: readonly Bar[]
  /** Heading of the names and of the numbers in the table. */
  headings: [string, string]
}

const rowHeight = 28
const labelWidth = 136
// Small on purpose: at a phone's width the words stay readable.
const chartWidth = 440

const textOf = (bar: Bar): string => bar.text ?? bar.value.toLocaleString('en')

/** What stands beside the bar; the whole name is in the table. */
const drawnLabel = (label: string): string => (label.length > 9 ? `${label.slice(0, 8)}…` : label)

/** Lying bars with their names and numbers beside them; of a name longer than nine characters the beginning is drawn. */
export function BarChart({ caption, description, bars, headings }: BarChartProps) {
  const most = Math.max(...bars.map((bar) => bar.value), 0) || 1
  const room = chartWidth - labelWidth - 8 - Math.max(...bars.map((bar) => drawnWidth(textOf(bar))), 0)
  const data = { headings: [...headings], rows: bars.map((bar) => [bar.label, bar.text ?? bar.value]) }
  return (
    <Chart caption={caption} description={description} data={data}>
      <svg class="bars" viewBox={`0 0 ${chartWidth} ${bars.length * rowHeight}`} aria-hidden="true" focusable="false">
        {bars.map((bar, index) => {
          const middle = index * rowHeight + rowHeight / 2
          const width = Math.max(Math.round((bar.value / most) * room), bar.value > 0 ? 2 : 0)
          return (
            <g key={bar.label} class={bar.highlight ? 'bar bar--highlight' : 'bar'}>
              <text class="bar__label" x={labelWidth - 10} y={middle} text-anchor="end" dominant-baseline="central">{drawnLabel(bar.label)}</text>
              <rect class="bar__bar" x={labelWidth} y={middle - 9} width={width} height={18} rx="1" />
              <text class="bar__value" x={labelWidth + width + 8} y={middle} dominant-baseline="central">{textOf(bar)}</text>
            </g>
          )
        })}
      </svg>
    </Chart>
  )
}
