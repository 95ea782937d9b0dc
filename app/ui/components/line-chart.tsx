import { Chart } from './chart.tsx'
import { drawnWidth } from './drawn-width.ts'

export interface Line {
  label: string
  values: readonly (number | null)[]
}

export interface LineChartProps {
  caption: string
  description: string
  /** Names along the bottom, one for each value. */
  steps: readonly string[]
  /** Up to four, named at their ends. */
  lines: readonly Line[]
  heading: string
  unit?: string
}

// Small on purpose: at a phone's width the words stay readable.
const width = 440
const height = 220
const edges = { top: 14, bottom: 32 }

/** Lines over time, each named at its end; the scale starts at zero. */
export function LineChart({ caption, description, steps, lines, heading, unit }: LineChartProps) {
  const top = niceTop(Math.max(...lines.flatMap((line) => line.values.map((value) => value ?? 0)), 1))
  // the scale stands left of the lines, their names right of their ends
  const left = Math.max(42, drawnWidth(`${top.toLocaleString('en')} ${unit ?? ''}`) + 10)
  const frame = { ...edges, left, right: 14 + Math.max(50, ...lines.map((line) => drawnWidth(line.label))) }
  const x = (index: number) => Math.round(frame.left + (index / Math.max(steps.length - 1, 1)) * (width - frame.left - frame.right))
  const y = (value: number) => Math.round((height - frame.bottom - (value / top) * (height - frame.top - frame.bottom)) * 10) / 10
  // as many names along the bottom as stand apart from one another
  const apart = (width - frame.left - frame.right) / Math.max(steps.length - 1, 1)
  const every = Math.max(1, Math.ceil((Math.max(0, ...steps.map(drawnWidth)) + 8) / apart))
  const data = {
    headings: [heading, ...lines.map((line) => line.label + (unit ? `（${unit}）` : ''))],
    rows: steps.map((step, index) => [step, ...lines.map((line) => line.values[index] ?? '—')]),
  }
  return (
    <Chart caption={caption} description={description} data={data}>
      <svg class="lines" viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
        {[0, 0.5, 1].map((part) => (
          <g key={part}>
            <path class="lines__grid" d={`M${frame.left} ${y(top * part)}H${width - frame.right}`} />
            <text class="lines__scale" x={frame.left - 8} y={y(top * part)} text-anchor="end" dominant-baseline="central">{(top * part).toLocaleString('en')}{part === 1 && unit && ` ${unit}`}</text>
          </g>
        ))}
        {steps.map((step, index) => (steps.length - 1 - index) % every === 0 && (
          <text key={step} class="lines__step" x={x(index)} y={height - 12} text-anchor="middle">{step}</text>
        ))}
        {endLabels(lines, x, y).map(({ line, index, last, labelY }) => (
          <g key={line.label} class={`line line--${index + 1}`}>
            <path class="line__path" d={pathOf(line.values, x, y)} />
            {line.values.map((value, at) => value !== null && <circle key={at} class="line__dot" cx={x(at)} cy={y(value)} r="3" />)}
            <text class="line__label" x={x(last) + 12} y={labelY} dominant-baseline="central">{line.label}</text>
          </g>
        ))}
      </svg>
    </Chart>
  )
}

/** The names at the lines' ends, also of a line that ends early; moved apart where lines end close together. */
function endLabels(lines: readonly Line[], x: (index: number) => number, y: (value: number) => number) {
  const placed = lines
    .map((line, index) => {
      const last = Math.max(line.values.findLastIndex((value) => value !== null), 0)
      return { line, index, last, labelY: y(line.values[last] ?? 0) }
    })
    .sort((a, b) => a.labelY - b.labelY)
  placed.forEach((label, at) => {
    const above = placed.slice(0, at).findLast((other) => Math.abs(x(other.last) - x(label.last)) < 12 + Math.max(drawnWidth(other.line.label), drawnWidth(label.line.label)))
    if (above && label.labelY - above.labelY < 18) label.labelY = above.labelY + 18
  })
  return placed
}

function pathOf(values: readonly (number | null)[], x: (index: number) => number, y: (value: number) => number): string {
  let path = ''
  values.forEach((value, index) => {
    if (value !== null) path += `${path === '' || values[index - 1] === null ? 'M' : 'L'}${x(index)} ${y(value)}`
  })
  return path
}

/** The next 1, 2 or 5 times a power of ten, so that half of it is a round number too. */
function niceTop(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most))
  return [1, 2, 4, 5, 6, 8, 10].map((factor) => factor * power).find((top) => top >= most) ?? most
}
