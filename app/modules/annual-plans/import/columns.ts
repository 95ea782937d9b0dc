import { parseTwd } from '../../../core/money.ts'
import { clip, dayCell, key, labelled, listOf, text, wholeNumber } from '../../../core/tabular/cells.ts'
import { type Columns, naming, optional, type Parse, required } from '../../../core/tabular/schema.ts'
import type { Day } from '../../../core/time.ts'
import type { Need } from '../needs.ts'
import { categories, type Category, kinds, type Kind, objects, outcomes, type Outcome, sources } from '../schema.ts'

export type State = 'submitted' | 'complete' | Outcome
const states: Record<State, string> = { submitted: '待檢查', complete: '審查中', ...outcomes }

/** One row of plan-proposals.csv: one proposal with what became of it. */
export type ProposalCells = {
  number: string; year: number; title: string; category: Category; kind: Kind | null; unit: string; joint: string[] | null; priority: number | null; account: string | null; fromYear: number | null; toYear: number | null
  content: string | null; benefit: string | null; results: string | null; previous: string | null; money: Need[]; submittedOn: Day; state: State | null; advisedTwd: number | null; decidedOn: Day | null; reason: string | null
  budgetScore: number | null; budgetComment: string | null; researchScore: number | null; researchComment: string | null; businessScore: number | null; businessComment: string | null
}

const byLabel = <K extends string>(labels: Record<K, string>) => labelled(new Map(Object.entries<string>(labels).map(([code, label]) => [label, code as K])))
const keyOf = <K extends string>(labels: Record<K, string>, label: string | undefined): K | undefined => (Object.keys(labels) as K[]).find((each) => labels[each] === label)
const rocYear = wholeNumber(80, 300)

const money: Parse<number> = (cell) => {
  const twd = parseTwd(cell)
  return twd === null ? { reason: `「${clip(cell)}」不是金額，例如 12,000,000 或 1,200萬` } : { value: twd }
}
const score: Parse<number> = (cell) => {
  const plain = cell.normalize('NFKC').trim()
  return /^\d{1,3}(\.\d{1,3})?$/.test(plain) && Number(plain) <= 100 ? { value: Number(plain) } : { reason: `「${clip(cell)}」不是 0 到 100、最多三位小數的分數` }
}

/** 經費, a line each: `111 縣款 設備及投資 3,000萬`. */
const moneyLines: Parse<Need[]> = (cell) => {
  const needs: Need[] = []
  for (const [i, line] of cell.split(/[\n;；]/).map((each) => each.normalize('NFKC').trim()).filter(Boolean).entries()) {
    const [yearText, sourceText, objectText, ...amount] = line.split(/\s+/)
    const twd = parseTwd(amount.join(''))
    const [source, object] = [keyOf(sources, sourceText), keyOf(objects, objectText)]
    if (!/^\d{2,3}$/.test(yearText ?? '') || !source || !object || !twd) return { reason: `經費「${clip(line)}」請寫成 111 縣款 設備及投資 3,000萬；來源：${Object.values(sources).join('、')}；用途：${Object.values(objects).join('、')}` }
    const same = needs.find((need) => need.source === source && need.object === object)
    needs.push({ position: same?.position ?? i + 1, year: Number(yearText), source, object, twd })
  }
  const twice = needs.find((need, i) => needs.some((other, k) => k < i && other.position === need.position && other.year === need.year))
  return twice ? { reason: `經費 ${twice.year} 年度同一來源與用途寫了兩次` } : { value: needs }
}

export const proposalColumns: Columns<ProposalCells> = {
  number: naming('案號', key(40)), year: required('年度', rocYear), title: required('計畫名稱', key(200)), category: required('類別', byLabel(categories)), kind: optional('新興或延續', byLabel(kinds)), unit: required('主辦單位', key(100)),
  joint: optional('協辦單位', listOf(key(100))), priority: optional('優先順序', wholeNumber(1, 999)), account: optional('預算科目', key(100)), fromYear: optional('開始年度', rocYear), toYear: optional('結束年度', rocYear),
  content: optional('計畫內容', text(5000)), benefit: optional('預期效益', text(5000)), results: optional('前期成果', text(5000)), previous: optional('以前年度案號', key(40)), money: required('經費', moneyLines), submittedOn: required('提報日期', dayCell),
  state: optional('情形', byLabel(states)), advisedTwd: optional('建議數', money), decidedOn: optional('審定日期', dayCell), reason: optional('審定理由', text(2000)),
  budgetScore: optional('主計評分', score), budgetComment: optional('主計意見', text(2000)), researchScore: optional('研考評分', score), researchComment: optional('研考意見', text(2000)), businessScore: optional('業務主管評分', score), businessComment: optional('業務主管意見', text(2000)),
}
export const proposalColumnNames = Object.values(proposalColumns).map(({ name }) => name)
