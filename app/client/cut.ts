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
