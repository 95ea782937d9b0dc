import { record } from '../events/record.ts'
import type { UnitFollower } from '../identity/unit-followers.ts'

/** 主管單位 of laws goes along with a merger; a unit may close before its laws are given to another. */
export const lawsOfUnit: UnitFollower = {
  words: (count) => `${count} 部主管法規`,
  async move(tx, ctx, from, into) {
    const moved = await tx.updateTable('laws').set({ unit_id: into }).where('unit_id', '=', from).returning('id').execute()
    for (const { id: law } of moved) await record(tx, ctx, 'law.unit-changed', { payload: { law, from, unit: into } })
    return moved.length
  },
}
