import { type Day, rocDay } from '../time.ts'
import type { Ask } from './step.ts'
import type { Answers } from './tables.ts'

/** One answer as a line that people read; nothing where the question was not answered. */
export function toldAnswer<State>({ label, kind, options }: Ask<State>, state: State, answer: Answers[string] | undefined): string[] {
  if (answer === null || answer === undefined || answer === false || answer === '') return []
  if (kind === 'yes') return [label]
  if (kind === 'day') return [`${label}：${rocDay(answer as Day)}`]
  if (kind === 'money') return [`${label}：NT$${Number(answer).toLocaleString('en')}`]
  if (kind === 'choice') return [`${label}：${(typeof options === 'function' ? options(state) : options)?.[String(answer)] ?? answer}`]
  return [`${label}：${answer}`]
}

/** One answer as the field of its question shows it again; undefined where there is none. */
export function typedAnswer({ kind }: Ask<never>, answer: Answers[string] | undefined): string | undefined {
  if (answer === null || answer === undefined) return undefined
  return kind === 'yes' ? (answer === true ? 'yes' : '') : kind === 'day' ? rocDay(answer as Day) : String(answer)
}
