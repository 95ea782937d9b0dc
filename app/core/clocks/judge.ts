import { type Day, dayOf } from '../time.ts'
import type { Answer, Open, Paused, Undetermined } from './answer.ts'

/** What became of a clock by a given moment. */
export type Judgement =
  | { kind: 'met'; on: Day }
  /** Past due: done late on `metOn`, or not done (null), with what follows from it. */
  | { kind: 'lapsed'; dueOn: Day; metOn: Day | null; consequence: string }
  | { kind: 'running'; dueOn: Day }
  | Paused
  | Open
  | Undetermined

/**
 * Met, lapsed or still running. `metOn` is when the duty was done (null: not yet), `now` the day or instant of asking.
 * The whole due day counts (民法 §121 I); where hours count, the due instant does, and a bare day is then taken as its end.
 */
export function judge(answer: Answer, metOn: Day | Date | null, now: Day | Date): Judgement {
  if (answer.kind !== 'due') {
    return metOn !== null && answer.kind !== 'undetermined' ? { kind: 'met', on: asDay(metOn) } : answer
  }
  const dueOn = answer.day
  const consequence = answer.calculation.rule.onLapse
  const isLate = (moment: Day | Date): boolean =>
    answer.instant && typeof moment !== 'string' ? moment > answer.instant : asDay(moment) > dueOn || (answer.instant !== null && asDay(moment) === dueOn)
  if (metOn !== null) {
    return isLate(metOn) ? { kind: 'lapsed', dueOn, metOn: asDay(metOn), consequence } : { kind: 'met', on: asDay(metOn) }
  }
  return isLate(now) ? { kind: 'lapsed', dueOn, metOn: null, consequence } : { kind: 'running', dueOn }
}

const asDay = (moment: Day | Date): Day => (typeof moment === 'string' ? moment : dayOf(moment))
