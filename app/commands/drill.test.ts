import { expect, test } from 'vitest'
import { compareFigures } from './drill.ts'

const report = (figures: Record<string, unknown>) => JSON.stringify({ figures: Object.fromEntries(Object.entries(figures).map(([id, value]) => [id, { value }])) })

test('figures that differ after a restore are named, also one that is missing or new', () => {
  const rows = compareFigures(report({ a: 1, b: 0.5, c: null, d: { x: 1 } }), report({ a: 1, b: 0.6, c: null, d: { x: 1 }, e: 3 }))
  expect(rows.filter(({ same }) => !same).map(({ what }) => what)).toEqual(['指標 b', '指標 e', '指標 沒有資料的'])
  expect(compareFigures(report({ a: 1, c: null }), report({ a: 1, c: null })).every(({ same }) => same)).toBe(true)
})
