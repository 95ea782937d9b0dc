import { record } from '../events/record.ts'
import type { UnitFollower } from '../identity/unit-followers.ts'

/** Chapters of reports in the making go to the unit into which theirs was merged; issued reports keep the name of their time. */
export const sectionsOfUnit: UnitFollower = {
  words: (count) => `${count} 章編輯中的報告`,
  count: async (reader, unitId) => (await reader.selectFrom('report_sections as s').innerJoin('reports as r', 'r.id', 's.report_id').select('s.id').where('s.unit_id', '=', unitId).where('r.state', '=', 'draft').execute()).length,
  async move(tx, ctx, from, into) {
    const moved = await tx.updateTable('report_sections').set({ unit_id: into }).where('unit_id', '=', from)
      .where('report_id', 'in', tx.selectFrom('reports').select('id').where('state', '=', 'draft')).returning(['report_id', 'key']).execute()
    for (const { report_id: report, key } of moved) await record(tx, ctx, 'report.section-assigned', { payload: { report, section: key, unit: into, from } })
    return moved.length
  },
}
