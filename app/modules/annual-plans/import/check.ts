import type { FindUnit } from '../../../core/identity/unit-finder.ts'
import type { KnownCase } from '../../../core/tabular/case-import.ts'
import { type CheckedRow, rowProblem } from '../../../core/tabular/schema.ts'
import type { Problem } from '../../../core/tabular/table.ts'
import type { Day } from '../../../core/time.ts'
import { sumOf } from '../needs.ts'
import { caseKind } from '../schema.ts'
import type { ProposalCells, State } from './columns.ts'

export type ProposalRow = ProposalCells & { unitId: number; jointIds: number[]; askedTwd: number; totalTwd: number; is: State }

/** Rows against each other and against what is here; a row without a problem can be loaded. */
export function checkProposals(rows: CheckedRow<ProposalCells>[], findUnit: FindUnit, { known, today }: { known: ReadonlyMap<string, KnownCase>; today: Day }): { rows: CheckedRow<ProposalRow>[]; problems: Problem[] } {
  const years = new Map(rows.map(({ value }) => [value.number, value.year]))
  const problems: Problem[] = []
  const good: CheckedRow<ProposalRow>[] = []
  for (const at of rows) {
    const found = reasonsAgainst(at.value, findUnit, years, known, today)
    for (const [column, reason] of found) problems.push(rowProblem(at, column, reason))
    if (!found.length) good.push({ ...at, value: rowOf(at.value, findUnit) })
  }
  return { rows: good, problems }
}

/** Units are those of the day on which it was submitted. */
function rowOf(cells: ProposalCells, findUnit: FindUnit): ProposalRow {
  const find = (name: string) => findUnit(name, cells.submittedOn) as number
  const unitId = find(cells.unit)
  const jointIds = (cells.joint ?? []).map(find).filter((id) => id !== unitId)
  return { ...cells, unitId, jointIds: [...new Set(jointIds)], askedTwd: sumOf(cells.money.filter(({ year }) => year === cells.year)), totalTwd: sumOf(cells.money), is: cells.state ?? 'complete' }
}

function reasonsAgainst(row: ProposalCells, findUnit: FindUnit, years: ReadonlyMap<string, number>, known: ReadonlyMap<string, KnownCase>, today: Day): [string, string][] {
  const reasons: [string, string][] = []
  const [from, to] = [row.fromYear ?? row.year, row.toYear ?? Math.max(row.year, ...row.money.map(({ year }) => year))]
  const decided = row.state === 'admitted' || row.state === 'not-admitted' || row.state === 'withdrawn'
  for (const [column, names] of [['主辦單位', [row.unit]], ['協辦單位', row.joint ?? []]] as const) {
    for (const name of names) {
      const unit = findUnit(name, row.submittedOn)
      if (typeof unit === 'string') reasons.push([column, unit])
    }
  }
  if (from > row.year || to < row.year || to > from + 20) reasons.push(['結束年度', `計畫期間 ${from} 至 ${to} 要包含 ${row.year} 年度，最多 21 年`])
  if (!row.money.some(({ year }) => year === row.year)) reasons.push(['經費', `沒有 ${row.year} 年度的經費`])
  if (row.money.some(({ year }) => year < row.year || year > to)) reasons.push(['經費', '有計畫期間以外或以前年度的經費'])
  if (row.submittedOn > today) reasons.push(['提報日期', '在今天以後'])
  if (decided !== (row.decidedOn !== null)) reasons.push(['審定日期', decided ? '已審定或撤回就要填' : '還沒有審定，不能有審定日期'])
  if (row.decidedOn && (row.decidedOn < row.submittedOn || row.decidedOn > today)) reasons.push(['審定日期', '要在提報日期以後、今天以前'])
  if (row.state === 'not-admitted' && !row.reason) reasons.push(['審定理由', '未納入要寫理由'])
  if (row.previous) {
    const before = known.get(row.previous)
    const year = years.get(row.previous)
    if (!before && year === undefined) reasons.push(['以前年度案號', `沒有「${row.previous}」這件提報`])
    else if (before && before.kind !== caseKind) reasons.push(['以前年度案號', `「${row.previous}」是其他業務的案件`])
    else if (year !== undefined && year >= row.year) reasons.push(['以前年度案號', `「${row.previous}」不是以前年度的提報`])
  }
  return reasons
}
