import type { ActContext } from '../act.ts'
import type { Reader, Tx } from '../db.ts'
import { refusal, type Refusal } from '../errors.ts'
import { may, type Person } from '../identity/permissions.ts'
import { type Day, dayOf, rocDay } from '../time.ts'
import type { Answers } from './tables.ts'

/** One question of a step's form besides day, number of the document and note. */
export type Ask<State = unknown> = {
  name: string
  label: string
  /** line and text as typed; day an ISO day; money integer NT$; number an integer; choice one of `options`; yes ticked or not; time HH:MM */
  kind: 'line' | 'text' | 'day' | 'money' | 'number' | 'choice' | 'yes' | 'time'
  hint?: string
  /** true when left out */
  required?: boolean
  options?: Readonly<Record<string, string>> | ((state: State) => Readonly<Record<string, string>>)
  /** what the field shows at first */
  preset?: string | ((state: State) => string | undefined)
  suffix?: string
  /** whether it is asked of this case at all; of every case when left out. Where it is not, it counts as left blank, so give `required: false` */
  fits?(state: State): boolean
  min?: number
  max?: number
}

/** What every kind of case knows of itself when a step is asked for. A module adds its own facts. */
export type StepState = {
  id: number; number: string | null; followNo: string; title: string; stage: string; outcome: string | null; unitId: number | null; officerId: number | null; confidential: boolean
  receivedAt: Date | null; closedAt: Date | null; dueOn: Day | null
  /** steps taken so far, in order */
  steps: readonly string[]
  /** units that help with it (協辦), where steps are theirs */
  jointUnitIds?: readonly number[]
}

export type StepValues = { on: Day; documentNo: string | null; note: string | null; answers: Answers }

export type Step<State extends StepState> = {
  label: string
  from: readonly string[]
  /** null: it stays where it is */
  to: string | null | ((state: State, values: StepValues) => string | null)
  /** given where the step closes the case */
  outcome?: string | ((state: State, values: StepValues) => string)
  permission: string
  /** a step of the joint units, not of the lead */
  jointly?: true
  /** article, shown beside the form and with a refusal */
  law?: string
  hint?: string | ((state: State) => string)
  /** what the day of the step is called; 日期 when left out */
  dayLabel?: string
  asks?: readonly Ask<State>[]
  /** a note must be given: its name */
  because?: string
  /** cannot be taken back: asks again who sits there, and stands in the module's `sensitive` */
  final?: true
  /** taken when a meeting ends (`performStep`), by no form: the case's page leads to the meeting instead */
  byMeeting?: true
  /** whether the step belongs to the life of this case at all, so that the page offers it */
  fits?(state: State): boolean
  /** why it cannot be done; `values` only when the form was sent */
  refuse?(state: State, on: Day, values: StepValues | null): Refusal | null
}

/** How one kind of case goes: the one table of what may happen, by whom, with the article that says so. Buttons, pages and acts ask it. */
export type Procedure<State extends StepState> = {
  /** value of cases.kind */
  kind: string
  /** `compensation`: events are `compensation.refused`, acts `compensation.refuse` */
  noun: string
  /** 國家賠償事件 */
  title: string
  /** permission to see the cases */
  read: string
  stages: Readonly<Record<string, string>>
  outcomes: Readonly<Record<string, string>>
  /** whose turn it is at each stage: 本府法制科, 請求權人 … */
  turns: Readonly<Record<string, string>>
  /** outcomes that end well, for the colour of the word */
  well?: readonly string[]
  steps: Readonly<Record<string, Step<State>>>
  /** the day before which nothing of a case happened, and what it is called; the day of receipt (收件) when left out */
  begins?(state: State): { on: Day | null; called: string }
  listPath: string
  path(name: string, what?: string): string
  /** By 案號 or follow number; locked for an act. Throws NotFound where the person may not see it; null sees all: the party itself, jobs, imports. */
  find(reader: Reader, person: Person | null, name: string, lock?: boolean): Promise<State>
  /** What a step does besides moving the case: clocks, columns of the detail table, letters. */
  carryOut?(tx: Tx, ctx: ActContext, id: string, state: State, values: StepValues): Promise<Refusal | null | void>
}

/** The stage of every closed case. */
export const closedStage = 'closed'

export const stepOf = <State extends StepState>(procedure: Procedure<State>, id: string): Step<State> => procedure.steps[id]!

export const nameOf = ({ number, followNo }: { number: string | null; followNo: string }): string => number ?? followNo

/** Why this step cannot be taken now, or null. */
export function refuseStep<State extends StepState>(procedure: Procedure<State>, id: string, state: State, on: Day, values: StepValues | null): Refusal | null {
  const step = stepOf(procedure, id)
  if (!step.from.includes(state.stage)) return refusal(`${procedure.noun}.wrong-stage`, `現在是「${procedure.stages[state.stage]}」，不能${step.label}`)
  if (step.fits && !step.fits(state)) return refusal(`${procedure.noun}.not-now`, `這件現在不用「${step.label}」`)
  return step.refuse?.(state, on, values) ?? null
}

/** The steps that a page offers, in the order of the table. */
export function stepsOf<State extends StepState>(procedure: Procedure<State>, state: State): string[] {
  return Object.keys(procedure.steps).filter((id) => !stepOf(procedure, id).byMeeting && stepOf(procedure, id).from.includes(state.stage) && (stepOf(procedure, id).fits?.(state) ?? true))
}

/** Of which unit and officer a step's permission is asked: the lead's, or of a joint step the joint unit through which this person may take it. */
export function askedOf<State extends StepState>({ permission, jointly }: Pick<Step<State>, 'permission' | 'jointly'>, state: State, person: Person): { unitId: number | null; officerId: number | null } {
  if (!jointly) return state
  const it = (unitId: number | null) => ({ unitId, officerId: null })
  return it((state.jointUnitIds ?? []).find((unitId) => may(person, permission, it(unitId))) ?? null)
}

/** Whether the permission of a step reaches this case; the stage is another question. */
export const mayTake = <State extends StepState>(procedure: Procedure<State>, id: string, state: State, person: Person): boolean => may(person, stepOf(procedure, id).permission, askedOf(stepOf(procedure, id), state, person))

/** Days of a step lie between the beginning of the case and today. */
export function refuseDay<State extends StepState>({ noun, begins }: Pick<Procedure<State>, 'noun' | 'begins'>, state: State, on: Day, today: Day): Refusal | null {
  if (on > today) return refusal(`${noun}.future`, '日期在今天以後，發生了再登錄', { field: 'on' })
  const from = begins?.(state) ?? { on: state.receivedAt && dayOf(state.receivedAt), called: '收件' }
  if (from.on && on < from.on) return refusal(`${noun}.before`, `日期在${from.called}（${rocDay(from.on)}）以前`, { field: 'on' })
  return null
}

// answers of the right kind; null where the question was not asked or left blank
export const dayIn = (values: StepValues, name: string): Day | null => (values.answers[name] as Day | null | undefined) ?? null
export const textIn = (values: StepValues, name: string): string | null => (values.answers[name] as string | null | undefined) ?? null
export const numberIn = (values: StepValues, name: string): number | null => (values.answers[name] as number | null | undefined) ?? null
export const isYes = (values: StepValues, name: string): boolean => values.answers[name] === true
