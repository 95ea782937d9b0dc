import type { ActContext } from '../../../core/act.ts'
import type { Tx } from '../../../core/db.ts'
import { record } from '../../../core/events/record.ts'
import '../tables.ts'

/** Takes down what is published of this case, at once; false when nothing was. Part of the act that causes it. */
export async function withdrawPublicationOf(tx: Tx, ctx: ActContext, caseId: number, reason: string): Promise<boolean> {
  const withdrawn = await tx
    .updateTable('petition_publications')
    .set({ withdrawn_at: ctx.now, withdrawn_reason: reason })
    .where('case_id', '=', caseId)
    .where('withdrawn_at', 'is', null)
    .returning('id')
    .execute()
  if (!withdrawn.length) return false
  await tx.updateTable('petitions').set({ published_at: null }).where('id', '=', caseId).execute()
  await record(tx, ctx, 'petition.publication-withdrawn', { caseId, payload: { publication: withdrawn[0]!.id } })
  return true
}
