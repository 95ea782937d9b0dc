import { sql } from 'kysely'
import type { StaffContext } from '../../core/act.ts'
import type { Reader, Tx } from '../../core/db.ts'
import { done, isRefusal, NotFound, type Refusal, refusal, type Result } from '../../core/errors.ts'
import type { Person } from '../../core/identity/permissions.ts'
import type { Day } from '../../core/time.ts'
import { lockProposal } from './lock.ts'
import { visibleTo } from './regulation.ts'
import { caseKind } from './schema.ts'
import { refuseStep, type StepId } from './steps.ts'
import { perform } from './take-step.ts'

/** What a county meeting may decide about a proposal (rules.md §3.5). */
export const countyDecisions = { passed: { label: '照案通過' }, 'passed-amended': { label: '修正通過', needsText: true }, again: { label: '再議', needsText: true }, returned: { label: '退回', needsText: true } } as const
export type CountyDecision = keyof typeof countyDecisions

/** Proposals that wait for a county meeting, oldest first, of those that this person may see. */
export async function findForCountyMeeting(reader: Reader, person: Person): Promise<{ number: string; title: string }[]> {
  return (await sql<{ number: string; title: string }>`select c.number, c.title from cases c where c.kind = ${caseKind} and c.stage = 'county-meeting' and ${visibleTo(person)} order by c.id`.execute(reader)).rows
}

/** Holds a proposal for the agenda. Refused when it does not wait for a county meeting. */
export async function lockForCountyMeeting(tx: Tx, number: string): Promise<Result<{ id: number; title: string }>> {
  const proposal = await lockProposal(tx, number)
  if (!proposal) throw new NotFound('找不到這件法規案')
  return proposal.stage === 'county-meeting' ? done({ id: proposal.id, title: proposal.title }) : refusal('regulation.not-for-county', `${number} 現在不在「提縣務會議」階段`)
}

/**
 * Carries a proposal on, or back, as the county meeting decided, in the transaction of the act that ends the meeting. It asks for no permission of
 * its own: who may end the meeting records what it decided. `again` leaves the proposal where it is.
 */
export async function carryCountyDecision(tx: Tx, ctx: StaffContext, { number, decision, text, heldOn, meeting }: { number: string; decision: CountyDecision; text: string; heldOn: Day; /** its number */ meeting: string }): Promise<Refusal | null> {
  if (decision === 'again') return null
  const proposal = await lockProposal(tx, number)
  if (!proposal) throw new NotFound('找不到這件法規案')
  const step: StepId = decision === 'returned' ? 'review-returned' : 'county-passed'
  const no = refuseStep(step, proposal, heldOn)
  if (no) return no
  const stage = await perform(tx, ctx, step, proposal, { on: heldOn, documentNo: meeting, note: text || countyDecisions[decision].label, effectiveOn: null, until: null })
  return isRefusal(stage) ? stage : null
}
