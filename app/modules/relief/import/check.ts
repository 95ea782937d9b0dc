import type { Tx } from '../../../core/db.ts'
import { type CheckedRow, rowProblem } from '../../../core/tabular/schema.ts'
import type { Problem } from '../../../core/tabular/table.ts'
import { dayOf, monthOf } from '../../../core/time.ts'
import { type ItemCells, itemColumns } from './columns.ts'
import { type MonthCells, parseMonths } from './months.ts'

export type ItemRow = ItemCells & { unitId: number; jointIds: number[]; read: MonthCells[] }

/** What the columns say to each other. A row without a problem can be loaded. */
export async function checkItems(tx: Tx, rows: CheckedRow<ItemCells>[], { now }: { now: Date }): Promise<{ rows: CheckedRow<ItemRow>[]; problems: Problem[]; notices: Problem[] }> {
  const units = await tx.selectFrom('units').select(['id', 'code', 'name']).execute()
  const idOf = (written: string) => units.find(({ code, name }) => code === written || name === written)?.id
  const problems: Problem[] = []
  const good: CheckedRow<ItemRow>[] = []
  for (const at of rows) {
    const unitId = idOf(at.value.unit)
    const joint = (at.value.joint ?? []).map((written) => ({ written, id: idOf(written) }))
    const months = parseMonths(at.value.months ?? '')
    const read = 'problem' in months ? [] : months.months
    const found: [keyof ItemCells, string][] = [
      ...(unitId === undefined ? [['unit', `沒有「${at.value.unit}」這個單位，請先匯入 units.csv`] as [keyof ItemCells, string]] : []),
      ...joint.flatMap(({ written, id }): [keyof ItemCells, string][] => (id === undefined ? [['joint', `沒有「${written}」這個單位`]] : id === unitId ? [['joint', `「${written}」是主辦單位`]] : [])),
      ...('problem' in months ? [['months', months.problem] as [keyof ItemCells, string]] : []),
      ...reasonsAgainst(at.value, read, now),
    ]
    for (const [field, reason] of found) problems.push(rowProblem(at, itemColumns[field].name, reason))
    if (!found.length) good.push({ ...at, value: { ...at.value, unitId: unitId!, jointIds: [...new Set(joint.map(({ id }) => id!))], read } })
  }
  return { rows: good, problems, notices: [] }
}

function reasonsAgainst(row: ItemCells, months: readonly MonthCells[], now: Date): [keyof ItemCells, string][] {
  const today = dayOf(now)
  const found: [keyof ItemCells, string][] = []
  if (row.finishOn < row.startOn) found.push(['finishOn', '在開始日期以前'])
  for (const field of ['listedOn', 'agreedOn', 'finishedOn', 'stoppedOn'] as const) if (row[field] && row[field] > today) found.push([field, '在今天以後'])
  for (const field of ['agreedOn', 'finishedOn', 'stoppedOn'] as const) if (row[field] && row[field] < row.listedOn) found.push([field, '在列入日期以前'])
  if (months.some(({ month }) => month > monthOf(today))) found.push(['months', '有還沒有到的月份'])
  if (months.some(({ month }) => month < monthOf(row.startOn))) found.push(['months', '有開始日期以前的月份'])
  if (row.finishedOn && (months.at(-1)?.progress ?? 0) < 100 && !row.rest) found.push(['rest', '最後一個月的進度不到 100%，要說明其餘為什麼不再辦'])
  // an item is done only with evidence and each joint unit's consent, also on paper
  if (row.finishedOn && !row.evidence) found.push(['evidence', '完成的項目要有佐證'])
  if (row.finishedOn && row.joint?.length && !row.agreedOn) found.push(['agreedOn', '有協辦單位的項目，完成要有同意的日期'])
  if (row.agreedOn && row.finishedOn && row.agreedOn > row.finishedOn) found.push(['agreedOn', '在完成日期以後'])
  if (row.finishedOn && row.stoppedOn) found.push(['stoppedOn', '完成了就不會停辦'])
  if (row.stoppedOn && !row.stoppedWhy) found.push(['stoppedWhy', '停辦要有理由'])
  return found
}
