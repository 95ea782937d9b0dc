import { computeDeadline, officeCalendar } from '../../../core/clocks/index.ts'
import { type Day, rocDay, startOf } from '../../../core/time.ts'
import type { PetitionImportRow } from './check.ts'

export const rule = 'petition-30wd'

/** The due day of an imported petition, and how it came about. */
export type ImportedDue = {
  /** before any extension: as written, else as computed; null where no calendar reaches */
  first: Day | null
  /** after the extension */
  last: Day | null
  computed: Day | null
  /** 限辦日期 was written, and another day than the computed one */
  differs: boolean
  /** from when the extension counts; the file does not say, so: the day it was needed, if the case was still open */
  extendedAt: Date | null
  because: string | null
  explanation: string[]
}

/** 限辦日期 is kept where it differs from the period that the office's own clock gives (petition-30wd from the receipt). */
export function dueOfImported(row: PetitionImportRow): ImportedDue {
  const answer = computeDeadline(rule, row.receivedAt, undefined, officeCalendar)
  const computed = answer.kind === 'due' ? answer.day : null
  const first = row.dueOn ?? computed
  const last = row.extendedTo ?? first
  const differs = row.dueOn !== null && computed !== null && row.dueOn !== computed
  const explanation: string[] = []
  if (row.extendedTo) explanation.push(`展期至 ${rocDay(row.extendedTo)}（依匯入資料）`)
  if (row.dueOn && row.dueOn !== computed) explanation.push(`限辦日期 ${rocDay(row.dueOn)} 依匯入資料保留${computed ? `；依規則計算為 ${rocDay(computed)}，如下` : ''}`)
  explanation.push(...(answer.kind === 'due' ? answer.explanation : [answer.because]))
  return {
    first,
    last,
    computed,
    differs,
    extendedAt: extensionInstant(row, first),
    because: last === null && answer.kind !== 'due' ? answer.because : null,
    explanation,
  }
}

function extensionInstant(row: PetitionImportRow, first: Day | null): Date | null {
  if (!row.extendedTo) return null
  const earliest = row.dispatchedAt ?? row.registeredAt
  const needed = first ? startOf(first) : earliest
  const latest = row.closedAt ?? needed
  return new Date(Math.max(earliest.getTime(), Math.min(needed.getTime(), latest.getTime())))
}
