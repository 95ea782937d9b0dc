import type { Tx } from '../../core/db.ts'
import { indexCase } from '../../core/search/search.ts'

/** Makes the search text of a petition anew: title, place, everything the petitioner wrote, and the answer. */
export async function reindex(tx: Tx, caseId: number): Promise<void> {
  const petition = await tx.selectFrom('cases').innerJoin('petitions', 'petitions.id', 'cases.id').select(['title', 'place', 'answer']).where('cases.id', '=', caseId).executeTakeFirstOrThrow()
  const letters = await tx.selectFrom('petition_letters').select('text').where('case_id', '=', caseId).orderBy('id').execute()
  await indexCase(tx, caseId, [petition.title, ...letters.map((letter) => letter.text), petition.place, petition.answer])
}
