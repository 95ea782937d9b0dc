import { sql } from 'kysely'
import type { Tx } from '../db.ts'

/** Gives the case a lead unit (and officer), ending the one before. A case has one lead at a time. */
export async function assignLead(tx: Tx, to: { caseId: number; unitId: number | null; officerId?: number | null; at: Date; endedAs: string; note?: string }): Promise<void> {
  await tx
    .updateTable('assignments')
    .set({ until_at: to.at, ended_as: to.endedAs, ...(to.unitId === null ? { note: to.note ?? null } : {}) })
    .where('case_id', '=', to.caseId)
    .where('role', '=', 'lead')
    .where('until_at', 'is', null)
    .execute()
  if (to.unitId !== null) {
    await tx
      .insertInto('assignments')
      .values({ case_id: to.caseId, unit_id: to.unitId, role: 'lead', officer_id: to.officerId ?? null, from_at: to.at, until_at: null, ended_as: null, note: to.note ?? null })
      .execute()
  }
  await tx.updateTable('cases').set({ unit_id: to.unitId, officer_id: to.officerId ?? null }).where('id', '=', to.caseId).execute()
}

/** Adds joint units (協辦); those already there stay. */
export async function addJoint(tx: Tx, to: { caseId: number; unitIds: number[]; at: Date }): Promise<void> {
  if (!to.unitIds.length) return
  await tx
    .insertInto('assignments')
    .values(to.unitIds.map((unitId) => ({ case_id: to.caseId, unit_id: unitId, role: 'joint' as const, officer_id: null, from_at: to.at, until_at: null, ended_as: null, note: null })))
    // a literal: PostgreSQL finds the partial index only by its very condition
    .onConflict((conflict) => conflict.columns(['case_id', 'unit_id']).where('role', '=', sql.lit('joint')).where('until_at', 'is', null).doNothing())
    .execute()
}

export async function jointUnitIds(tx: Tx, caseId: number): Promise<number[]> {
  const rows = await tx.selectFrom('assignments').select('unit_id').where('case_id', '=', caseId).where('role', '=', 'joint').where('until_at', 'is', null).execute()
  return rows.map((row) => row.unit_id)
}
