import { dayCell, key, labelled, text, yesOrNo } from '../../../core/tabular/cells.ts'
import { type Columns, naming, optional, required } from '../../../core/tabular/schema.ts'
import type { Day } from '../../../core/time.ts'
import { type Change, type Instrument, instruments } from '../schema.ts'

/** One row of regulations.csv: one promulgation, with the whole text it led to. */
export type RegulationCells = {
  number: string
  name: string
  formerName: string | null
  code: string | null
  instrument: Instrument
  change: Change
  category: string | null
  unit: string
  proposedOn: Day | null
  promulgatedOn: Day
  effectiveOn: Day | null
  /** 限時法規: the last day in force */
  endsOn: Day | null
  /** 暫停適用, 恢復適用 of single articles, as written: 第三條、第五條之一 */
  articles: string | null
  documentNo: string | null
  text: string | null
  reason: string | null
  penalty: boolean | null
  isPublic: boolean | null
}

const changeWords = new Map<string, Change>([['制定', 'enact'], ['訂定', 'enact'], ['修正', 'amend'], ['廢止', 'repeal'], ['停止適用', 'repeal'], ['暫停適用', 'suspend'], ['恢復適用', 'resume']])

export const regulationColumns: Columns<RegulationCells> = {
  number: naming('案號', key(40)),
  name: required('法規名稱', key(200)),
  formerName: optional('原名稱', key(200)),
  code: optional('法規代號', key(40)),
  instrument: required('種類', labelled(new Map(Object.entries(instruments).map(([code, label]) => [label, code as Instrument])))),
  change: required('異動', labelled(changeWords)),
  category: optional('分類', key(40)),
  unit: required('主管單位', key(100)),
  proposedOn: optional('提案日期', dayCell),
  promulgatedOn: required('公布日期', dayCell),
  effectiveOn: optional('施行日期', dayCell),
  endsOn: optional('施行期限', dayCell),
  articles: optional('條號', key(500)),
  documentNo: optional('文號', key(100)),
  text: optional('條文', text(1_000_000)),
  reason: optional('說明', text(100_000)),
  penalty: optional('罰則', yesOrNo),
  isPublic: optional('公開', yesOrNo),
}

export const columnNames: string[] = Object.values(regulationColumns).map(({ name }) => name)
