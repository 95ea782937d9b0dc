/** One proposal in the order of the list: whole NT$, and what was decided over the order. */
export type CutItem = { twd: number; pin: 'in' | 'out' | null }
/** For each item whether it is in, and whether the order alone would take it; how many are in, what they cost; how many items stand above the line. */
export type Cut = { within: boolean[]; byOrder: boolean[]; count: number; sumTwd: number; pinnedTwd: number; line: number }

/**
 * 切線: what is in under a ceiling. What is pinned in is paid first; then the order is gone down until one does not fit: it and all below are out, also smaller ones, so
 * that nobody is passed over. Pinned-out ones are skipped. Plain, for the browser while the ceiling is dragged and for the server that decides.
 */
export function cutAt(items: readonly CutItem[], ceilingTwd: number): Cut {
  const pinnedTwd = sum(items, ({ pin }) => pin === 'in')
  const within = items.map(({ pin }) => pin === 'in')
  let left = ceilingTwd - pinnedTwd
  let line = 0
  for (; line < items.length; line++) {
    const { twd, pin } = items[line]!
    if (pin !== null) continue
    if (twd > left) break
    left -= twd
    within[line] = true
  }
  const byOrder = items.map(() => false)
  for (let i = 0, rest = ceilingTwd; i < items.length && items[i]!.twd <= rest; i++) {
    rest -= items[i]!.twd
    byOrder[i] = true
  }
  return { within, byOrder, count: within.filter(Boolean).length, sumTwd: sum(items, (_, i) => within[i]!), pinnedTwd, line }
}

function sum(items: readonly CutItem[], counts: (item: CutItem, i: number) => boolean): number {
  return items.reduce((total, item, i) => (counts(item, i) ? total + item.twd : total), 0)
}

/** A row of the cut-line's page: its item and the place of its unit in the page's list of units. */
export type CutRow = CutItem & { unit: number }

const pins = [null, 'in', 'out'] as const
/** The rows as they stand in the page, in the order of the list; `readRows` reads them again. */
export const writeRows = (rows: readonly CutRow[]): string => JSON.stringify(rows.map(({ twd, pin, unit }) => [twd, pins.indexOf(pin), unit]))
export const readRows = (text: string): CutRow[] => (JSON.parse(text) as [number, 0 | 1 | 2, number][]).map(([twd, pin, unit]) => ({ twd, pin: pins[pin], unit }))

/** What each of `units` units has in, for how much, and out. */
export function byUnit(rows: readonly { twd: number; unit: number }[], within: readonly boolean[], units: number): { count: number; twd: number; out: number }[] {
  const sums = Array.from({ length: units }, () => ({ count: 0, twd: 0, out: 0 }))
  rows.forEach(({ unit, twd }, i) => {
    const sum = sums[unit]!
    if (within[i]) { sum.count++; sum.twd += twd } else sum.out++
  })
  return sums
}
