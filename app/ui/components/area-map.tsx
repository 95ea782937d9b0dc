import { Chart } from './chart.tsx'

export interface MapArea {
  name: string
  /** SVG path in the map's own units. */
  path: string
  /** Where its name stands. */
  x: number
  y: number
}

export interface AreaMapProps {
  caption: string
  description: string
  /** Heading of the names and of the numbers in the table. */
  headings: [string, string]
  width: number
  height: number
  areas: readonly MapArea[]
  /** What lies too far away, in a square of its own at the top left. */
  inset?: { size: number; note: string; areas: readonly MapArea[] }
  /** The number of each area by name, and as written; areas without one stay empty. */
  values: ReadonlyMap<string, { value: number; text: string }>
  source?: string
}

/** How many shades tell much from little; the number itself stands in the area. */
const shades = 4

/** Areas shaded by a number, each with its name and number in it; the same as a table one click away. */
export function AreaMap({ caption, description, headings, width, height, areas, inset, values, source }: AreaMapProps) {
  const most = Math.max(...[...values.values()].map(({ value }) => value), 0) || 1
  const all = [...areas, ...(inset?.areas ?? [])]
  const data = { headings: [...headings], rows: all.map(({ name }) => [name, values.get(name)?.text ?? '0']) }
  const draw = (area: MapArea) => {
    const known = values.get(area.name)
    return <path key={area.name} class={`map__area map__area--${known ? Math.ceil((known.value / most) * shades) : 0}`} d={area.path} />
  }
  const label = (area: MapArea) => (
    <text key={area.name} class="map__label" x={area.x} y={area.y} text-anchor="middle">
      {area.name}
      <tspan class="map__value" x={area.x} dy="18">{values.get(area.name)?.text ?? '0'}</tspan>
    </text>
  )
  return (
    <Chart caption={caption} description={description} data={data} {...(source ? { source } : {})}>
      <svg class="map" viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
        {areas.map(draw)}
        {areas.map(label)}
        {inset && (
          <g transform="translate(1 1)">
            <rect class="map__frame" width={inset.size} height={inset.size} />
            {inset.areas.map(draw)}
            {inset.areas.map((area) => label({ ...area, x: inset.size / 2, y: inset.size - 58 }))}
            <text class="map__note" x={inset.size / 2} y={inset.size - 10} text-anchor="middle">{inset.note}</text>
          </g>
        )}
      </svg>
    </Chart>
  )
}
