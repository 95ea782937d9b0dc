import { dayCell, key, labelled, text, wholeNumber } from '../../../core/tabular/cells.ts'
import { type Columns, naming, optional, type Parse, required } from '../../../core/tabular/schema.ts'
import type { Day } from '../../../core/time.ts'
import { modes, type Mode } from '../../../core/committees/words.ts'

/** One row of meetings.csv: one meeting with its people, agenda and decisions. */
export type MeetingCells = {
  number: string; body: string; heldOn: Day; startsAt: string | null; endsAt: string | null; place: string | null; mode: Mode | null; chair: string; sitting: number | null; people: string; agenda: string; remarks: string | null
  minutes: string | null; approvedOn: Day | null; approvalNote: string | null; cancelled: string | null
}

const clock: Parse<string> = (cell) => (/^([01]?\d|2[0-3]):[0-5]\d$/.test(cell.normalize('NFKC').trim()) ? { value: cell.normalize('NFKC').trim() } : { reason: '時間請寫成 09:30' })
const byLabel = <K extends string>(labels: Record<K, string>) => labelled(new Map(Object.entries<string>(labels).map(([code, label]) => [label, code as K])))

/** New columns go to the end: their order is stored. */
export const meetingColumns: Columns<MeetingCells> = {
  number: naming('案號', key(40)), body: required('會議體', key(60)), heldOn: required('開會日期', dayCell), startsAt: optional('開始時間', clock), endsAt: optional('散會時間', clock), place: optional('地點', key(100)),
  mode: optional('方式', byLabel(modes)), chair: required('主席', key(50)), sitting: optional('會次', wholeNumber(1, 9999)), people: required('出席人員', text(20_000)), agenda: required('議程', text(100_000)), remarks: optional('發言要旨', text(100_000)),
  minutes: optional('紀錄', text(200_000)), approvedOn: optional('紀錄確認日', dayCell), approvalNote: optional('確認說明', text(2000)), cancelled: optional('取消原因', text(1000)),
}
export const meetingColumnNames = Object.values(meetingColumns).map(({ name }) => name)
