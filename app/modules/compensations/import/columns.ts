import { dayCell, key, labelled, text, wholeNumber, yesOrNo } from '../../../core/tabular/cells.ts'
import { type Columns, naming, optional, required } from '../../../core/tabular/schema.ts'
import type { Day } from '../../../core/time.ts'
import { type Basis, basisNames, type Channel, channels, type Ground, type Outcome, outcomes, type Recourse, recourses, type SuitResult, suitResults } from '../schema.ts'

const byLabel = <T extends string>(names: Record<T, string>) => labelled(new Map(Object.entries(names).map(([code, label]) => [label as string, code as T])))
const groundNames: Record<Ground, string> = { 'not-agency': '非賠償義務機關', 'no-duty': '無賠償義務', prescription: '罹於時效' }
const money = wholeNumber(0, 10_000_000_000)

/** One row of compensations.csv: one claim and what became of it. */
export type ClaimCells = {
  number: string
  receivedOn: Day
  channel: Channel | null
  title: string
  claimant: string | null
  facts: string | null
  requestedTwd: number | null
  restoration: string | null
  agency: string | null
  basis: Basis | null
  damageOn: Day | null
  knownOn: Day | null
  place: string | null
  unit: string
  meetingOn: Day | null
  decision: Outcome | null
  decidedOn: Day | null
  ground: Ground | null
  byCommittee: boolean | null
  agreedTwd: number | null
  transferredTo: string | null
  certificateOn: Day | null
  paidOn: Day | null
  paidTwd: number | null
  suitOn: Day | null
  suitCourt: string | null
  suitResult: SuitResult | null
  suitResultOn: Day | null
  suitTwd: number | null
  recourse: Recourse | null
  recourseOn: Day | null
  recourseTwd: number | null
}

export const claimColumns: Columns<ClaimCells> = {
  number: naming('案號', key(40)),
  receivedOn: required('收件日期', dayCell),
  channel: optional('收件方式', byLabel(channels)),
  title: required('案由', key(100)),
  claimant: optional('請求權人', key(100)),
  facts: optional('事實', text(20_000)),
  requestedTwd: optional('請求金額', money),
  restoration: optional('回復原狀', text(2000)),
  agency: optional('賠償義務機關', key(100)),
  basis: optional('請求依據', byLabel(basisNames)),
  damageOn: optional('損害發生日期', dayCell),
  knownOn: optional('知悉日期', dayCell),
  place: optional('發生地點', key(200)),
  unit: required('承辦單位', key(100)),
  meetingOn: optional('第一次協議期日', dayCell),
  decision: optional('結果', byLabel(outcomes)),
  decidedOn: optional('結果日期', dayCell),
  ground: optional('拒絕原因', byLabel(groundNames)),
  byCommittee: optional('委員會決議', yesOrNo),
  agreedTwd: optional('協議金額', money),
  transferredTo: optional('移轉機關', key(100)),
  certificateOn: optional('不成立證明書日期', dayCell),
  paidOn: optional('支付日期', dayCell),
  paidTwd: optional('支付金額', money),
  suitOn: optional('起訴日期', dayCell),
  suitCourt: optional('法院', key(100)),
  suitResult: optional('訴訟結果', byLabel(suitResults)),
  suitResultOn: optional('訴訟結果日期', dayCell),
  suitTwd: optional('訴訟金額', money),
  recourse: optional('求償', byLabel(recourses)),
  recourseOn: optional('求償日期', dayCell),
  recourseTwd: optional('求償金額', money),
}

export const columnNames: string[] = Object.values(claimColumns).map(({ name }) => name)
