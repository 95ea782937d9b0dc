import { act, type Act, type ActContext, type StaffContext } from '../act.ts'
import type { Tx } from '../db.ts'
import { done, isRefusal, NotAllowed, refusal, type Refusal, type Result } from '../errors.ts'
import { record } from '../events/record.ts'
import { may, onBehalfOf } from '../identity/permissions.ts'
import { stepInput } from './answers.ts'
import { endClock } from './clock.ts'
import { askedOf, closedStage, nameOf, type Procedure, refuseDay, refuseStep, type Step, type StepState, type StepValues, stepOf } from './step.ts'
import './tables.ts'

/** What an import does stands in the record with its number, since it brings its own recorded times. */
export type StepContext = ActContext & { importId?: number }

export type StepAct = Act<Record<string, unknown>, { stage: string; name: string }>

/** One act a step, each with its own permission; the table of the procedure refuses what cannot be. */
export function stepActs<State extends StepState>(procedure: Procedure<State>): Record<string, StepAct> {
  return Object.fromEntries(Object.entries(procedure.steps).filter(([, { byMeeting }]) => !byMeeting).map(([id, step]) => [id, act(
    `${procedure.noun}.${id}`,
    stepInput((step.asks ?? []) as never),
    (tx, given, input) => {
      const { name, on, documentNo, note, ...answers } = input
      return performStep(procedure, tx, given, name, id, { on, documentNo: documentNo || null, note: note || null, answers: answers as StepValues['answers'] })
    },
    { permission: step.permission, ...(step.final ? { stepUp: true as const } : {}) },
  ) as unknown as StepAct]))
}

/** Takes one step of a case by name for a member of staff, asked and refused as its form is. Also for what a meeting decides. */
export async function performStep<State extends StepState>(procedure: Procedure<State>, tx: Tx, given: StaffContext, name: string, id: string, values: StepValues): Promise<Result<{ stage: string; name: string }>> {
  const { state, ctx } = await lockFor(procedure, tx, given, name, stepOf(procedure, id))
  const no = refuseDay(procedure, state, values.on, ctx.today) ?? refuseValues(procedure, id, state, values) ?? refuseStep(procedure, id, state, values.on, values)
  if (no) return no
  const stage = await takeStep(tx, ctx, procedure, id, state, values)
  return isRefusal(stage) ? stage : done({ stage, name: nameOf(state) })
}

/** Holds a case for a staff act. Not found when the person may not even see it; NotAllowed when they may see it but not do this. */
export async function lockFor<State extends StepState>(procedure: Procedure<State>, tx: Tx, given: StaffContext, name: string, by: string | Step<State>): Promise<{ state: State; ctx: StaffContext }> {
  const state = await procedure.find(tx, given.person, name, true)
  const step = typeof by === 'string' ? { permission: by } : by
  const it = askedOf(step, state, given.person)
  if (!may(given.person, step.permission, it)) throw new NotAllowed(step.permission)
  return { state, ctx: { ...given, onBehalfOf: given.onBehalfOf ?? onBehalfOf(given.person, step.permission, it) } }
}

function refuseValues<State extends StepState>(procedure: Procedure<State>, id: string, state: State, values: StepValues): Refusal | null {
  const step = stepOf(procedure, id)
  if (step.because && !values.note) return refusal(`${procedure.noun}.reason`, `請寫下${step.because}`, { field: 'note' })
  for (const ask of step.asks ?? []) {
    const given = values.answers[ask.name]
    if (ask.kind === 'choice' && typeof ask.options === 'function' && given && !Object.hasOwn(ask.options(state), String(given))) return refusal(`${procedure.noun}.option`, `請選擇${ask.label}`, { field: ask.name })
  }
  return null
}

/** Writes the step, moves the case, lets its clocks run. Also for what a meeting decides or the party does. */
export async function takeStep<State extends StepState>(tx: Tx, ctx: StepContext, procedure: Procedure<State>, id: string, state: State, values: StepValues): Promise<string | Refusal> {
  const step = stepOf(procedure, id)
  const stage = (typeof step.to === 'function' ? step.to(state, values) : step.to) ?? state.stage
  const no = await procedure.carryOut?.(tx, ctx, id, state, values)
  if (no) return no
  await writeStep(tx, ctx, state.id, id, values)
  await tx.updateTable('cases').set({ stage }).where('id', '=', state.id).execute()
  await record(tx, ctx, `${procedure.noun}.${id}`, { caseId: state.id, fromStage: state.stage, toStage: stage, payload: { on: values.on, ...fromImport(ctx) } })
  if (stage === closedStage && state.stage !== closedStage) await closeCase(tx, ctx, procedure, state, typeof step.outcome === 'function' ? step.outcome(state, values) : step.outcome!)
  return stage
}

export async function writeStep(tx: Tx, ctx: Pick<ActContext, 'person'>, caseId: number, step: string, values: StepValues): Promise<void> {
  await tx.insertInto('case_steps').values({ case_id: caseId, step, happened_on: values.on, document_no: values.documentNo, note: values.note, answers: JSON.stringify(values.answers) as never, person_id: ctx.person?.id ?? null }).execute()
}

const fromImport = ({ importId }: StepContext) => (importId === undefined ? {} : { import: importId })

async function closeCase<State extends StepState>(tx: Tx, ctx: StepContext, procedure: Procedure<State>, state: State, outcome: string): Promise<void> {
  if (!Object.hasOwn(procedure.outcomes, outcome)) throw new Error(`${procedure.kind} has no outcome ${outcome}`)
  await endClock(tx, state.id, ctx.now)
  await tx.updateTable('cases').set({ closed_at: ctx.now, outcome }).where('id', '=', state.id).execute()
  await tx.updateTable('assignments').set({ until_at: ctx.now, ended_as: 'closed' }).where('case_id', '=', state.id).where('until_at', 'is', null).execute()
  await record(tx, ctx, `${procedure.noun}.closed`, { caseId: state.id, fromStage: state.stage, toStage: closedStage, payload: { outcome, ...fromImport(ctx) } })
}
