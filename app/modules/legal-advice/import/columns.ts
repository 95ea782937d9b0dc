import { clip, dayCell, key, labelled, wholeNumber } from '../../../core/tabular/cells.ts'
import { type Columns, naming, optional, type Parse, required } from '../../../core/tabular/schema.ts'
import type { Day } from '../../../core/time.ts'
import type { Way } from '../schema.ts'

export const endings = { 已諮詢: 'served', 未到: 'no-show', 取消: 'cancelled', 迴避: 'recused' } as const
export type Ending = (typeof endings)[keyof typeof endings]

/** One row of legal-advice.csv: one person's turn at one session; the session itself is made from its rows. */
export type AdviceCells = {
  number: string
  heldOn: Day
  startsAt: string | null
  endsAt: string | null
  minutes: number | null
  place: string
  unit: string
  lawyer: string
  speciality: string
  way: Way | null
  bookedOn: Day | null
  slotAt: string | null
  arrivedAt: string | null
  calledAt: string | null
  ending: Ending
  name: string | null
  phone: string | null
  email: string | null
  opponent: string | null
}

/** HH:MM, Taipei. */
const clock: Parse<string> = (cell) => {
  const found = /^([01]?\d|2[0-3]):([0-5]\d)(:00)?$/.exec(cell.normalize('NFKC').trim())
  return found ? { value: `${found[1]!.padStart(2, '0')}:${found[2]}` } : { reason: `「${clip(cell)}」讀不出時間，請寫成 14:00` }
}
const wayWords = new Map<string, Way>([['網路', 'portal'], ['臨櫃', 'counter'], ['電話', 'counter'], ['現場', 'walk-in']])

export const adviceColumns: Columns<AdviceCells> = {
  number: naming('案號', key(40)),
  heldOn: required('場次日期', dayCell),
  startsAt: optional('開始時間', clock),
  endsAt: optional('結束時間', clock),
  minutes: optional('每次分鐘', wholeNumber(5, 120)),
  place: required('地點', key(100)),
  unit: required('主辦單位', key(100)),
  lawyer: required('律師', key(50)),
  speciality: required('類別', key(40)),
  way: optional('方式', labelled(wayWords)),
  bookedOn: optional('預約日期', dayCell),
  slotAt: optional('約定時間', clock),
  arrivedAt: optional('報到時間', clock),
  calledAt: optional('叫號時間', clock),
  ending: required('結果', labelled(new Map(Object.entries(endings)))),
  name: optional('姓名', key(50)),
  phone: optional('電話', key(40)),
  email: optional('電子郵件', key(254)),
  opponent: optional('對方姓名', key(50)),
}
export const columnNames: string[] = Object.values(adviceColumns).map(({ name }) => name)
export const personal = ['name', 'phone', 'email', 'opponent'] as const
