import { type CheckedRow, rowProblem } from '../../../core/tabular/schema.ts'
import type { Problem } from '../../../core/tabular/table.ts'
import type { Day } from '../../../core/time.ts'
import type { ClaimCells } from './columns.ts'
import { claimColumns } from './columns.ts'
import { payable } from '../schema.ts'

export type ClaimRow = ClaimCells & { unitId: number }

/** What the columns say to each other. A row without a problem can be loaded. */
export function checkClaims(rows: readonly CheckedRow<ClaimCells>[], units: readonly { id: number; code: string; name: string }[], today: Day): { rows: CheckedRow<ClaimRow>[]; problems: Problem[] } {
  const problems: Problem[] = []
  const good: CheckedRow<ClaimRow>[] = []
  for (const at of rows) {
    const unit = units.find(({ code, name }) => code === at.value.unit || name === at.value.unit)
    const reasons = reasonsAgainst(at.value, today)
    if (!unit) reasons.push(['unit', `沒有「${at.value.unit}」這個單位，請先匯入 units.csv`])
    for (const [field, reason] of reasons) problems.push(rowProblem(at, claimColumns[field].name, reason))
    if (unit && !reasons.length) good.push({ ...at, value: { ...at.value, unitId: unit.id } })
  }
  return { rows: good, problems }
}

type Field = keyof ClaimCells
type Reason = [Field, string]

function reasonsAgainst(row: ClaimCells, today: Day): Reason[] {
  const reasons: Reason[] = []
  const days: Field[] = ['receivedOn', 'damageOn', 'knownOn', 'decidedOn', 'certificateOn', 'paidOn', 'suitOn', 'suitResultOn', 'recourseOn']
  for (const field of days) if (row[field] && (row[field] as Day) > today) reasons.push([field, '在今天以後'])
  for (const field of ['meetingOn', 'decidedOn', 'suitOn'] as const) if (row[field] && row[field] < row.receivedOn) reasons.push([field, '在收件日期以前'])
  const needs = (field: Field, has: boolean, why: string) => has && row[field] === null && reasons.push([field, why])
  const alone = (field: Field, without: boolean, why: string) => without && row[field] !== null && reasons.push([field, why])
  needs('decidedOn', row.decision !== null, '有結果就要填日期')
  needs('decision', row.decidedOn !== null, '有結果日期就要填結果')
  needs('agreedTwd', row.decision === 'agreed' && row.restoration === null, '協議成立要填金額，或填回復原狀')
  needs('meetingOn', row.decision === 'agreed' || row.decision === 'failed', '協議成立或不成立，要填第一次協議期日')
  needs('transferredTo', row.decision === 'transferred', '移轉要填機關')
  alone('ground', row.decision !== 'refused', '拒絕賠償才填')
  alone('certificateOn', row.decision !== 'failed', '協議不成立才有證明書')
  needs('paidTwd', row.paidOn !== null, '有支付日期就要填金額')
  needs('paidOn', row.paidTwd !== null, '有支付金額就要填日期')
  const owed = row.decision === 'agreed' ? row.agreedTwd : row.suitResult && payable.includes(row.suitResult) ? row.suitTwd : null
  if (row.paidTwd !== null && owed === null) reasons.push(['paidTwd', '沒有協議成立，也沒有判決或和解應賠償'])
  else if (row.paidTwd !== null && row.paidTwd > owed!) reasons.push(['paidTwd', `超過應賠償的 ${owed}`])
  if (row.paidOn && row.decidedOn && row.paidOn < row.decidedOn) reasons.push(['paidOn', '在結果日期以前'])
  needs('suitResultOn', row.suitResult !== null, '有訴訟結果就要填日期')
  needs('suitOn', row.suitResult !== null, '有訴訟結果就要填起訴日期')
  needs('paidOn', row.recourse !== null, '支付了才談求償')
  needs('recourseOn', row.recourse !== null, '有求償結論就要填日期')
  if (row.decidedOn && row.meetingOn && row.decidedOn < row.meetingOn && row.decision !== 'withdrawn' && row.decision !== 'transferred') reasons.push(['decidedOn', '在第一次協議期日以前'])
  return reasons
}
