import type { ActContext } from '../../core/act.ts'
import { assignLead } from '../../core/cases/assign.ts'
import { handsIn } from '../../core/cases/hands.ts'
import type { Tx } from '../../core/db.ts'
import { refusal, type Refusal } from '../../core/errors.ts'
import { startClock } from '../../core/procedure/clock.ts'
import { dayIn, type StepValues, textIn } from '../../core/procedure/step.ts'
import { type Day, daysBetween } from '../../core/time.ts'
import { chaseByHand } from './chase.ts'
import type { DirectiveState } from './directive.ts'
import { type Decision, endings } from './schema.ts'
import './tables.ts'

/** What each step does besides moving the directive. */
export async function carryOut(tx: Tx, ctx: ActContext, step: string, state: DirectiveState, values: StepValues): Promise<Refusal | null> {
  switch (step) {
    case 'report':
      await tx.updateTable('directives').set({ finished_on: dayIn(values, 'finishedOn') }).where('id', '=', state.id).execute()
      return null
    case 'accept': {
      const reporters = await handsIn(tx, state.id, [{ kind: 'directive.report', key: 'on', value: await lastReportOn(tx, state.id) }])
      return ctx.person && reporters.includes(ctx.person.id) ? refusal('directive.own-report', '自己填報的要由別人檢核') : null
    }
    case 'chase':
      await chaseByHand(tx, ctx, state, textIn(values, 'words'))
      return null
    case 'decide':
      await decided(tx, ctx, state, values)
      return null
    default:
      return null
  }
}

async function lastReportOn(tx: Tx, caseId: number): Promise<Day> {
  return (await tx.selectFrom('case_steps').select('happened_on').where('case_id', '=', caseId).where('step', '=', 'report').orderBy('id', 'desc').executeTakeFirstOrThrow()).happened_on
}

/** A decision of a later meeting; its day is that of the meeting. */
async function decided(tx: Tx, ctx: ActContext, state: DirectiveState, values: StepValues): Promise<void> {
  const decision = textIn(values, 'decision') as Decision
  const set = (facts: object) => tx.updateTable('directives').set(facts).where('id', '=', state.id).execute()
  if (endings[decision]) await set({ delisted_on: values.on })
  if (decision === 'to-own' || decision === 'to-county') await set({ grade: decision === 'to-own' ? 'own' : 'county' })
  if (decision === 'continue') await set({ finished_on: null })
  if (decision === 'new-due') {
    const dueOn = dayIn(values, 'dueOn')!
    await set({ due_on: dueOn, finished_on: null })
    await startTracking(tx, state.id, ctx.now, state.orderedOn, dueOn)
  }
  if (decision === 'reassign') {
    const unit = await tx.selectFrom('units').select('id').where('name', '=', textIn(values, 'unit')!).where('valid_until', 'is', null).executeTakeFirstOrThrow()
    await assignLead(tx, { caseId: state.id, unitId: unit.id, at: ctx.now, endedAs: 'reassigned' })
  }
}

/** rules.md §2.6 directive-tracking: as ordered, from the day of the meeting. Without a day it stays open. */
export async function startTracking(tx: Tx, caseId: number, now: Date, orderedOn: Day, dueOn: Day | null): Promise<Day | null> {
  return startClock(tx, caseId, now, 'directive-tracking', orderedOn, dueOn ? { days: daysBetween(orderedOn, dueOn) } : {})
}
