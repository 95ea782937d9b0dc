import { expect, test } from 'vitest'
import { cutAt, type CutItem } from './cut.ts'

const plain = (...amounts: number[]): CutItem[] => amounts.map((twd) => ({ twd, pin: null }))
const shown = (items: CutItem[], ceiling: number) => cutAt(items, ceiling).within.map((is) => (is ? '+' : '-')).join('')

test('the order is gone down until one does not fit; smaller ones below are out too', () => {
  expect([0, 29, 30, 50, 59, 60, 100].map((ceiling) => shown(plain(30, 20, 10, 5), ceiling))).toEqual(['----', '----', '+---', '++--', '++--', '+++-', '++++'])
  expect(cutAt(plain(30, 20, 10, 5), 59)).toMatchObject({ count: 2, sumTwd: 50, line: 2 })
  expect(cutAt([], 10)).toMatchObject({ count: 0, sumTwd: 0, line: 0 })
})

test('what is pinned in is paid first, what is pinned out makes room; the order alone is told beside it', () => {
  const items: CutItem[] = [{ twd: 30, pin: null }, { twd: 20, pin: 'out' }, { twd: 10, pin: null }, { twd: 25, pin: 'in' }]
  expect(cutAt(items, 65)).toEqual({ within: [true, false, true, true], byOrder: [true, true, true, false], count: 3, sumTwd: 65, pinnedTwd: 25, line: 4 })
  expect(shown(items, 64)).toBe('+--+')
  expect(shown(items, 20)).toBe('---+')
})

test('a higher ceiling never puts anybody out, and the sum never exceeds it without pins', () => {
  const items = Array.from({ length: 2000 }, (_, i): CutItem => ({ twd: ((i * 7919) % 500) + 1, pin: null }))
  let before = 0
  for (let ceiling = 0; ceiling <= 600_000; ceiling += 25_000) {
    const { count, sumTwd } = cutAt(items, ceiling)
    expect(count).toBeGreaterThanOrEqual(before)
    expect(sumTwd).toBeLessThanOrEqual(ceiling)
    before = count
  }
  expect(before).toBe(2000)
})
