import type { ActContext } from '../../core/act.ts'
import type { Tx } from '../../core/db.ts'

/** Keeps the reason or remark that goes with an act, and gives its id for the event's payload; null when there is none. */
export async function keepNote(tx: Tx, ctx: ActContext, caseId: number, text: string | null | undefined): Promise<number | null> {
  if (!text?.trim()) return null
  const kept = await tx
    .insertInto('petition_notes')
    .values({ case_id: caseId, text: text.trim(), person_id: ctx.person?.id ?? null })
    .returning('id')
    .executeTakeFirstOrThrow()
  return kept.id
}
