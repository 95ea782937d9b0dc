import { dayOf, hasClockTime, isoMinute, parseInstant } from '../time.ts'
import type { Answer } from './answer.ts'
import { computeDeadline } from './compute.ts'
import type { DeadlineParams } from './rule.ts'

/** The answer in a line: the due day, 2026-02-17T00:30+08:00 where hours count, or `open: …` and the like. */
export const dueText = (answer: Answer): string =>
  answer.kind !== 'due' ? `${answer.kind}: ${answer.because}` : answer.instant ? isoMinute(answer.instant) : answer.day

const answerOf = (rule: string, trigger: string, params?: DeadlineParams): Answer => {
  const instant = parseInstant(trigger)!
  return computeDeadline(rule, hasClockTime(trigger) ? instant : dayOf(instant), params)
}

/** When a rule is due, in a line. */
export const due = (rule: string, trigger: string, params?: DeadlineParams): string => dueText(answerOf(rule, trigger, params))

/** The whole explanation, or why there is none. */
export const told = (rule: string, trigger: string, params?: DeadlineParams): string => {
  const answer = answerOf(rule, trigger, params)
  return answer.kind === 'due' ? answer.explanation.join('\n') : answer.because
}

export type Example = [rule: string, trigger: string, on: string, params?: DeadlineParams]
