import { numeralSigns, readNumeral } from '../../../core/laws/numerals.ts'
import { clip, key, oneOf, text } from '../../../core/tabular/cells.ts'
import { type Columns, optional, type Parse, required } from '../../../core/tabular/schema.ts'
import { headings, townships, wholeCounty } from '../schema.ts'

/** A programme by its term (6), or by its ROC years (112–115). */
export type Which = { term: number } | { from: number; to: number }
/** One row of programme-projects.csv: one project with all its money, a line a year and source. */
export type ProjectCells = { which: Which; heading: number; title: string; unit: string; township: string | null; money: string; summary: string | null }

/** 6, 第6期, 第六期; 112–115, 112至115年 */
const which: Parse<Which> = (cell) => {
  const plain = cell.normalize('NFKC').replace(/[\s年度]/g, '')
  const [, from, to] = /^(\d{2,3})[-–—~至到](\d{2,3})$/.exec(plain) ?? []
  if (from && to) return { value: { from: Number(from), to: Number(to) } }
  const term = readNumeral(plain.replace(/^第?(.+?)期?$/, '$1'))
  return term && term <= 99 ? { value: { term } } : { reason: `「${clip(cell)}」請寫成 6、第六期或 112–115` }
}

const plainTitle = (title: string): string => title.normalize('NFKC').replace(/\s/g, '')
const numbered = new RegExp(`^第?([${numeralSigns}]+)(?:款|(?=[.、]|$))[.、]?(.*)$`)

/** 3, 三, 第三款, 三、基礎建設, 基礎建設: 1 to 15 of 離島建設條例 §5. A number and a title must agree. */
const heading: Parse<number> = (cell) => {
  const plain = plainTitle(cell)
  const [, sign, rest = ''] = numbered.exec(plain) ?? []
  const byTitle = headings.findIndex((title) => plainTitle(title) === (sign ? rest : plain)) + 1
  const number = sign ? readNumeral(sign) : byTitle
  const isGood = number !== null && number >= 1 && number <= headings.length && (rest === '' || byTitle === number)
  return isGood ? { value: number } : { reason: `「${clip(cell)}」不是離島建設條例 §5 的十五款，請寫款次 1 到 15 或款名，例如 3 或 ${headings[2]}` }
}

/** Found again by `key`, kept as written. */
const title: Parse<string> = (cell) => {
  const found = key(200)(cell)
  if ('reason' in found) return found
  return found.value.length < 2 ? { reason: '至少 2 個字' } : { value: cell.trim() }
}

/** 全縣 is what a blank cell says too. */
const township: Parse<string | null> = (cell) => {
  const found = oneOf([...townships, wholeCounty])(cell)
  return 'value' in found && found.value === wholeCounty ? { value: null } : found
}

export const columns: Columns<ProjectCells> = {
  which: required('期別', which), heading: required('款次', heading), title: required('計畫名稱', title), unit: required('主辦單位', key(100)),
  township: optional('鄉鎮', township), money: required('分年經費', text(5000)), summary: optional('計畫概要', text(5000)),
}
