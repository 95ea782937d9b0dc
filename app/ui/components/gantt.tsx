import { Chart } from './chart.tsx'

export interface GanttRow {
  label: string
  /** day numbers on one axis, e.g. days since 1970 */
  from: number
  to: number
  /** how much of it is done, 0 to 1 */
  done?: number
  /** late or very late: the tone of what is done; the label is bold too */
  late?: 'soon' | 'danger'
  /** points in time: hollow until reached */
  marks?: readonly { at: number; reached: boolean }[]
}

export interface GanttProps {
  caption: string
  description: string
  rows: readonly GanttRow[]
  /** a line through all rows: the day on which it is read */
  now: number
  /** the axis reaches this day at least */
  until?: number
  /** words along the top, each at its day */
  steps: readonly { at: number; text: string }[]
  /** the same in words, for those who do not see it */
  data: { headings: string[]; rows: (string | number)[][] }
}

// Names stand above their bars, so that the picture is readable at a phone's width and on paper.
const width = 440
const rowHeight = 40
const top = 26
const edge = 8
/** rows of one drawing: a printed page holds it whole, so that paper breaks between rows */
const most = 12

/** Spans of time below each other, how much of each is done, and the points on the way. */
export function Gantt({ caption, description, rows, now, until = now, steps, data }: GanttProps) {
  const first = Math.min(...rows.map(({ from }) => from), now)
  const last = Math.max(...rows.map(({ to, marks = [] }) => Math.max(to, ...marks.map(({ at }) => at))), now, until)
  const x = (at: number) => Math.round((edge + ((at - first) / Math.max(last - first, 1)) * (width - 2 * edge)) * 10) / 10
  const parts = Array.from({ length: Math.ceil(rows.length / most) }, (_, i) => rows.slice(i * most, (i + 1) * most))
  return (
    <Chart caption={caption} description={description} data={data}>
      {parts.map((part, i) => <Part key={i} rows={part} x={x} now={now} steps={steps.filter(({ at }) => at >= first && at <= last)} />)}
    </Chart>
  )
}

/** Some of the rows under the axis. */
function Part({ rows, x, now, steps }: Pick<GanttProps, 'rows' | 'now' | 'steps'> & { x(at: number): number }) {
  const height = top + rows.length * rowHeight
  return (
    <svg class="gantt" viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
      {spread(steps, x).map(({ at, text }) => (
        <g key={text}>
          <path class="gantt__grid" d={`M${x(at)} ${top - 6}V${height}`} />
          <text class="gantt__step" x={Math.min(x(at) + 3, width - 40)} y={12}>{text}</text>
        </g>
      ))}
      {rows.map((row, index) => {
        const y = top + index * rowHeight
        const [left, right] = [x(row.from), Math.max(x(row.to), x(row.from) + 3)]
        return (
          <g key={index} class={row.late ? `gantt__row gantt__row--${row.late}` : 'gantt__row'}>
            <rect class="gantt__plan" x={left} y={y + 19} width={right - left} height={9} rx="1" />
            {row.done ? <rect class="gantt__done" x={left} y={y + 19} width={Math.max((right - left) * Math.min(row.done, 1), 1)} height={9} rx="1" /> : null}
            {row.marks?.map(({ at, reached }, i) => <path key={i} class={reached ? 'gantt__mark gantt__mark--reached' : 'gantt__mark'} d={`M${x(at)} ${y + 17}l6 6.5 -6 6.5 -6 -6.5z`} />)}
          </g>
        )
      })}
      <path class="gantt__now" d={`M${x(now)} ${top - 6}V${height}`} />
      {rows.map((row, index) => <text key={index} class={row.late ? 'gantt__label gantt__label--late' : 'gantt__label'} x={Math.min(x(row.from), width - 240)} y={top + index * rowHeight + 12}>{row.label}</text>)}
    </svg>
  )
}

/** So many of the words that none stands in another's way. */
function spread(steps: readonly { at: number; text: string }[], x: (at: number) => number) {
  let last = -Infinity
  return steps.filter(({ at }) => {
    if (x(at) - last < 62) return false
    last = x(at)
    return true
  })
}
