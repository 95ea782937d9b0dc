export interface MoneyProps {
  /** New Taiwan dollars. */
  twd: number
  /** 1.23 億元 or 45.6 萬元, with the exact amount on hover and in print. */
  rounded?: boolean
}

/** An amount of money. */
export function Money({ twd, rounded }: MoneyProps) {
  const exact = `NT$${twd.toLocaleString('en')}`
  const short = rounded ? roundedTwd(twd) : null
  if (!short) return <span class="number nowrap">{exact}</span>
  return (
    <data class="money nowrap" value={twd} title={exact}>
      <span class="money__short">{short}</span>
      <span class="money__exact">{exact}</span>
    </data>
  )
}

/** 億 and 萬 with three significant figures; null below ten thousand, where the exact amount is short enough. */
export function roundedTwd(twd: number): string | null {
  const [unit, name] = Math.abs(twd) >= 1e8 ? [1e8, '億元'] : [1e4, '萬元']
  if (Math.abs(twd) < 1e4) return null
  return `${Number((twd / unit).toPrecision(3)).toLocaleString('en')} ${name}`
}
