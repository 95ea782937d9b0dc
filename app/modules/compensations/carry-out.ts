import type { ActContext, StaffContext } from '../../core/act.ts'
import { addJoint } from '../../core/cases/assign.ts'
import { civilService, effectOf } from '../../core/clocks/rules/service-delays.ts'
import type { Tx } from '../../core/db.ts'
import { refusal, type Refusal } from '../../core/errors.ts'
import { endClock, meetClock, startClock, startSideClock } from '../../core/procedure/clock.ts'
import { dayIn, isYes, numberIn, type StepValues, textIn } from '../../core/procedure/step.ts'
import { daysBetween } from '../../core/time.ts'
import type { ClaimState } from './claim.ts'
import { callNegotiation, cancelNegotiation } from './negotiation/call.ts'
import type { StepId } from './steps.ts'
import type { CompensationTable } from './tables.ts'

/** 國家賠償法施行細則 §28 II: papers of the negotiation are served as in civil procedure. */
export const civilDelays = civilService('國家賠償法施行細則 §28 II')

/** What each step does besides moving the case: the clocks of rules.md §2.3 and the facts that figures and later steps ask for. */
export async function carryOut(tx: Tx, ctx: ActContext, step: string, state: ClaimState, values: StepValues): Promise<Refusal | null> {
  const { on } = values
  const { now } = ctx
  const set = (facts: Partial<{ [K in keyof CompensationTable]: unknown }>) => tx.updateTable('compensations').set(facts as never).where('id', '=', state.id).execute()
  const decided = (decision: string, more: object = {}) => set({ decision, decided_on: on, ...more })
  const money = numberIn(values, 'amount')
  switch (step as StepId) {
    case 'ask-correction': {
      const power = textIn(values, 'defect') === 'power'
      const days = numberIn(values, 'days')!
      await set({ correction_due_on: await startSideClock(tx, state.id, now, 'sc-correction', on, power ? { clock: 'power-of-attorney', days } : { days }) })
      return null
    }
    case 'corrected': case 'not-corrected':
      await meetClock(tx, state.id, 'sc-correction', now)
      return null
    case 'agency':
      await nameAgency(tx, ctx, state.id, textIn(values, 'agency')!)
      return null
    case 'ask-superior':
      await startSideClock(tx, state.id, now, 'sc-superior-20d', on)
      return null
    case 'superior-decided':
      await meetClock(tx, state.id, 'sc-superior-20d', now)
      if (textIn(values, 'result') === 'other') await decided('transferred', { transferred_to: textIn(values, 'agency') })
      else await nameAgency(tx, ctx, state.id, textIn(values, 'agency')!)
      return null
    case 'superior-lapsed':
      await meetClock(tx, state.id, 'sc-superior-20d', now)
      await decided('transferred', { transferred_to: textIn(values, 'agency') })
      return null
    case 'transfer':
      await decided('transferred', { transferred_to: textIn(values, 'agency') })
      return null
    case 'notify': {
      const meetingOn = dayIn(values, 'meetingOn')!
      if (!state.firstMeetingOn) {
        // 施行細則 §21 II: the first day as notified begins the negotiation, not the day of the notice
        const dueOn = await startClock(tx, state.id, now, 'sc-negotiation-60d', meetingOn, { noticeSent: on })
        await set({ first_meeting_on: meetingOn, negotiation_due_on: dueOn })
      }
      // an import knows no notice
      if (!dayIn(values, 'servedOn')) return null
      await set({ meeting_on: meetingOn, notice_served_on: null })
      return callNegotiation(tx, ctx as StaffContext, state, { on: meetingOn, startsAt: textIn(values, 'startsAt')!, place: textIn(values, 'place')! })
    }
    case 'notice-served':
      await set({ notice_served_on: effectOf(civilDelays, on, textIn(values, 'serviceKind')) })
      return null
    case 'continue': {
      const until = dayIn(values, 'until')!
      const dueOn = await startClock(tx, state.id, now, 'sc-negotiation-60d', state.firstMeetingOn!, { extensionDays: daysBetween(state.negotiationDueOn!, until) })
      await set({ continued: true, negotiation_due_on: dueOn })
      return null
    }
    case 'ask-approval':
      await startSideClock(tx, state.id, now, 'sc-approval-15d', on)
      return null
    case 'approval':
      await meetClock(tx, state.id, 'sc-approval-15d', now)
      return null
    case 'agree':
      await cancelNegotiation(tx, ctx, state.id, '協議已經成立', values.documentNo)
      await startClock(tx, state.id, now, 'sc-agreement-service-10d', on)
      await decided('agreed', { agreed_twd: money ?? 0, ...(textIn(values, 'restoration') ? { restoration: textIn(values, 'restoration') } : {}) })
      return null
    case 'refuse':
      await decided('refused', { ground: textIn(values, 'ground'), by_committee: isYes(values, 'committee') })
      return null
    case 'fail':
      await cancelNegotiation(tx, ctx, state.id, '協議不成立')
      await decided('failed')
      return null
    case 'certificate':
      await set({ certificate_on: on })
      await cancelNegotiation(tx, ctx, state.id, '協議不成立')
      if (state.stage === 'negotiating') await decided('failed')
      return null
    case 'agreement-served':
      // not in the table of steps: a draft of the paper itself asks that
      if (!state.agreementIssued && !values.documentNo) return refusal('compensation.not-issued', '協議書還沒有核發；在系統外作成的，請填它的文號', { field: 'documentNo', law: '國家賠償法施行細則 §27' })
      await endClock(tx, state.id, now)
      await set({ agreement_served_on: on })
      return null
    case 'payment-asked':
      await set({ payment_asked_on: on })
      if (state.stage === 'agreed') await startClock(tx, state.id, now, 'sc-pay-30d', on)
      else await startSideClock(tx, state.id, now, 'sc-pay-30d', on)
      return null
    case 'paid':
      await meetClock(tx, state.id, 'sc-pay-30d', now)
      await startSideClock(tx, state.id, now, 'sc-recourse-2y', on)
      await set({ paid_on: on, paid_twd: money! + state.provisionalTwd })
      return null
    case 'provisional':
      await set({ provisional_twd: state.provisionalTwd + money! })
      return null
    case 'provisional-returned':
      await set({ provisional_twd: state.provisionalTwd - money! })
      return null
    case 'suit-filed':
      await set({ suit_on: state.suitOn ?? on, suit_court: textIn(values, 'court'), suit_no: textIn(values, 'suitNo') })
      return null
    case 'suit-result':
      await set({ suit_result: textIn(values, 'result'), suit_result_on: on, suit_twd: money, suit_final: isYes(values, 'final') })
      return null
    case 'recourse':
      await meetClock(tx, state.id, 'sc-recourse-2y', now)
      await set({ recourse: textIn(values, 'result'), recourse_on: on, recourse_twd: money })
      return null
    case 'recovered':
      return recover(tx, state.id, money!)
    case 'withdraw':
      await cancelNegotiation(tx, ctx, state.id, '請求已經撤回')
      await decided('withdrawn')
      return null
    default:
      return null
  }
}

async function recover(tx: Tx, id: number, money: number): Promise<Refusal | null> {
  const { recovered_twd: so, recourse_twd: asked } = await tx.selectFrom('compensations').select(['recovered_twd', 'recourse_twd']).where('id', '=', id).executeTakeFirstOrThrow()
  if (so + money > (asked ?? 0)) return refusal('compensation.too-much', `收回的合計超過求償的 ${(asked ?? 0).toLocaleString('en')} 元`, { field: 'amount' })
  await tx.updateTable('compensations').set({ recovered_twd: so + money }).where('id', '=', id).execute()
  return null
}

/** The agency by its name; one of the county's own units helps with the case from now on, so that its people see it. */
export async function nameAgency(tx: Tx, ctx: { now: Date }, caseId: number, agency: string): Promise<void> {
  const unit = await tx.selectFrom('units').select('id').where('name', '=', agency).where('valid_until', 'is', null).executeTakeFirst()
  await tx.updateTable('compensations').set({ agency, agency_unit_id: unit?.id ?? null }).where('id', '=', caseId).execute()
  await tx.updateTable('assignments').set({ until_at: ctx.now, ended_as: 'reassigned' }).where('case_id', '=', caseId).where('role', '=', 'joint').where('until_at', 'is', null).execute()
  if (unit) await addJoint(tx, { caseId, unitIds: [unit.id], at: ctx.now })
}
