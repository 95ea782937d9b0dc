// Computes a million deadlines on one core, a mixture as an office has it, and prints JSON: seconds of the best of five rounds,
// all rounds, and what one costs by kind. The explanation is written only when asked for; its cost is printed apart.
import { computeDeadline, type DeadlineParams } from '../app/core/clocks/index.ts'
import { type Day, addDays, day } from '../app/core/time.ts'

const million = 1_000_000
const rounds = 5

const kinds: { name: string; rule: string; params?: DeadlineParams }[] = [
  { name: 'office days', rule: 'petition-30wd' },
  { name: 'calendar days', rule: 'foi-decide-15d' },
  { name: 'calendar days, extended', rule: 'foi-decide-15d', params: { extensionDays: 15 } },
  { name: 'travelling time', rule: 'appeal-filing-30d', params: { residence: '金門縣', appealSeat: '臺北市' } },
  { name: 'months', rule: 'appeal-decision-3mo' },
  { name: 'months, extended', rule: 'appeal-decision-3mo', params: { extensionMonths: 2 } },
  { name: 'service by deposit', rule: 'appeal-litigation-2mo', params: { serviceKind: '寄存送達' } },
  { name: 'back from an event', rule: 'sc-notice-5d' },
  { name: 'tender', rule: 'tender-open', params: { amountClass: '查核金額', electronicDocuments: true, cutoff: '10:00' } },
  { name: 'vendor’s objection', rule: 'proc-objection-doc', params: { tenderDays: 28 } },
]
/** ten years of triggers */
const triggers: Day[] = Array.from({ length: 3_650 }, (_, i) => addDays(day('2017-01-01'), i))

const all = Array.from({ length: rounds }, () => seconds(() => compute(kinds, million)))
const byKind = Object.fromEntries(kinds.map((kind) => [kind.name, +(seconds(() => compute([kind], million / 5)) * 5).toFixed(3)]))
console.log(JSON.stringify({ deadlines: million, best: Math.min(...all), rounds: all, microsecondsByKind: byKind, explained10000: seconds(explain) }, null, 2))

function compute(of: typeof kinds, times: number): void {
  let due = 0
  for (let i = 0; i < times; i++) {
    const { rule, params } = of[i % of.length]!
    if (computeDeadline(rule, triggers[i % triggers.length]!, params).kind === 'due') due++
  }
  if (due !== times) throw new Error(`${times - due} of ${times} have no due day`)
}

function explain(): void {
  for (let i = 0; i < 10_000; i++) {
    const { rule, params } = kinds[i % kinds.length]!
    const answer = computeDeadline(rule, triggers[i % triggers.length]!, params)
    if (answer.kind === 'due' && answer.explanation.length < 4) throw new Error(rule)
  }
}

function seconds(run: () => void): number {
  const begun = performance.now()
  run()
  return +((performance.now() - begun) / 1000).toFixed(3)
}
