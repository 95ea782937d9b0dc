import { parseTwd } from '../../core/money.ts'
import { type Source, sources } from '../annual-plans/index.ts'

/** Money of one ROC year from one source, whole NT$. */
export type MoneyLine = { year: number; source: Source; twd: number }
export type ReadMoney = { lines: MoneyLine[] } | { problem: string; field?: string }

export const sourceKinds = Object.keys(sources) as Source[]
export const yearsOf = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i)

/** Money from lines such as `112 離島建設基金 3,000萬`, within the years of the term. */
export function parseMoney(text: string, from: number, to: number): ReadMoney {
  const lines: MoneyLine[] = []
  for (const line of text.split('\n').map((each) => each.normalize('NFKC').trim()).filter(Boolean)) {
    const [year, label, ...amount] = line.split(/\s+/)
    const source = sourceKinds.find((each) => sources[each] === label)
    const twd = parseTwd(amount.join(''))
    if (!/^\d{2,3}$/.test(year ?? '') || !source || !twd) return { problem: `「${line.slice(0, 30)}」請寫成 ${from} 離島建設基金 3,000萬；來源：${Object.values(sources).join('、')}` }
    if (Number(year) < from || Number(year) > to) return { problem: `${year} 年度不在 ${from} 至 ${to} 年的期程` }
    if (lines.some((one) => one.year === Number(year) && one.source === source)) return { problem: `${year} 年度的${label}寫了兩次` }
    lines.push({ year: Number(year), source, twd })
  }
  return lines.length ? { lines } : { problem: '請填分年經費' }
}

/** Name of the form's field for a source and a year. */
export const cellName = (source: Source, year: number) => `twd-${source}-${year}`

/** Money from the cells of the form, a source and a year each; blank or 0 is none. */
export function readCells(cells: Readonly<Record<string, string | undefined>>, from: number, to: number): ReadMoney {
  const lines: MoneyLine[] = []
  for (const year of yearsOf(from, to)) {
    for (const source of sourceKinds) {
      const field = cellName(source, year)
      const text = (cells[field] ?? '').trim()
      if (!text) continue
      const twd = parseTwd(text)
      if (twd === null) return { problem: `${year} 年${sources[source]}的「${text.slice(0, 20)}」讀不出金額，例如 30,000,000 或 3,000萬`, field }
      if (twd) lines.push({ year, source, twd })
    }
  }
  return lines.length ? { lines } : { problem: '請填分年經費，至少一個年度、一個來源', field: cellName(sourceKinds[0]!, from) }
}

/** The cells as they would be filled. */
export const cellsOf = (money: readonly MoneyLine[]): Record<string, string> => Object.fromEntries(money.map(({ year, source, twd }) => [cellName(source, year), twd.toLocaleString('en')]))

/** In whatever order the lines come. */
export function sameMoney(one: readonly MoneyLine[], other: readonly MoneyLine[]): boolean {
  const key = (lines: readonly MoneyLine[]) => JSON.stringify(lines.map(({ year, source, twd }) => `${year} ${source} ${twd}`).toSorted())
  return key(one) === key(other)
}

export const sumOf = (money: readonly MoneyLine[]): number => money.reduce((sum, { twd }) => sum + twd, 0)
