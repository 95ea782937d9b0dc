import { sql } from 'kysely'
import type { ActContext, StaffContext } from '../../../core/act.ts'
import type { Called } from '../../../core/committees/hearing.ts'
import { closeMeeting } from '../../../core/committees/lock.ts'
import { callMeeting } from '../../../core/committees/plan.ts'
import type { Tx } from '../../../core/db.ts'
import { done, isRefusal, type Refusal } from '../../../core/errors.ts'
import { findParties, maskParty } from '../../../core/procedure/parties.ts'
import type { Day } from '../../../core/time.ts'
import { type ClaimState, findClaimState } from '../claim.ts'
import { negotiationKind, negotiationPrefix, partyRoles } from '../schema.ts'

/** What calling a day of negotiation (協議期日) takes; the rest of its kind is in hearing.ts. */
export const called: Called = {
  kind: negotiationKind, prefix: negotiationPrefix, label: '國家賠償協議', itemLabel: '國家賠償事件', committee: null,
  // called from within the step of the claim, which has asked who may; who issues the notice need not be one who negotiates
  lockItem: async (tx, ctx, number) => {
    const { id, title } = await findClaimState(tx, ctx.person, number, true)
    return done({ id, title })
  },
}

/** The day that a notice names becomes a meeting of the parties: by their roles, names masked, since who negotiates needs no sealed name to tick who came. One that was planned before gives way to it. */
export async function callNegotiation(tx: Tx, ctx: StaffContext, state: ClaimState, { on, startsAt, place }: { on: Day; startsAt: string; place: string }): Promise<Refusal | null> {
  await cancelNegotiation(tx, ctx, state.id, '另定期日')
  const agency = state.agency ?? '本府'
  const parties = (await findParties(tx, state.id)).map((party) => `${partyRoles[party.role as keyof typeof partyRoles] ?? party.role}，${maskParty(party).called}`)
  const made = await callMeeting(tx, ctx, called, {
    on, startsAt, place, mode: 'on-site', sitting: undefined, chair: `${agency}代表人或其指定代理人`, people: [...parties, `賠償義務機關代表，${agency}`, '紀錄，本府法制科'],
    unitId: state.unitId, officerId: state.officerId, agenda: [{ number: state.number! }],
  })
  return isRefusal(made) ? made : null
}

/** Takes back what is planned for a claim. `but`: the meeting that is ending just now. */
export async function cancelNegotiation(tx: Tx, ctx: ActContext, caseId: number, reason: string, but: string | null = null): Promise<void> {
  const { rows } = await sql<{ id: number }>`select m.id from committee_items i join cases m on m.id = i.meeting_id where i.case_id = ${caseId} and m.kind = ${negotiationKind} and m.stage = 'planned' and m.number is distinct from ${but}`.execute(tx)
  for (const meeting of rows) {
    await tx.updateTable('committee_meetings').set({ minutes: `取消：${reason}` }).where('id', '=', meeting.id).execute()
    await closeMeeting(tx, ctx, called, meeting, 'cancelled')
  }
}
