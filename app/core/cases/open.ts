import type { Tx } from '../db.ts'
import { newFollowNo } from './numbers.ts'
import './tables.ts'

export type NewCase = {
  kind: string
  title: string
  stage: string
  receivedAt: Date
  registeredAt: Date
  /** null until one is drawn */
  number?: string | null
  township?: string | null
  previousId?: number | null
  importId?: number | null
}

/** Writes a case as it begins: nobody's yet, without a due day, not closed. Gives its id; lead, search text and event are the caller's. */
export async function insertCase(tx: Tx, { kind, title, stage, receivedAt, registeredAt, number = null, township = null, previousId = null, importId = null }: NewCase): Promise<number> {
  const { id } = await tx
    .insertInto('cases')
    .values({
      kind, follow_no: newFollowNo(), number, title, stage, unit_id: null, officer_id: null, township, received_at: receivedAt, registered_at: registeredAt,
      due_on: null, closed_at: null, outcome: null, merged_into: null, previous_id: previousId, import_id: importId,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
