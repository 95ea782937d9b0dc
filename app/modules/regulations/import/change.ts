import type { Tx } from '../../../core/db.ts'
import { findEntries, saveEntries } from '../../../core/laws/entries.ts'
import { indexCase } from '../../../core/search/search.ts'
import type { CaseToChange } from '../../../core/tabular/case-import.ts'
import { titleOf } from '../title.ts'
import type { RegulationRow } from './check.ts'
import { detailOf, entryOf } from './load.ts'

/** --update: an imported promulgation put right. Recorded now; what was believed before stays in the history, other texts of the law too. */
export async function changeRegulation(tx: Tx, importId: number, { id: caseId, row, fields }: CaseToChange<RegulationRow>, now: Date): Promise<void> {
  const detail = detailOf(row)
  const { law_id: lawId } = await tx.updateTable('regulations').set(detail).where('id', '=', caseId).returning('law_id').executeTakeFirstOrThrow()
  await tx.updateTable('cases').set({ title: titleOf({ ...row, articles: detail.articles }), unit_id: row.unitId }).where('id', '=', caseId).execute()
  await tx.updateTable('laws').set({ kind: row.instrument, category: row.category, unit_id: row.unitId, public: row.isPublic ?? true }).where('id', '=', lawId!).execute()
  const entries = (await findEntries(tx, lawId!)).map((entry) => (entry.caseId === caseId ? { ...entry, ...entryOf(row) } : entry))
  await saveEntries(tx, lawId!, entries)
  await tx
    .insertInto('events')
    .values({ kind: 'regulation.corrected', happened_at: now, recorded_at: now, case_id: caseId, person_id: null, on_behalf_of: null, from_stage: null, to_stage: null, payload: JSON.stringify({ import: importId, fields }) as never })
    .execute()
  await indexCase(tx, caseId, [row.name, row.reason])
}
