import type { ActContext, StaffContext } from '../../core/act.ts'
import { jointUnitIds } from '../../core/cases/assign.ts'
import { meetMainClock } from '../../core/cases/due.ts'
import type { Tx } from '../../core/db.ts'
import { NotAllowed, NotFound, type Refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { may, onBehalfOf, type Person } from '../../core/identity/permissions.ts'
import type { Day } from '../../core/time.ts'
import { type RawBuilder, sql } from 'kysely'
import { type PetitionAct, type PetitionState, refuseAct } from './rules.ts'
import { caseKind, type Channel, type Outcome, type Stage } from './schema.ts'
import './tables.ts'
import { visibleTo } from './visible.ts'

/** A petition held by this act's transaction: nobody else changes it until the act ends. */
export type LockedPetition = PetitionState & {
  id: number
  /** 案號; null before registration */
  number: string | null
  followNo: string
  title: string
  channel: Channel
  category: string | null
  township: string | null
  receivedAt: Date | null
  dueOn: Day | null
  closedAt: Date | null
  outcome: Outcome | null
  previousId: number | null
  publishConsent: boolean
  jointUnitIds: number[]
}

/** How a case is named in addresses: 案號, or the follow number before it has one. */
export type CaseName = string

/**
 * Holds a petition for a staff act. Not found when the person may not even see it; NotAllowed when they may see
 * it but not do this (`permission`), e.g. another unit's case.
 */
export async function lockForStaff(tx: Tx, person: Person, name: CaseName, permission: string): Promise<LockedPetition> {
  const petition = await lock(tx, sql`(c.number = ${name} or c.follow_no = ${name}) and ${visibleTo(person)}`)
  const helps = permission === 'petitions.contribute' ? petition.jointUnitIds : []
  if (!may(person, permission, petition, helps)) throw new NotAllowed(permission)
  return petition
}

export type Held = { refused?: false; petition: LockedPetition; ctx: StaffContext }

/**
 * The beginning of every staff act: holds the petition, or refuses by the stage table. The permission is that of the
 * act's own name. `ctx` names the absent colleague where only a deputy's post allows it (○○代).
 */
export async function hold(tx: Tx, ctx: StaffContext, name: CaseName, act: PetitionAct, permission = `petitions.${act}`): Promise<Held | Refusal> {
  const petition = await lockForStaff(tx, ctx.person, name, permission)
  return refuseNow(act, petition) ?? { petition, ctx: { ...ctx, onBehalfOf: ctx.onBehalfOf ?? onBehalfOf(ctx.person, permission, petition) } }
}

/** Holds a petition for a resident, whose follow code was checked, or for a job. */
export async function lockById(tx: Tx, caseId: number): Promise<LockedPetition> {
  return lock(tx, sql`c.id = ${caseId}`)
}

async function lock(tx: Tx, which: RawBuilder<unknown>): Promise<LockedPetition> {
  const found = await sql<Omit<LockedPetition, 'jointUnitIds'>>`
    select c.id, c.number, c.follow_no as "followNo", c.title, c.stage, c.unit_id as "unitId", c.officer_id as "officerId", c.township,
      c.received_at as "receivedAt", c.due_on as "dueOn", c.closed_at as "closedAt", c.outcome, c.confidential,
      c.merged_into as "mergedInto", c.previous_id as "previousId", p.channel, p.category, p.publish_consent as "publishConsent",
      p.extended_to as "extendedTo", p.answered_at is not null as answered,
      (select s.what from petition_submissions s where s.case_id = c.id and s.state = 'pending') as pending
    from cases c join petitions p on p.id = c.id
    where c.kind = ${caseKind} and ${which} for update of c`.execute(tx)
  const row = found.rows[0]
  if (!row) throw new NotFound('找不到這件陳情')
  return { ...row, jointUnitIds: await jointUnitIds(tx, row.id) }
}

/** The refusal of the stage table, for the beginning of every act: `const no = refuseNow('dispatch', petition); if (no) return no`. */
export function refuseNow(act: PetitionAct, petition: LockedPetition): Refusal | null {
  return refuseAct(act, petition)
}

/** Moves a petition to a stage and records why, in the act's own transaction. */
export async function moveTo(tx: Tx, ctx: ActContext, petition: LockedPetition, stage: Stage, event: string, payload: Record<string, unknown> = {}): Promise<void> {
  if (stage !== petition.stage) await tx.updateTable('cases').set({ stage }).where('id', '=', petition.id).execute()
  await record(tx, ctx, event, { caseId: petition.id, fromStage: petition.stage, toStage: stage, payload })
}

/** Closes a petition: stage, outcome, main clock met, open assignments ended, event `petition.closed`. */
export async function closePetition(tx: Tx, ctx: ActContext, petition: LockedPetition, outcome: Outcome, payload: Record<string, unknown> = {}): Promise<void> {
  await tx.updateTable('cases').set({ stage: 'closed', outcome, closed_at: ctx.now }).where('id', '=', petition.id).execute()
  await meetMainClock(tx, petition.id, ctx.now)
  await tx.updateTable('assignments').set({ until_at: ctx.now, ended_as: 'closed' }).where('case_id', '=', petition.id).where('until_at', 'is', null).execute()
  await record(tx, ctx, 'petition.closed', { caseId: petition.id, fromStage: petition.stage, toStage: 'closed', payload: { outcome, ...payload } })
}
