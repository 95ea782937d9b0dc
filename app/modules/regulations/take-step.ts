import { z } from 'zod'
import { act, type ActContext, type StaffContext } from '../../core/act.ts'
import { dayField, optionalDay } from '../../core/day-fields.ts'
import type { DeadlineParams } from '../../core/clocks/index.ts'
import type { Tx } from '../../core/db.ts'
import { done, isRefusal, refusal, type Refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { addDays, type Day, dayOf, daysBetween, rocDay } from '../../core/time.ts'
import { endClock, startClock } from '../../core/procedure/clock.ts'
import { type LockedProposal, lockForStaff } from './lock.ts'
import { deemedEffect, effectClause, effectOf } from './effect.ts'
import { enactInto } from './promulgate.ts'
import { type Outcome, promulgationName, type Stage } from './schema.ts'
import { refuseStep, type StepId, stepOf, steps } from './steps.ts'
import './tables.ts'

const anyDay = optionalDay()

export const StepInput = z.object({
  name: z.string().min(1).max(40),
  on: dayField('請填發生的日期，例如 110/4/1'),
  documentNo: z.string().trim().max(100, '文號最多 100 個字').optional(),
  note: z.string().trim().max(2000, '最多 2,000 個字').optional(),
  days: z.coerce.number().int().min(1, '至少 1 日').max(365, '最多 365 日').optional(),
  effectiveOn: anyDay,
  until: anyDay,
  /** 'yes': the text itself says that it goes back before its promulgation */
  retroactive: z.string().max(10).optional(),
})
export type StepValues = z.output<typeof StepInput>

/** One act a step, each with its own permission; the table of steps.ts refuses what cannot be. */
export const stepActs = Object.fromEntries((Object.keys(steps) as StepId[]).map((id) => [id, stepAct(id)])) as Record<StepId, ReturnType<typeof stepAct>>

function stepAct(id: StepId) {
  return act(`regulations.${id}`, StepInput, (tx, ctx, input) => takeStep(tx, ctx, id, input), { permission: stepOf(id).permission, ...(stepOf(id).final ? { stepUp: true as const } : {}) })
}

async function takeStep(tx: Tx, given: StaffContext, id: StepId, input: StepValues) {
  const { proposal, ctx } = await lockForStaff(tx, given, input.name, stepOf(id).permission)
  const no = refuseInput(id, proposal, input, ctx.today) ?? refuseStep(id, proposal, input.on)
  if (no) return no
  const stage = await perform(tx, ctx, id, proposal, input)
  return isRefusal(stage) ? stage : done({ stage })
}

function refuseInput(id: StepId, proposal: LockedProposal, { on, note, documentNo, until, days }: StepValues, today: Day): Refusal | null {
  const step = stepOf(id)
  if (on > today) return refusal('regulation.future', '日期在今天以後，發生了再登錄', { field: 'on' })
  if (on < dayOf(proposal.receivedAt)) return refusal('regulation.before', `日期在提案（${rocDay(dayOf(proposal.receivedAt))}）以前`, { field: 'on' })
  if (step.because && !note) return refusal('regulation.reason', '請寫下理由', { field: 'note' })
  if (step.asks?.includes('days') && days === undefined) return refusal('regulation.days', '請填陳述意見的日數', { field: 'days' })
  if (step.asks?.includes('until') && (!until || (proposal.dueOn && until <= proposal.dueOn))) return refusal('regulation.until', '請填延長後的期限，要比原來的晚', { field: 'until' })
  if (id === 'promulgate' && !documentNo) return refusal('regulation.document-no', `請填${promulgationName(proposal.instrument, proposal.gazetted)}的文號`, { field: 'documentNo' })
  return null
}

/** Writes the step, moves the case, and lets the right clock run. Used by acts and by what a meeting decides. */
export async function perform(tx: Tx, ctx: ActContext, id: StepId, proposal: LockedProposal, input: Omit<StepValues, 'name'>): Promise<Stage | Refusal> {
  const step = stepOf(id)
  const stage = typeof step.to === 'function' ? step.to(proposal) : (step.to ?? proposal.stage)
  const no = await clocksAndText(tx, ctx, id, proposal, input)
  if (no) return no
  await tx.insertInto('regulation_steps').values({ case_id: proposal.id, step: id, happened_on: input.on, document_no: input.documentNo || null, note: input.note || null, person_id: ctx.person?.id ?? null }).execute()
  await tx.updateTable('cases').set({ stage }).where('id', '=', proposal.id).execute()
  await record(tx, ctx, `regulation.${id}`, { caseId: proposal.id, fromStage: proposal.stage, toStage: stage, payload: { on: input.on } })
  if (stage === 'closed') await closeCase(tx, ctx, proposal, step.outcome ?? 'completed')
  return stage
}

async function closeCase(tx: Tx, ctx: ActContext, proposal: LockedProposal, outcome: Outcome): Promise<void> {
  await endClock(tx, proposal.id, ctx.now)
  await tx.updateTable('cases').set({ closed_at: ctx.now, outcome }).where('id', '=', proposal.id).execute()
  await tx.updateTable('assignments').set({ until_at: ctx.now, ended_as: 'closed' }).where('case_id', '=', proposal.id).where('until_at', 'is', null).execute()
  await record(tx, ctx, 'regulation.closed', { caseId: proposal.id, fromStage: proposal.stage, toStage: 'closed', payload: { outcome } })
}

/** What each step does besides moving the case: clocks of rules.md §2.7, and the text. */
async function clocksAndText(tx: Tx, ctx: ActContext, id: StepId, proposal: LockedProposal, input: Omit<StepValues, 'name'>): Promise<Refusal | null> {
  const { on, days, until, documentNo } = input
  const start = (rule: string, triggerOn: Day, params = {}) => startClock(tx, proposal.id, ctx.now, rule, triggerOn, params)
  const set = (values: object) => tx.updateTable('regulations').set(values).where('id', '=', proposal.id).execute()
  switch (id) {
    case 'announce': {
      const noticeUntil = await start('reg-notice', on, { days })
      await set({ notice_from: on, notice_until: noticeUntil ?? addDays(on, days!) })
      return null
    }
    case 'letter-received': {
      await set({ promulgation_due: await start('reg-promulgate-30d', on) })
      return null
    }
    case 'reconsider-received':
      await start('council-reconsider-15d', on)
      return null
    case 'reconsider-in-recess':
      await start('council-reconsider-15d', on, { clock: 'recess-call' })
      return null
    case 'reconsider-opened':
      await start('council-reconsider-15d', on, { clock: 'recess-decide' })
      return null
    case 'upheld': {
      await set({ promulgation_due: await start('reg-promulgate-30d', on, { resumedOn: on }) })
      return null
    }
    case 'report-nullity': case 'ask-interpretation': case 'not-nullified': {
      const { triggerOn, params } = await promulgationClock(tx, proposal.id)
      const pauses = id === 'not-nullified' ? (params.pauses ?? []).map((one) => (one.to === undefined ? { ...one, to: on } : one)) : [...(params.pauses ?? []), { from: on, reason: stepOf(id).label }]
      await set({ promulgation_due: await start('reg-promulgate-30d', triggerOn, { ...params, pauses }) })
      return null
    }
    case 'submit-approval': case 'approval-received':
      await start('reg-approval-1mo', on)
      return null
    case 'approval-extended': {
      const received = await approvalReceived(tx, proposal.id)
      await start('reg-approval-1mo', received, { extensionDays: daysBetween(proposal.dueOn ?? received, until!) })
      return null
    }
    case 'approved': case 'deemed-approved': {
      const from = id === 'approved' ? on : proposal.dueOn!
      await set({ promulgation_due: await start('reg-after-approval-30d', from), deemed_approved: id === 'deemed-approved' })
      return null
    }
    case 'promulgate':
      return promulgate(tx, ctx, proposal, input)
    case 'deemed-effective':
      await endClock(tx, proposal.id, ctx.now)
      return enactInto(tx, proposal, { promulgatedOn: proposal.dueOn!, effectiveOn: deemedEffect(proposal.change, proposal.dueOn!), documentNo: documentNo || null, said: '逾期未公布，依法生效（地方制度法 §32 V）。', isDeemed: true })
    case 'to-review': case 'reconsider': case 'review-returned':
      await endClock(tx, proposal.id, ctx.now)
      return null
    default:
      return null
  }
}

async function promulgate(tx: Tx, ctx: ActContext, proposal: LockedProposal, { on, documentNo, note, ...input }: Omit<StepValues, 'name'>): Promise<Refusal | null> {
  if (proposal.promulgationDue && on > proposal.promulgationDue) return refusal('regulation.too-late', `公布期限 ${rocDay(proposal.promulgationDue)} 已過，依法生效，請登錄「${stepOf('deemed-effective').label}」`, { field: 'on', law: '地方制度法 §32 V' })
  const effectiveOn = effectOf({ ...proposal, clause: effectClause(proposal.draft, proposal.name), on, effectiveOn: input.effectiveOn, isSaid: input.retroactive === 'yes', note })
  if (isRefusal(effectiveOn)) return effectiveOn
  await endClock(tx, proposal.id, ctx.now)
  return enactInto(tx, proposal, { promulgatedOn: on, effectiveOn, documentNo: documentNo!, said: effectiveOn < on ? `溯及施行：${note}` : null, isDeemed: false })
}

/** From which day and with which facts the thirty days run now. */
async function promulgationClock(tx: Tx, caseId: number): Promise<{ triggerOn: Day; params: DeadlineParams }> {
  const clock = await tx.selectFrom('case_clocks').select(['trigger_at', 'params']).where('case_id', '=', caseId).where('rule', '=', 'reg-promulgate-30d').orderBy('id', 'desc').executeTakeFirstOrThrow()
  return { triggerOn: dayOf(clock.trigger_at), params: clock.params ?? {} }
}

async function approvalReceived(tx: Tx, caseId: number): Promise<Day> {
  const row = await tx.selectFrom('regulation_steps').select('happened_on').where('case_id', '=', caseId).where('step', 'in', ['submit-approval', 'approval-received', 'county-passed']).orderBy('id', 'desc').executeTakeFirstOrThrow()
  return row.happened_on
}
