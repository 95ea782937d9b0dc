import { expect, test } from 'vitest'
import { drawChart } from './draw.ts'

const chart = {
  kind: 'bar' as const,
  categories: ['4月', '5月'],
  series: [{ name: '收件', values: [61, null] }],
  unit: '件',
  caption: '各月 <收件> & "結案"',
  alt: '4月 61 件',
}

test('a chart is an image with a name and a description', () => {
  const { svg } = drawChart(chart)
  expect(svg).toMatch(/^<svg [^>]*role="img"/)
  expect(svg).toContain('>各月 &lt;收件&gt; &amp; &quot;結案&quot;</title>')
  expect(svg).toContain('>4月 61 件</desc>')
})

test.each(['bar', 'line', 'stacked'] as const)('a %s chart passes a strict content security policy', (kind) => {
  const { svg } = drawChart({ ...chart, kind, series: [...chart.series, { name: '結案', values: [60, 1] }] })
  expect(svg).not.toMatch(/ style=|<style|class=|<script|javascript:|href=|zr\d/)
})

test('the same chart gives the same bytes', () => {
  expect(drawChart(chart).svg).toBe(drawChart(chart).svg)
})

test('many units lie on lines of their own, all of them named', () => {
  const categories = Array.from({ length: 23 }, (_, i) => `第${i + 1}號單位`)
  const { svg, height } = drawChart({ ...chart, categories, series: [{ name: '收件', values: categories.map((_, i) => i) }] })
  for (const name of categories) expect(svg).toContain(`>${name}</text>`)
  expect(height).toBeGreaterThan(400)
})

test('names that look like markup stay names', () => {
  const { svg } = drawChart({ ...chart, categories: ['<script>', '{a}&'], series: [{ name: '</svg>', values: [1, 2] }, { name: '{b}', values: [1, 2] }] })
  expect(svg).not.toContain('<script>')
  expect(svg.match(/<\/svg>/g)).toHaveLength(1)
})
