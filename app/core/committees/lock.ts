import { sql } from 'kysely'
import type { ActContext, StaffContext } from '../act.ts'
import type { Tx } from '../db.ts'
import { NotAllowed, NotFound, refusal, type Refusal } from '../errors.ts'
import { record } from '../events/record.ts'
import { may } from '../identity/permissions.ts'
import type { Day } from '../time.ts'
import type { Called, Hearing } from './hearing.ts'
import './tables.ts'

export type LockedMeeting = { id: number; number: string; title: string; stage: string; heldOn: Day; committeeId: number | null }

/** Holds a meeting for an act. Not found for who may not see it. The act's permission says who may; where it reaches certain units only, theirs is the one that called it. */
export async function lockMeeting(tx: Tx, ctx: StaffContext, hearing: Hearing, name: string): Promise<LockedMeeting> {
  const row = await tx.selectFrom('cases').innerJoin('committee_meetings as m', 'm.id', 'cases.id').select(['cases.id', 'number', 'title', 'stage', 'cases.unit_id as unitId', 'cases.officer_id as officerId', 'm.held_on as heldOn', 'm.committee_id as committeeId']).where('number', '=', name).where('kind', '=', hearing.kind).where(sql<boolean>`${hearing.visibleTo(ctx.person, 'cases')}`).forUpdate('cases').executeTakeFirst()
  if (!row) throw new NotFound('找不到這次會議')
  if (!may(ctx.person, hearing.manage, row)) throw new NotAllowed(hearing.manage)
  return row as LockedMeeting
}

export const requirePlanned = (meeting: LockedMeeting): Refusal | null => (meeting.stage === 'planned' ? null : refusal('meeting.closed', '這次會議已經結束'))

export async function closeMeeting(tx: Tx, ctx: ActContext, hearing: Called, meeting: Pick<LockedMeeting, 'id'>, outcome: 'held' | 'cancelled'): Promise<void> {
  await tx.updateTable('cases').set({ stage: 'closed', closed_at: ctx.now, outcome }).where('id', '=', meeting.id).execute()
  await tx.updateTable('assignments').set({ until_at: ctx.now, ended_as: 'closed' }).where('case_id', '=', meeting.id).where('until_at', 'is', null).execute()
  await record(tx, ctx, `${hearing.kind}.${outcome}`, { caseId: meeting.id, fromStage: 'planned', toStage: 'closed', payload: { outcome } })
}
