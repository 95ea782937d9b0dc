import { parseTwd } from '../../core/money.ts'

export type YearMoney = { year: number; twd: number; cofundingTwd: number }

/** Money by year, a line each: `111 3,000萬 配合款 300萬`; the county's share may be left out. Whole NT$. Answers what is wrong in words. */
export function parseYears(text: string): { years: YearMoney[] } | { problem: string } {
  const years: YearMoney[] = []
  for (const line of text.split('\n').map((each) => each.normalize('NFKC').trim()).filter(Boolean)) {
    const found = /^(\d{2,3})\s*年?\s+(\S.*?)(?:\s+配合款\s*(\S.*))?$/.exec(line)
    const twd = found && parseTwd(found[2]!)
    const cofundingTwd = found?.[3] === undefined ? 0 : parseTwd(found[3])
    if (!found || twd === null || cofundingTwd === null) return { problem: `「${line}」讀不出來，請寫成 111 3,000萬 配合款 300萬` }
    const year = Number(found[1])
    if (years.some((each) => each.year >= year)) return { problem: `「${line}」的年度要比前一行晚` }
    years.push({ year, twd, cofundingTwd })
  }
  return { years }
}

export const yearLines = (years: readonly { year: number; twd: number | null; cofundingTwd: number }[]): string =>
  years.map(({ year, twd, cofundingTwd }) => `${year} ${(twd ?? 0).toLocaleString('en')}${cofundingTwd ? ` 配合款 ${cofundingTwd.toLocaleString('en')}` : ''}`).join('\n')
