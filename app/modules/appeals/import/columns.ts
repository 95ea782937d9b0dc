import { dayCell, key, labelled, listOf, text, wholeNumber } from '../../../core/tabular/cells.ts'
import { type Columns, naming, optional, required } from '../../../core/tabular/schema.ts'
import type { Day } from '../../../core/time.ts'
import { type AgencyKind, agencyKinds, type Channel, channels, type ClaimOutcome, type Form, forms, type Ground, grounds } from '../schema.ts'

/** One row of appeals.csv: one appeal, with what was decided of each claim. */
export type AppealCells = {
  number: string
  receivedOn: Day
  channel: Channel | null
  form: Form | null
  firstReceivedBy: string | null
  firstReceivedOn: Day | null
  title: string
  category: string | null
  ground: Ground | null
  appliedOn: Day | null
  agency: string
  agencyKind: AgencyKind | null
  dispositionNo: string | null
  dispositionOn: Day | null
  servedOn: Day | null
  residence: string | null
  appellants: string[]
  agents: string[] | null
  participants: string[] | null
  claims: string[] | null
  facts: string | null
  unit: string
  repliedOn: Day | null
  extensionMonths: number | null
  outcomes: ClaimOutcome[] | null
  basis: string[] | null
  decidedOn: Day | null
  decisionNo: string | null
  dispatchedOn: Day | null
  ending: 'withdrawn' | 'transferred' | null
  endedOn: Day | null
}

const byLabel = <K extends string>(labels: Readonly<Record<K, string>>): Map<string, K> => new Map((Object.keys(labels) as K[]).map((code) => [labels[code], code]))
const outcomeWords = new Map<string, ClaimOutcome>([['不受理', 'non-acceptance'], ['駁回', 'dismissed'], ['機關已為處分駁回', 'dismissed-acted'], ['情況決定', 'dismissed-unlawful'], ['撤銷', 'revoked'], ['命速為處分', 'ordered']])

export const appealColumns: Columns<AppealCells> = {
  number: naming('案號', key(40)),
  receivedOn: required('收件日期', dayCell),
  channel: optional('管道', labelled(byLabel(channels))),
  form: optional('書狀', labelled(byLabel(forms))),
  firstReceivedBy: optional('先收受機關', key(60)),
  firstReceivedOn: optional('先收受日期', dayCell),
  title: required('案由', key(200)),
  category: optional('類別', key(40)),
  ground: optional('事由', labelled(byLabel(grounds))),
  appliedOn: optional('申請日期', dayCell),
  agency: required('原處分機關', key(60)),
  agencyKind: optional('機關層級', labelled(byLabel(agencyKinds))),
  dispositionNo: optional('處分文號', key(100)),
  dispositionOn: optional('處分日期', dayCell),
  servedOn: optional('處分送達日期', dayCell),
  residence: optional('住居地', key(40)),
  appellants: required('訴願人', listOf(key(100))),
  agents: optional('代理人', listOf(key(100))),
  participants: optional('參加人', listOf(key(100))),
  claims: optional('請求事項', linesOf),
  facts: optional('事實及理由', text(100_000)),
  unit: required('主辦單位', key(100)),
  repliedOn: optional('答辯日期', dayCell),
  extensionMonths: optional('延長月數', wholeNumber(1, 2)),
  outcomes: optional('決定結果', listOf(labelled(outcomeWords))),
  basis: optional('決定依據', linesOf),
  decidedOn: optional('決定日期', dayCell),
  decisionNo: optional('決定書文號', key(100)),
  dispatchedOn: optional('正本發文日期', dayCell),
  ending: optional('其他終結', labelled(new Map([['撤回', 'withdrawn'], ['移送管轄機關', 'transferred']] as const))),
  endedOn: optional('終結日期', dayCell),
}

export const columnNames: string[] = Object.values(appealColumns).map(({ name }) => name)
export const personalColumns = ['appellants', 'agents', 'participants'] as const satisfies (keyof AppealCells)[]

/** One item a line, or separated by ；: claims hold commas of their own. */
function linesOf(cell: string): { value: string[] } {
  return { value: cell.split(/[\n；;]/).map((line) => line.trim()).filter(Boolean) }
}
