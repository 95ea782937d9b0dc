import type { UnitFollower } from '../../../core/identity/unit-followers.ts'
import { record } from '../../../core/events/record.ts'

/** Rules that send petitions to a unit go where the unit goes: in force or not, as they are. */
export const rulesOfUnit: UnitFollower = {
  words: (count) => `${count} 條分文規則`,
  count: async (reader, unitId) => (await reader.selectFrom('petition_dispatch_rules').select('id').where('unit_id', '=', unitId).where('state', '<>', 'off').execute()).length,
  async move(tx, ctx, from, into) {
    const moved = await tx.updateTable('petition_dispatch_rules').set({ unit_id: into }).where('unit_id', '=', from).returning('id').execute()
    for (const { id } of moved) await record(tx, ctx, 'petition.dispatch-rule-changed', { payload: { rule: id, from, unit: into } })
    return moved.length
  },
}
