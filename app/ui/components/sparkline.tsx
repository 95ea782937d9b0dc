export interface SparklineProps {
  /** Oldest first; a gap is null. The last eight are drawn. */
  values: readonly (number | null)[]
  /** What it shows, in words. */
  label: string
  width?: number
  height?: number
}

/** A small line of the last eight values, the newest marked. Nothing when fewer than two are known. */
export function Sparkline({ values, label, width = 72, height = 20 }: SparklineProps) {
  const shown = values.slice(-8)
  const known = shown.filter((value): value is number => value !== null)
  if (known.length < 2) return null
  const least = Math.min(...known)
  const span = Math.max(...known) - least || 1
  const step = (width - 6) / Math.max(shown.length - 1, 1)
  const points = shown.flatMap((value, index) => value === null ? [] : [{
    x: round(3 + index * step),
    y: round(height - 3 - ((value - least) / span) * (height - 6)),
  }])
  const last = points.at(-1)
  return (
    <svg class="sparkline" viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={label}>
      <polyline points={points.map(({ x, y }) => `${x},${y}`).join(' ')} fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round" stroke-linecap="round" />
      {last && <circle cx={last.x} cy={last.y} r="2.5" fill="currentColor" />}
    </svg>
  )
}

function round(value: number) {
  return Math.round(value * 10) / 10
}
