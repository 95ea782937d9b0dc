import { sql } from 'kysely'
import { record } from '../../core/events/record.ts'
import type { UnitFollower } from '../../core/identity/unit-followers.ts'
import './tables.ts'

/** Bodies kept by a unit, or in which it sits, go along with a merger; who sat in past meetings stays. */
export const bodiesOfUnit: UnitFollower = {
  words: (count) => `${count} 個會議體`,
  async move(tx, ctx, from, into) {
    const kept = await tx.updateTable('meeting_bodies').set({ owner_unit_id: into }).where('owner_unit_id', '=', from).returning('code').execute()
    await sql`delete from meeting_body_units s where s.unit_id = ${from} and exists (select from meeting_body_units t where t.body_id = s.body_id and t.unit_id = ${into})`.execute(tx)
    const sat = await tx.updateTable('meeting_body_units').set({ unit_id: into }).where('unit_id', '=', from).returning('body_id').execute()
    for (const { code } of kept) await record(tx, ctx, 'meeting-body.unit-changed', { payload: { body: code, from, unit: into } })
    return kept.length + sat.length
  },
}
