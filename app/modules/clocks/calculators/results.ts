import { type Answer, computeDeadline, type DeadlineParams, officeCalendar, type Rule, rulebook } from '../../../core/clocks/index.ts'
import type { Day } from '../../../core/time.ts'
import type { Calculator, Facts, Step } from './calculator.ts'

export type Result = {
  step: Step
  answer: Answer
  /** the version that applies; null where the rulebook has none for that day */
  rule: Rule | null
  /** of those that are one's own and still to come, the one that ends first */
  first: boolean
}

/** Every period that follows from what was filled in, one's own first, in the order of their days. */
export function resultsOf({ steps }: Calculator, facts: Facts, today: Day, calendar = officeCalendar): Result[] {
  const found = new Map<string, Omit<Result, 'first'>>()
  for (const step of steps) {
    const from = startOf(step, facts, found)
    if (!from || (step.when && !step.when(facts))) continue
    const params = used(step.params?.(facts))
    found.set(step.key, { step, answer: computeDeadline(step.rule, from, params, calendar), rule: rulebook.find(step.rule, from) })
  }
  const results = [...found.values()].toSorted((a, b) => Number(b.step.who === 'you') - Number(a.step.who === 'you') || compare(dayOf(a.answer), dayOf(b.answer)))
  const own = results.filter(({ step, answer }) => step.who === 'you' && answer.kind === 'due' && answer.day >= today)
  return results.map((result) => ({ ...result, first: own.length > 1 && result === own[0] }))
}

function startOf({ from }: Step, { days }: Facts, earlier: Map<string, Omit<Result, 'first'>>): Day | undefined {
  if (typeof from === 'string') return days[from]
  const answer = earlier.get(from.step)?.answer
  return answer?.kind === 'due' ? answer.day : undefined
}

/** An empty text says nothing: without a place there is no travelling time to speak of. */
function used(params: DeadlineParams = {}): DeadlineParams {
  return Object.fromEntries(Object.entries(params).filter(([, value]) => value !== '' && value !== undefined)) as DeadlineParams
}

const dayOf = (answer: Answer): string => (answer.kind === 'due' ? answer.day : '9999')
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
