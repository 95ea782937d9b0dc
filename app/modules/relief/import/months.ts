import { parseTwd } from '../../../core/money.ts'
import { parseDay } from '../../../core/time.ts'
import { monthOf } from '../../../core/time.ts'

export type MonthCells = { month: string; progress: number; applications: number; approved: number; spentTwd: number; forgoneTwd: number; deferredTwd: number; /** on what it rests */ source: string | null }

const words = { 進度: 'progress', 申請: 'applications', 核定: 'approved', 支出: 'spentTwd', 減收: 'forgoneTwd', 緩收: 'deferredTwd' } as const

/** Months, a line each: `110/5 進度 40 申請 30 核定 25 支出 120萬 減收 30萬 緩收 20萬 依據 核定清冊`. 進度 is cumulative, the others are of that month; what is left out is 0. Answers what is wrong in words. */
export function parseMonths(text: string): { months: MonthCells[] } | { problem: string } {
  const months: MonthCells[] = []
  for (const line of text.split('\n').map((each) => each.normalize('NFKC').trim()).filter(Boolean)) {
    const [first, ...rest] = line.split(/\s+/)
    const on = parseDay(`${first}/1`)
    if (!on) return { problem: `「${line}」讀不出月份，請寫成 110/5 進度 40 支出 120萬` }
    const month: MonthCells = { month: monthOf(on), progress: NaN, applications: 0, approved: 0, spentTwd: 0, forgoneTwd: 0, deferredTwd: 0, source: null }
    for (let i = 0; i < rest.length; i += 2) {
      if (rest[i] === '依據' && rest[i + 1]) {
        month.source = rest[i + 1]!.slice(0, 100)
        continue
      }
      const name = words[rest[i] as keyof typeof words]
      const value = name && rest[i + 1] !== undefined ? numberOf(name, rest[i + 1]!) : null
      if (value === null) return { problem: `「${line}」的「${[rest[i], rest[i + 1]].filter(Boolean).join(' ')}」讀不出來` }
      month[name] = value
    }
    if (Number.isNaN(month.progress)) return { problem: `「${line}」沒有進度` }
    const last = months.at(-1)
    if (last && month.month <= last.month) return { problem: `「${line}」的月份要比前一行晚` }
    if (last && month.progress < last.progress) return { problem: `「${line}」的進度比前一個月少，進度是累計的` }
    months.push(month)
  }
  return { months }
}

function numberOf(name: (typeof words)[keyof typeof words], text: string): number | null {
  if (name === 'progress') return /^\d{1,3}(?:\.\d{1,4})?%?$/.test(text) && parseFloat(text) <= 100 ? parseFloat(text) : null
  if (name === 'applications' || name === 'approved') return /^[\d,]{1,9}件?$/.test(text) ? Number(text.replace(/[,件]/g, '')) : null
  return parseTwd(text)
}
