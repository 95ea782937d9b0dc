import { dayCell, key, labelled, text, wholeNumber } from '../../../core/tabular/cells.ts'
import { type Columns, naming, optional, required } from '../../../core/tabular/schema.ts'
import type { Day } from '../../../core/time.ts'
import { type Channel, channels, complaintResults, type ComplaintResult, type MediationResult, results } from '../schema.ts'

const byLabel = <T extends string>(names: Record<T, string>) => labelled(new Map(Object.entries(names).map(([code, label]) => [label as string, code as T])))
const money = wholeNumber(0, 10_000_000_000)
const courtNames = { approved: '核定', 'not-approved': '不予核定' } as const

/** One row of consumer-disputes.csv: one dispute and what became of it. */
export type DisputeCells = {
  number: string; receivedOn: Day; channel: Channel | null; title: string; category: string | null; consumer: string | null; business: string | null; businessNo: string | null; disputedTwd: number | null; facts: string | null; asked: string | null; unit: string
  businessReceivedOn: Day | null; firstResult: ComplaintResult | null; firstResultOn: Day | null
  secondOn: Day | null; secondResult: 'handled' | 'not-handled' | null; secondResultOn: Day | null
  appliedOn: Day | null; acceptedOn: Day | null; meetingOn: Day | null; result: MediationResult | null; resultOn: Day | null; settledTwd: number | null
  courtOn: Day | null; courtResult: 'approved' | 'not-approved' | null; courtResultOn: Day | null; endedOn: Day | null; transferredTo: string | null
}

export const disputeColumns: Columns<DisputeCells> = {
  number: naming('案號', key(40)), receivedOn: required('收件日期', dayCell), channel: optional('收件方式', byLabel(channels)), title: required('案由', key(100)), category: optional('類別', key(40)), consumer: optional('消費者', key(100)),
  business: optional('企業經營者', key(100)), businessNo: optional('統一編號', key(10)), disputedTwd: optional('爭議金額', money), facts: optional('經過', text(20_000)), asked: optional('請求', text(5000)), unit: required('承辦單位', key(100)),
  businessReceivedOn: optional('業者接獲日期', dayCell), firstResult: optional('第一次申訴結果', byLabel(complaintResults)), firstResultOn: optional('第一次申訴結果日期', dayCell),
  secondOn: optional('第二次申訴日期', dayCell), secondResult: optional('第二次申訴結果', byLabel({ handled: '妥適處理', 'not-handled': '未獲妥適處理' } as const)), secondResultOn: optional('第二次申訴結果日期', dayCell),
  appliedOn: optional('申請調解日期', dayCell), acceptedOn: optional('受理日期', dayCell), meetingOn: optional('調解期日', dayCell), result: optional('調解結果', byLabel(results)), resultOn: optional('調解結果日期', dayCell), settledTwd: optional('成立金額', money),
  courtOn: optional('送法院日期', dayCell), courtResult: optional('法院結果', byLabel(courtNames)), courtResultOn: optional('法院結果日期', dayCell), endedOn: optional('申訴結案日期', dayCell), transferredTo: optional('移轉機關', key(100)),
}

export const columnNames: string[] = Object.values(disputeColumns).map(({ name }) => name)
