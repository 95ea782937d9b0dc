/** Whole New Taiwan dollars as people write them. Amounts are integers; nothing is rounded on the way in. */

const units: Record<string, number> = { 兆: 1e12, 億: 1e8, 萬: 1e4, 仟: 1e3, 千: 1e3, 百: 1e2 }

/** The largest amount that is read: beyond it neither budgets nor integers of this language go. */
export const twdMax = 9_000_000_000_000

/**
 * 1,234,000, NT$1,234,000, 97億, 1億2,345萬元, 123.4 萬, 1,200千元 → integer NT$; null for what is no amount, is negative, or leaves a part of a dollar.
 * Digits may be full-width.
 */
export function parseTwd(text: string): number | null {
  const plain = text.normalize('NFKC').replace(/[\s,]/g, '').replace(/^(?:NT\$|TWD|新臺幣|新台幣|\$)/i, '').replace(/(?:元|圓)(?:整)?$/, '')
  if (!/^(?:\d+(?:\.\d+)?(?:[兆億萬仟千百])*)+$/.test(plain)) return null
  let sum = 0
  let last = Infinity
  for (const [, digits, names] of plain.matchAll(/(\d+(?:\.\d+)?)([兆億萬仟千百]*)/g)) {
    const factor = [...names!].reduce((product, name) => product * units[name]!, 1)
    if (factor >= last) return null // 萬 after 萬, or digits after digits
    last = factor
    const part = scaled(digits!, factor)
    if (part === null) return null
    sum += part
  }
  return sum <= twdMax ? sum : null
}

/** digits × factor without binary fractions; null when a part of a dollar is left. */
function scaled(digits: string, factor: number): number | null {
  const [whole, fraction = ''] = digits.split('.')
  const product = BigInt(whole! + fraction) * BigInt(factor)
  const divisor = 10n ** BigInt(fraction.length)
  return product % divisor === 0n ? Number(product / divisor) : null
}

/** 97億餘元: an amount as reports say it, rounded down to its largest unit; exact amounts without 餘. */
export function aboutTwd(twd: number): string {
  const [unit, name] = twd >= 1e8 ? [1e8, '億'] : twd >= 1e4 ? [1e4, '萬'] : [1, '']
  const whole = Math.floor(twd / unit)
  return `${whole.toLocaleString('en')}${name}${whole * unit < twd ? '餘' : ''}元`
}

/** 新臺幣50,000元: an exact amount as a paper of the office says it. */
export const officialTwd = (twd: number): string => `新臺幣${twd.toLocaleString('en')}元`

/** 1,234: thousands of NT$, as budget papers print them, half a thousand rounded up. */
export const thousandsOf = (twd: number): string => Math.round(twd / 1000).toLocaleString('en')
