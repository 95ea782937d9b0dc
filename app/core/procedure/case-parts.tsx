import type { Person } from '../identity/permissions.ts'
import { rulebook } from '../clocks/rules.ts'
import { type Day, rocDay } from '../time.ts'
import { withCommon } from '../cases/common-card.tsx'
import type { CommonEvent } from '../cases/common-history.ts'
import { dueState } from '../cases/due-state.ts'
import { ButtonLink } from '../../ui/components/button.tsx'
import { DueDate } from '../../ui/components/due-date.tsx'
import { Timeline } from '../../ui/components/timeline.tsx'
import { DayText } from '../../ui/components/time.tsx'
import { closedStage, mayTake, nameOf, type Procedure, type StepState, stepOf, stepsOf } from './step.ts'
import { stepPath } from './step-page.tsx'
import type { ShownClock, ShownStep } from './shown.ts'
import { toldAnswer } from './told.ts'

/** What can be done now by this person; the first is the way on. */
export function NextSteps<State extends StepState>({ procedure, state, person, children }: { procedure: Procedure<State>; state: State; person: Person; children?: preact.ComponentChildren }) {
  const open = stepsOf(procedure, state).filter((id) => mayTake(procedure, id, state, person))
  if (!open.length && !children) return null
  return (
    <nav class="cluster cluster--end no-print" aria-label="可以做的事">
      {open.map((id, i) => <ButtonLink key={id} href={stepPath(procedure, nameOf(state), id)} kind={i === 0 && state.stage !== closedStage ? 'primary' : 'secondary'}>{stepOf(procedure, id).label}</ButtonLink>)}
      {children}
    </nav>
  )
}

/** What no step of the table is: done by the party on the portal, or files that were put beside the case. */
const otherSteps: Record<string, string> = { supplement: '當事人補充資料', evidence: '附上佐證' }

/** What happened, the latest first, with what each step was answered. `common`: by `findCommonEvents`. */
export function StepHistory<State extends StepState>({ procedure, state, steps, common, first }: { procedure: Procedure<State>; state: State; steps: readonly ShownStep[]; common: readonly CommonEvent[]; first: { on: Day; title: string } }) {
  const items = steps.toReversed().map((one) => {
    const step = procedure.steps[one.step]
    const told = (step?.asks ?? []).flatMap((ask) => toldAnswer(ask, state, one.answers[ask.name]))
    return {
      when: rocDay(one.on), datetime: one.on, title: step?.label ?? otherSteps[one.step] ?? one.step, by: one.by ?? undefined,
      detail: told.length || one.documentNo || one.note ? <>{one.documentNo && <p>{one.documentNo}</p>}{told.map((line) => <p key={line}>{line}</p>)}{one.note && <p>{one.note}</p>}</> : undefined,
    }
  })
  return <Timeline items={withCommon([...items, { when: rocDay(first.on), datetime: first.on, title: first.title }], common)} />
}

/** Every clock of the case, those that run first, each with how it was counted. `whose`: where one rule runs for several, for whom. */
export function Clocks({ clocks, today, closed, whose }: { clocks: readonly ShownClock[]; today: Day; closed: boolean; whose?: (clock: ShownClock) => string | null }) {
  const running = (clock: ShownClock) => clock.metAt === null && !(closed && clock.main)
  const sorted = [...clocks].sort((a, b) => Number(running(b)) - Number(running(a)))
  if (!sorted.length) return <p class="muted">還沒有起算的期限。</p>
  return (
    <ul class="stack">
      {sorted.map((clock) => (
        <li key={`${clock.rule}${clock.dueOn}${clock.metAt}`}>
          <strong>{ruleTitle(clock.rule)}</strong>{whose?.(clock) && <span class="muted">　{whose(clock)}</span>}<br />
          {clock.dueOn === null ? <span class="muted">{clock.because}</span>
            : running(clock) ? <DueDate day={clock.dueOn} {...dueOf(clock.dueOn, today)} why={<ol>{clock.explanation.map((line) => <li key={line}>{line}</li>)}</ol>} />
            : <span class="muted">期限 <DayText day={clock.dueOn} />，已經辦了或不再計算</span>}
        </li>
      ))}
    </ul>
  )
}

export const ruleTitle = (rule: string): string => rulebook.versionsOf(rule).at(-1)?.title ?? rule

function dueOf(dueOn: Day, today: Day) {
  const { state, left } = dueState({ dueOn, closedAt: null, stage: '' }, today)!
  return { state, left }
}
