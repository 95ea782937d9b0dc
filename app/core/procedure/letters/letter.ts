import type { Reader } from '../../db.ts'
import type { FilingKind } from '../../filing/filing.ts'
import type { Rule } from '../../clocks/rule.ts'
import type { KnownParty } from '../parties.ts'
import { type Ask, dayIn, nameOf, numberIn, type Procedure, type Step, type StepState, type StepValues, stepOf, stepsOf, textIn } from '../step.ts'
import type { Day } from '../../time.ts'
import type { Answers, LetterSection } from '../tables.ts'
import type { ShownStep } from '../shown.ts'

/** What a draft may draw on. `answers`: of the step that goes with the letter, as it is asked now or was taken before, `note` among them. Names of people stand in the head of the paper only: texts say 請求權人. */
export type LetterFacts<State extends StepState> = { reader: Reader; state: State; parties: readonly KnownParty[]; steps: readonly ShownStep[]; answers: Answers; county: string; today: Day }

/** One kind of paper of a procedure: whom it goes to, what it says at first, and which step goes with it. */
export type LetterKind<State extends StepState> = {
  title: string
  law?: string
  hint?: string
  /** it is offered once one of these steps was taken */
  after?: readonly string[]
  /** whether it belongs to the life of this case */
  fits?(state: State): boolean
  /** the step that its issue takes, on the day of issue and with its number; its questions are asked before the draft */
  issues?: string
  /** the step that its service takes, on the day of service of the last original; `each`: one step for every original, with these answers, or none for this one */
  served?: { step: string; each?(of: { role: string | null; serviceKind: string }): Answers | null }
  /** roles of parties that get an original, and a copy */
  to: readonly string[]
  cc?: readonly string[]
  /** agencies and courts that get an original, and a copy */
  others?(state: State): readonly (string | null)[]
  othersCc?(state: State): readonly (string | null)[]
  /** originals are served with proof, which is waited for */
  proof?: true
  /** who signs or seals below: an agreement */
  signed?: readonly string[]
  sections(facts: LetterFacts<State>): LetterSection[] | Promise<LetterSection[]>
}

/** The papers of one procedure, and who writes and issues them. */
export type Letters<State extends StepState> = {
  procedure: Procedure<State>
  kinds: Readonly<Record<string, LetterKind<State>>>
  /** permission to draft, to send and to note the service */
  draft: string
  /** permission to issue what another drafted */
  issue: string
  /** permission to open the parties' data, which the paper prints */
  open: string
  /** after how many days a substituted service takes effect */
  delays: NonNullable<Rule['serviceDelays']>
  partyRoles: Readonly<Record<string, string>>
  /** the party side: its page shows what was issued to it, and a mail tells so */
  filing: FilingKind
}

export const serviceKinds = ['送達', '補充送達', '留置送達', '寄存送達', '公示送達'] as const

/** The step that goes with a kind of letter, if any. */
export const stepWith = <State extends StepState>(kind: LetterKind<State>): string | null => kind.issues ?? kind.served?.step ?? null

/** Whether the step that goes with the letter is answered by its service, so that nothing is asked before the draft. */
export const answeredByService = <State extends StepState>(kind: LetterKind<State>): boolean => !kind.issues && kind.served?.each !== undefined

/** What is asked before the draft. */
export const asksWith = <State extends StepState>(kind: LetterKind<State>, step: Step<State> | null | undefined): readonly Ask<State>[] => (answeredByService(kind) ? [] : (step?.asks ?? []))

/** Whether that step is open now, so that the letter takes it. */
export function takesStep<State extends StepState>({ procedure }: Letters<State>, kind: LetterKind<State>, state: State): boolean {
  const step = stepWith(kind)
  return step !== null && stepsOf(procedure, state).includes(step)
}

/** Kinds of letter that can be drafted now: what a step was taken for, what a step is open for, and what is always possible. */
export function kindsOf<State extends StepState>(letters: Letters<State>, state: State): string[] {
  return Object.entries(letters.kinds).filter(([, kind]) => {
    if (kind.fits && !kind.fits(state)) return false
    if (kind.after) return kind.after.some((step) => state.steps.includes(step))
    const step = stepWith(kind)
    return step === null || state.steps.includes(step) || takesStep(letters, kind, state)
  }).map(([id]) => id)
}

/** What the letter's step is asked, as its act wants it. */
export const valuesOf = (answers: Answers, on: Day, documentNo: string | null): StepValues => {
  const { note, ...rest } = answers
  return { on, documentNo, note: typeof note === 'string' && note ? note : null, answers: rest }
}

/** The same readers of answers as steps have, over the answers of a draft. */
export const given = (answers: Answers) => {
  const values = valuesOf(answers, '' as Day, null)
  return { text: (name: string) => textIn(values, name) ?? '', day: (name: string) => dayIn(values, name), number: (name: string) => numberIn(values, name), note: values.note ?? '' }
}

/** The label of a choice that a step was answered with. */
export function chosen<State extends StepState>(procedure: Procedure<State>, step: string, state: State, name: string, answer: unknown): string {
  const options = stepOf(procedure, step).asks?.find((ask) => ask.name === name)?.options
  return (typeof options === 'function' ? options(state) : options)?.[String(answer)] ?? ''
}

export const lettersPath = <State extends StepState>({ procedure }: Letters<State>) => `${procedure.listPath}/letters`
export const letterPath = <State extends StepState>({ procedure }: Letters<State>, state: { number: string | null; followNo: string }, letter: number | string, what?: string) => procedure.path(nameOf(state), `letters/${letter}${what ? `/${what}` : ''}`)
export const newLetterPath = <State extends StepState>({ procedure }: Letters<State>, state: { number: string | null; followNo: string }, kind: string) => procedure.path(nameOf(state), `letters/new/${kind}`)
