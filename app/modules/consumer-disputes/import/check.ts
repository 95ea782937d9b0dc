import { isBusinessNo } from '../../../core/procedure/parties.ts'
import { type CheckedRow, rowProblem } from '../../../core/tabular/schema.ts'
import type { Problem } from '../../../core/tabular/table.ts'
import type { Day } from '../../../core/time.ts'
import { type DisputeCells, disputeColumns } from './columns.ts'

export type DisputeRow = DisputeCells & { unitId: number }
type Field = keyof DisputeCells

/** What the columns say to each other. A row without a problem can be loaded. */
export function checkDisputes(rows: readonly CheckedRow<DisputeCells>[], units: readonly { id: number; code: string; name: string }[], today: Day): { rows: CheckedRow<DisputeRow>[]; problems: Problem[] } {
  const problems: Problem[] = []
  const good: CheckedRow<DisputeRow>[] = []
  for (const at of rows) {
    const unit = units.find(({ code, name }) => code === at.value.unit || name === at.value.unit)
    const reasons = reasonsAgainst(at.value, today)
    if (!unit) reasons.push(['unit', `沒有「${at.value.unit}」這個單位，請先匯入 units.csv`])
    for (const [field, reason] of reasons) problems.push(rowProblem(at, disputeColumns[field].name, reason))
    if (unit && !reasons.length) good.push({ ...at, value: { ...at.value, unitId: unit.id } })
  }
  return { rows: good, problems }
}

/** Days of a dispute in their order: each that is given is not before those given earlier. */
const inOrder: Field[] = ['receivedOn', 'businessReceivedOn', 'firstResultOn', 'secondOn', 'secondResultOn', 'appliedOn', 'acceptedOn', 'meetingOn', 'resultOn', 'courtOn', 'courtResultOn']

function reasonsAgainst(row: DisputeCells, today: Day): [Field, string][] {
  const reasons: [Field, string][] = []
  let latest: [Day, Field] | null = null
  for (const field of inOrder) {
    const on = row[field] as Day | null
    if (!on) continue
    if (on > today) reasons.push([field, '在今天以後'])
    if (latest && on < latest[0]) reasons.push([field, `在${disputeColumns[latest[1]].name}以前`])
    latest = [on, field]
  }
  const needs = (field: Field, has: boolean, why: string) => has && row[field] === null && reasons.push([field, why])
  needs('businessReceivedOn', row.firstResult !== null, '有第一次申訴結果就要填')
  needs('firstResultOn', row.firstResult !== null, '有結果就要填日期')
  needs('firstResult', row.secondOn !== null || row.appliedOn !== null, '第二次申訴、申請調解以前要有第一次申訴的結果（消費者保護法 §43 III、§44）')
  needs('secondOn', row.secondResult !== null, '有第二次申訴結果就要填')
  needs('secondResultOn', row.secondResult !== null, '有結果就要填日期')
  needs('appliedOn', row.acceptedOn !== null || row.result !== null, '有調解就要填')
  needs('resultOn', row.result !== null, '有結果就要填日期')
  needs('result', row.resultOn !== null, '有結果日期就要填結果')
  needs('acceptedOn', row.meetingOn !== null || (row.result !== null && row.result !== 'not-accepted' && row.result !== 'withdrawn'), '開過會或有結果的要填受理日期')
  needs('meetingOn', row.result === 'settled' || row.result === 'failed', '成立或不成立要填調解期日')
  needs('courtOn', row.courtResult !== null, '有法院結果就要填')
  needs('courtResultOn', row.courtResult !== null, '有結果就要填日期')
  if (row.secondOn && row.firstResult === 'handled') reasons.push(['secondOn', '第一次申訴已妥適處理'])
  if (row.appliedOn && (row.firstResult === 'handled' || row.secondResult === 'handled')) reasons.push(['appliedOn', '申訴已妥適處理'])
  if (row.settledTwd !== null && row.result !== 'settled' && row.result !== 'deemed-settled') reasons.push(['settledTwd', '調解成立才填'])
  if (row.courtOn && row.result !== 'settled' && row.result !== 'deemed-settled') reasons.push(['courtOn', '調解成立才送法院'])
  if (row.businessNo && !isBusinessNo(row.businessNo)) reasons.push(['businessNo', '統一編號是 8 位數字，請檢查是否打錯'])
  return reasons
}
