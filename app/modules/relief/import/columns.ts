import { parseTwd } from '../../../core/money.ts'
import { clip, dayCell, key, listOf, text, wholeNumber } from '../../../core/tabular/cells.ts'
import { type Columns, naming, optional, type Parse, required } from '../../../core/tabular/schema.ts'
import type { Day } from '../../../core/time.ts'

/** One row of relief-items.csv: one work item with its months, and how it ended. */
export type ItemCells = {
  number: string; year: number; programme: string | null; plan: string; title: string; unit: string; joint: string[] | null; listedOn: Day; startOn: Day; finishOn: Day; summary: string | null; target: string | null
  targetCount: number | null; budgetTwd: number | null; months: string | null; evidence: string | null; agreedOn: Day | null; finishedOn: Day | null; rest: string | null; stoppedOn: Day | null; stoppedWhy: string | null
}

const money: Parse<number> = (cell) => {
  const twd = parseTwd(cell)
  return twd === null ? { reason: `「${clip(cell)}」不是金額，例如 12,000,000 或 1,200萬` } : { value: twd }
}

export const itemColumns: Columns<ItemCells> = {
  number: naming('案號', key(40)), year: required('年度', wholeNumber(1, 999)), programme: optional('方案名稱', key(100)), plan: required('計畫', key(100)), title: required('工作項目', key(100)), unit: required('主辦單位', key(100)),
  joint: optional('協辦單位', listOf(key(100))), listedOn: required('列入日期', dayCell), startOn: required('開始日期', dayCell), finishOn: required('完成期限', dayCell), summary: optional('工作內容', text(5000)), target: optional('預期目標', text(1000)),
  targetCount: optional('預計件數', wholeNumber(0, 999_999_999)), budgetTwd: optional('預算', money), months: optional('每月辦理', text(20_000)), evidence: optional('佐證文號', key(100)), agreedOn: optional('協辦同意日期', dayCell),
  finishedOn: optional('完成日期', dayCell), rest: optional('沒有做完的部分', text(1000)), stoppedOn: optional('停辦日期', dayCell), stoppedWhy: optional('停辦理由', text(2000)),
}
export const columnNames = Object.values(itemColumns).map(({ name }) => name)
export const programmeTitle = (row: Pick<ItemCells, 'year' | 'programme'>): string => row.programme ?? `${row.year}年度產業紓困振興方案`
