import type { ActContext } from '../../core/act.ts'
import { startSideClock as startBeside } from '../../core/cases/due.ts'
import { computeDeadline, type ServiceKind } from '../../core/clocks/index.ts'
import type { Tx } from '../../core/db.ts'
import type { Refusal } from '../../core/errors.ts'
import { endClock, meetClock, startClock, startSideClock } from '../../core/procedure/clock.ts'
import { isYes, numberIn, type StepValues, textIn } from '../../core/procedure/step.ts'
import { type Day, startOf } from '../../core/time.ts'
import { mediateAgain } from './again.ts'
import type { DisputeState } from './dispute.ts'
import type { Side } from './schema.ts'
import type { StepId } from './steps.ts'
import type { ConsumerDisputeTable } from './tables.ts'

/** What each step does besides moving the case: the clocks of rules.md §2.4 and the facts that later steps and figures ask for. */
export async function carryOut(tx: Tx, ctx: ActContext, step: string, state: DisputeState, values: StepValues): Promise<Refusal | null> {
  const { on } = values
  const { now } = ctx
  const set = (facts: Partial<{ [K in keyof ConsumerDisputeTable]: unknown }>) => tx.updateTable('consumer_disputes').set(facts as never).where('id', '=', state.id).execute()
  const start = (rule: string, from: Day, params = {}) => startClock(tx, state.id, now, rule, from, params)
  const end = () => endClock(tx, state.id, now)
  const choice = textIn(values, 'result')
  const money = numberIn(values, 'amount')
  switch (step as StepId) {
    case 'to-business':
      // 消費者保護法施行細則 §36: from the day on which the business got the complaint
      await set({ first_on: state.firstOn ?? on, first_to: 'here', business_received_on: on, business_due_on: await start('cp-business-15d', on) })
      return null
    case 'answered':
      await end()
      await set({ first_result: choice === 'handled' ? 'handled' : 'not-handled', first_result_on: on })
      return null
    case 'no-answer':
      await end()
      await set({ first_result: 'no-answer', first_result_on: on })
      return null
    case 'second':
      await end()
      await set({ second_on: on })
      return null
    case 'negotiated':
      await set({ second_result: choice, second_result_on: on })
      return null
    case 'apply':
      await end()
      await set({ applied_on: on })
      return null
    case 'ask-correction':
      await set({ correction_due_on: await startSideClock(tx, state.id, now, 'cp-correction', on, { days: numberIn(values, 'days')! }) })
      return null
    case 'corrected':
      await meetClock(tx, state.id, 'cp-correction', now)
      return null
    case 'accept':
      await set({ accepted_on: on, jurisdiction: textIn(values, 'jurisdiction'), meeting_due_on: await start('cp-meeting-30d', on) })
      return null
    case 'not-accept':
      await meetClock(tx, state.id, 'cp-correction', now)
      await set({ result: 'not-accepted', result_on: on, ground: textIn(values, 'ground') })
      return null
    case 'postpone':
      await set({ postponed: true, meeting_due_on: await start('cp-meeting-30d', state.acceptedOn!, { extensionDays: numberIn(values, 'days')! }) })
      return null
    case 'meet':
      if (state.stage === 'mediating') await end()
      await set({ meeting_on: state.meetingOn ?? on, last_absent: textIn(values, 'absent'), last_excused: isYes(values, 'excused'), ...(state.stage === 'second-meeting' ? { met_again: true } : {}) })
      return null
    case 'settle':
      await settled(on, { result: 'settled', terms: textIn(values, 'terms'), settled_twd: money })
      return null
    case 'fail':
      await set({ result: textIn(values, 'how') === 'absent' ? 'deemed-failed' : 'failed', result_on: on })
      return null
    case 'plan': case 'small-plan':
      await end()
      await set({ plan: step === 'plan' ? 'ordinary' : 'small', plan_on: on, plan_terms: textIn(values, 'terms'), plan_twd: money, consumer_objection_due_on: null, business_objection_due_on: null })
      return null
    case 'plan-served':
      return served(tx, ctx, state, values)
    case 'objection': {
      await meetObjectionClocks(tx, state.id, now)
      await set({ objector: textIn(values, 'side'), objected_on: on })
      if (state.plan === 'small') await start('cp-second-meeting-20d', on)
      else await set({ result: 'deemed-failed', result_on: on })
      return null
    }
    case 'no-objection': case 'objector-absent': {
      await meetObjectionClocks(tx, state.id, now)
      const from = step === 'objector-absent' ? on : lastDue(state)!
      await settled(from, { result: 'deemed-settled', terms: state.planTerms, settled_twd: state.planTwd })
      return null
    }
    case 'to-court':
      await end()
      await set({ sent_to_court_on: on })
      return null
    case 'court-result':
      await set({ court_result: choice, court_on: on, ...suitIn(values) })
      return null
    case 'approved-served':
      return approvedServed(tx, state, values)
    case 'certificate-asked':
      await set({ certificate_asked_on: on })
      await startSideClock(tx, state.id, now, 'cp-certificate-7d', on)
      return null
    case 'certificate':
      await meetClock(tx, state.id, 'cp-certificate-7d', now)
      await set({ certificate_on: on })
      return null
    case 'again':
      return mediateAgain(tx, ctx, state, values)
    case 'transfer':
      await set({ transferred_to: textIn(values, 'agency') })
      return null
    case 'withdraw':
      if (state.appliedOn) await set({ result: 'withdrawn', result_on: on })
      return null
    default:
      return null
  }

  /** 調解辦法 §28 I, §17: ten days from the settlement, also where it is deemed. */
  async function settled(from: Day, facts: Partial<{ [K in keyof ConsumerDisputeTable]: unknown }>): Promise<void> {
    await start('cp-court-10d', from)
    await set({ result_on: from, ...facts })
  }
}

/** The later of the two last days for an objection; null while the plan is not served on both. */
export const lastDue = (state: DisputeState): Day | null => (state.consumerDueOn && state.businessDueOnObjection ? (state.consumerDueOn > state.businessDueOnObjection ? state.consumerDueOn : state.businessDueOnObjection) : null)

const objectionRules = { ordinary: 'cp-objection-10d', small: 'cp-small-objection-10d' } as const

/** Each party has ten days from its own service (消費者保護法 §45-3, §45-5); the stage's clock is that of the later one. */
async function served(tx: Tx, ctx: ActContext, state: DisputeState, values: StepValues): Promise<null> {
  const rule = objectionRules[state.plan!]
  const params = { serviceKind: (textIn(values, 'serviceKind') ?? '送達') as ServiceKind }
  const side = textIn(values, 'side')
  const other = side === 'consumer' ? state.businessDueOnObjection : state.consumerDueOn
  const answer = computeDeadline(rule, values.on, params)
  const dueOn = answer.kind === 'due' ? answer.day : null
  if (other && dueOn && other >= dueOn) await startBeside(tx, { caseId: state.id, rule, trigger: startOf(values.on), params })
  else await startClock(tx, state.id, ctx.now, rule, values.on, params)
  await tx.updateTable('consumer_disputes').set(side === 'consumer' ? { consumer_objection_due_on: dueOn } : { business_objection_due_on: dueOn }).where('id', '=', state.id).execute()
  return null
}

const suitIn = (values: StepValues): { suit_by?: Side | null } => {
  const suit = textIn(values, 'suit')
  return suit ? { suit_by: suit === 'none' ? null : (suit as Side) } : {}
}

/**
 * Each party has thirty days from its own service to have the settlement annulled (調解辦法 §32 II). Where a suit is pending, its plaintiff has three
 * months from theirs for two thirds of the court fee (鄉鎮市調解條例 §28 I). A deposit counts after ten days for both.
 */
async function approvedServed(tx: Tx, state: DisputeState, values: StepValues): Promise<null> {
  const side = textIn(values, 'side') as Side
  const service = { on: values.on, kind: textIn(values, 'serviceKind') ?? '送達' }
  const begin = (rule: string, of: typeof service) => startBeside(tx, { caseId: state.id, rule, trigger: startOf(of.on), params: { serviceKind: of.kind as ServiceKind } })
  await begin('cp-annul-30d', service)
  const suit = suitIn(values)
  const plaintiff = suit.suit_by === undefined ? state.suitBy : suit.suit_by
  if (plaintiff === side) await begin('cp-court-fee-3mo', service)
  else if (plaintiff && plaintiff !== state.suitBy) {
    const earlier = await serviceOn(tx, state.id, plaintiff)
    if (earlier) await begin('cp-court-fee-3mo', earlier)
  }
  const other = side === 'consumer' ? state.businessApprovedOn : state.consumerApprovedOn
  const both = other ? { approved_served_on: other > values.on ? other : values.on } : {}
  await tx.updateTable('consumer_disputes').set({ [side === 'consumer' ? 'consumer_approved_on' : 'business_approved_on']: values.on, ...suit, ...both }).where('id', '=', state.id).execute()
  return null
}

/** How a side was served before it was said that its suit is pending. */
async function serviceOn(tx: Tx, caseId: number, side: Side): Promise<{ on: Day; kind: string } | null> {
  const steps = await tx.selectFrom('case_steps').select(['happened_on', 'answers']).where('case_id', '=', caseId).where('step', '=', 'approved-served').execute()
  const found = steps.find(({ answers }) => answers.side === side)
  return found ? { on: found.happened_on, kind: String(found.answers.serviceKind) } : null
}

async function meetObjectionClocks(tx: Tx, id: number, now: Date): Promise<void> {
  await endClock(tx, id, now)
  for (const rule of Object.values(objectionRules)) await meetClock(tx, id, rule, now)
}
