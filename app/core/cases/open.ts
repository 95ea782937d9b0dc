import type { Tx } from '../db.ts'
import { type Day, startOf } from '../time.ts'
import { newFollowNo } from './numbers.ts'
import './tables.ts'

export type NewCase = {
  kind: string
  title: string
  stage: string
  /** null: who filed it has yet to confirm */
  receivedAt: Date | null
  registeredAt: Date | null
  /** null until one is drawn */
  number?: string | null
  /** drawn when left out */
  followNo?: string
  /** only with its assignment written beside it; `assignLead` sets it else */
  unitId?: number | null
  township?: string | null
  confidential?: boolean
  previousId?: number | null
  importId?: number | null
  /** how it ended, of one that is over when it is written */
  closed?: { at: Date; outcome: string } | null
}

/** When a case that is typed in now began, by the day that its form gives: now where that is today, else nine in the morning of it. */
export const beganAt = (on: Day, { now, today }: { now: Date; today: Day }): Date => (on === today ? now : new Date(startOf(on).getTime() + 9 * 3_600_000))

/** The row of a case as it begins: nobody's yet, without a due day. Many are written at once by importers. */
export function caseRow({ kind, title, stage, receivedAt, registeredAt, number = null, followNo = newFollowNo(), unitId = null, township = null, confidential = false, previousId = null, importId = null, closed = null }: NewCase) {
  return {
    kind, follow_no: followNo, number, title, stage, unit_id: unitId, officer_id: null, township, received_at: receivedAt, registered_at: registeredAt,
    due_on: null, closed_at: closed?.at ?? null, outcome: closed?.outcome ?? null, confidential, merged_into: null, previous_id: previousId, import_id: importId,
  }
}

/** Writes a case as it begins. Gives its id; lead, search text and event are the caller's. */
export async function insertCase(tx: Tx, of: NewCase): Promise<number> {
  const { id } = await tx.insertInto('cases').values(caseRow(of)).returning('id').executeTakeFirstOrThrow()
  return id
}
