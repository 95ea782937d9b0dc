import { parseTwd } from '../../core/money.ts'
import { type BudgetObject, objects, type Source, sources } from './schema.ts'

/** Money of one year by source and 用途別; `position` is the line on the form. Whole NT$. */
export type Need = { position: number; year: number; source: Source; object: BudgetObject; twd: number }

/** Lines of the form, and years from the round's own on. */
export const lines = 8
export const yearsAsked = 4

/** Names of the form's fields: a line's source and 用途別, its amount of a year. */
export const sourceName = (line: number) => `source-${line}`
export const objectName = (line: number) => `object-${line}`
export const amountName = (line: number, year: number) => `twd-${line}-${year}`

export type ReadNeeds = { needs: Need[]; askedTwd: number; totalTwd: number } | { problem: string; field: string }

/** What stands in the money lines of a form for a round's year. Lines without any amount are left out; says what is wrong in words instead. */
export function readNeeds(form: Record<string, string>, year: number): ReadNeeds {
  const needs: Need[] = []
  for (let line = 1; line <= lines; line++) {
    const source = form[sourceName(line)] ?? ''
    const object = form[objectName(line)] ?? ''
    for (let at = year; at < year + yearsAsked; at++) {
      const text = (form[amountName(line, at)] ?? '').trim()
      if (!text) continue
      const field = amountName(line, at)
      const twd = parseTwd(text)
      if (twd === null) return { problem: `第 ${line} 行 ${at} 年度的「${text.slice(0, 20)}」讀不出金額，例如 12,000,000 或 1,200萬`, field }
      if (twd === 0) continue
      if (!(source in sources)) return { problem: `第 ${line} 行請選經費來源`, field: sourceName(line) }
      if (!(object in objects)) return { problem: `第 ${line} 行請選用途別`, field: objectName(line) }
      needs.push({ position: line, year: at, source: source as Source, object: object as BudgetObject, twd })
    }
  }
  const askedTwd = sumOf(needs.filter((need) => need.year === year))
  if (askedTwd === 0) return { problem: `請填 ${year} 年度的經費`, field: amountName(1, year) }
  return { needs, askedTwd, totalTwd: sumOf(needs) }
}

export const sumOf = (needs: readonly { twd: number }[]): number => needs.reduce((sum, { twd }) => sum + twd, 0)

/** The form's fields as they were filled, to show them again. */
export function formOf(needs: readonly Need[]): Record<string, string> {
  return Object.fromEntries(needs.flatMap(({ position, year, source, object, twd }) => [[sourceName(position), source], [objectName(position), object], [amountName(position, year), twd.toLocaleString('en')]]))
}
