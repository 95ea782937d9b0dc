import { createHash } from 'node:crypto'
import type { EChartsCoreOption } from 'echarts/core'
import { lazily } from '../../../lazy.ts'
import { grouped } from '../format.ts'
import type { ChartBlock } from '../model.ts'
import { plainSvg } from './plain-svg.ts'

const core = lazily<typeof import('echarts/core')>('echarts/core')
const charts = lazily<typeof import('echarts/charts')>('echarts/charts')
const components = lazily<typeof import('echarts/components')>('echarts/components')
const renderers = lazily<typeof import('echarts/renderers')>('echarts/renderers')

function startChart(options: { width: number; height: number }) {
  core().use([charts().BarChart, charts().LineChart, components().GraphicComponent, components().GridComponent, renderers().SVGRenderer])
  return core().init(null, null, { renderer: 'svg', ssr: true, ...options })
}

export interface DrawnChart {
  /** a whole <svg> without style attributes, style sheets, script or outside references; the same chart gives the same bytes */
  svg: string
  width: number
  height: number
}

type Drawable = Pick<ChartBlock, 'kind' | 'categories' | 'series' | 'unit' | 'caption' | 'alt'>

const width = 640
const fontFamily = "Noto Sans TC, PingFang TC, Microsoft JhengHei, sans-serif"
// Told apart by lightness first, so that they survive a grey printer and every kind of colour blindness.
const palette = ['#0d4f5c', '#d39a2d', '#7fa9b3', '#9a3b26', '#c9c3b6', '#565149']
// The same, dark enough to be read as text on white.
const inks = ['#0d4f5c', '#7d5708', '#3f6871', '#9a3b26', '#6b665c', '#565149']
const ink = '#2b2a27'
const faint = '#d8d4cb'
const quiet = '#6b665c'

/** Draws the chart for the page: no animation, no legend, values written at their marks. */
export function drawChart(chart: Drawable): DrawnChart {
  const lying = chart.kind !== 'line' && isLying(chart)
  const height = lying ? lyingHeight(chart) : 300
  const echarts = startChart({ width, height })
  try {
    echarts.setOption(chart.kind === 'line' ? lineOption(chart) : lying ? lyingOption(chart) : standingOption(chart))
    const name = createHash('sha256').update(JSON.stringify([chart.kind, chart.categories, chart.series, chart.unit, chart.caption])).digest('hex').slice(0, 10)
    const svg = plainSvg(echarts.renderToSVGString(), { name: `c${name}`, title: chart.caption, description: chart.alt })
    return { svg, width, height }
  } finally {
    echarts.dispose()
  }
}

// Long names and many parts need lines of their own.
function isLying({ categories, series, kind }: Drawable): boolean {
  const widest = Math.max(0, ...categories.map((each) => textWidth(each, 13)))
  const bars = kind === 'stacked' ? 1 : series.length
  return categories.length * Math.max(widest + 10, bars * 26) > width - 60
}

const barsIn = ({ kind, series }: Drawable) => (kind === 'stacked' ? 1 : series.length)

function lyingHeight(chart: Drawable): number {
  return Math.min(1100, 24 + keyHeight(chart) + chart.categories.length * (14 * barsIn(chart) + 10))
}

const keyHeight = ({ series }: Drawable) => (series.length > 1 ? 28 : 0)

const text = (size = 13, color = ink) => ({ fontFamily, fontSize: size, color, textBorderWidth: 0 })
const print = (value: unknown, unit: string) => (typeof value === 'number' ? grouped(value) + (unit === '%' ? '%' : '') : '')

function base(chart: Drawable): EChartsCoreOption {
  return { animation: false, color: palette, textStyle: { fontFamily }, stateAnimation: { duration: 0 }, ...key(chart) }
}

// Names of several bars: a square and the word, above the drawing, in the order of the bars.
function key({ series, kind }: Drawable): EChartsCoreOption {
  if (series.length < 2 || kind === 'line') return {}
  let left = 8
  const elements = series.flatMap(({ name }, i) => {
    const x = left
    left += 34 + textWidth(name, 13)
    return [
      { type: 'rect', shape: { x, y: 8, width: 12, height: 12 }, style: { fill: palette[i % palette.length] }, silent: true },
      { type: 'text', x: x + 18, y: 14, style: { text: name, fontFamily, fontSize: 13, fill: ink, verticalAlign: 'middle' }, silent: true },
    ]
  })
  return { graphic: { elements } }
}

const textWidth = (words: string, size: number) =>
  Array.from(words).reduce((all, character) => all + (character.codePointAt(0)! > 0x2e7f ? size : size * 0.56), 0)

const barSeries = (chart: Drawable, position: 'top' | 'right') =>
  chart.series.map(({ name, values }, i) => ({
    type: 'bar',
    name,
    data: values,
    stack: chart.kind === 'stacked' ? 'all' : undefined,
    barMaxWidth: position === 'top' ? 46 : 16,
    barGap: '12%',
    silent: true,
    itemStyle: { color: palette[i % palette.length] },
    label: {
      show: chart.kind !== 'stacked' || chart.categories.length <= 12,
      position: chart.kind === 'stacked' ? 'inside' : position,
      distance: 4,
      ...text(12, chart.kind === 'stacked' && (i % palette.length === 0 || i % palette.length === 3 || i % palette.length === 5) ? '#ffffff' : ink),
      formatter: ({ value }: { value: unknown }) => (fits(chart, value) ? print(value, chart.unit) : ''),
    },
  }))

// A number inside a slice needs a slice at least as high as itself; the table beside has them all.
function fits({ kind, categories, series }: Drawable, value: unknown): boolean {
  if (kind !== 'stacked' || typeof value !== 'number') return true
  const highest = Math.max(1, ...categories.map((_, i) => series.reduce((all, { values }) => all + (values[i] ?? 0), 0)))
  return value / highest > 0.065
}

const valueAxis = {
  type: 'value',
  axisLabel: { ...text(12, quiet), formatter: (value: number) => grouped(value) },
  axisLine: { show: false },
  axisTick: { show: false },
  splitLine: { lineStyle: { color: faint, width: 1 } },
  splitNumber: 4,
  minInterval: 1,
}

const unitAxis = ({ unit, kind, series }: Drawable) => ({
  ...valueAxis,
  name: unit === '' ? '' : `（${unit}）`,
  nameLocation: 'end',
  nameGap: 8,
  nameTextStyle: { ...text(12, quiet), align: 'right' },
  minInterval: unit === '%' ? 0 : 1,
  ...(kind === 'line' && unit === '%' ? shareRange(series) : {}),
})

// Shares near the top would all lie on one line if the axis began at nothing; whole tens keep the range honest and stable.
function shareRange(series: Drawable['series']): { min: number; max: number; interval: number } {
  const values = series.flatMap((each) => each.values).filter((value) => value !== null)
  const least = Math.min(100, ...values)
  const min = Math.max(0, Math.floor((least - 5) / 10) * 10)
  return { min, max: Math.max(100, ...values), interval: (100 - min) / 5 }
}

function standingOption(chart: Drawable): EChartsCoreOption {
  return {
    ...base(chart),
    grid: { left: 48, right: 12, top: 30 + keyHeight(chart), bottom: 30 },
    xAxis: {
      type: 'category',
      data: chart.categories,
      axisLabel: { ...text(13), interval: 0 },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: quiet, width: 1 } },
    },
    yAxis: unitAxis(chart),
    series: barSeries(chart, 'top'),
  }
}

// Bars that lie carry their values at the end, so the axis of values is not drawn.
function lyingOption(chart: Drawable): EChartsCoreOption {
  const longest = Math.max(...chart.categories.map((each) => textWidth(each, 13)))
  return {
    ...base(chart),
    grid: { left: Math.min(260, longest + 16), right: 56, top: 4 + keyHeight(chart), bottom: 8 },
    yAxis: {
      type: 'category',
      inverse: true,
      data: chart.categories,
      axisLabel: { ...text(13), interval: 0, width: 240, overflow: 'truncate' },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: quiet, width: 1 } },
    },
    xAxis: { type: 'value', show: false, minInterval: 1 },
    series: barSeries(chart, 'right'),
  }
}

function lineOption(chart: Drawable): EChartsCoreOption {
  const names = Math.max(...chart.series.map(({ name }) => textWidth(name, 13)))
  const alone = chart.series.length === 1
  return {
    ...base(chart),
    grid: { left: 48, right: alone ? 28 : Math.min(220, names + 24), top: 30, bottom: 30 },
    xAxis: {
      type: 'category',
      data: chart.categories,
      boundaryGap: chart.categories.length <= 12,
      axisLabel: { ...text(13), interval: chart.categories.length > 12 ? 'auto' : 0 },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: quiet, width: 1 } },
    },
    yAxis: unitAxis(chart),
    series: chart.series.map(({ name, values }, i) => ({
      type: 'line',
      name,
      data: values,
      silent: true,
      symbol: (['circle', 'rect', 'diamond', 'triangle'] as const)[i % 4],
      symbolSize: 7,
      lineStyle: { color: palette[i % palette.length], width: 2, type: (['solid', 'dashed', 'dotted'] as const)[i % 3] },
      itemStyle: { color: palette[i % palette.length] },
      label: { show: alone && values.length <= 12, position: 'top', ...text(12), formatter: ({ value }: { value: unknown }) => print(value, chart.unit) },
      endLabel: { show: !alone, ...text(13, inks[i % inks.length]), padding: [2, 0], formatter: name.replace(/[{}]/g, '') },
      labelLayout: { moveOverlap: 'shiftY' },
    })),
  }
}
