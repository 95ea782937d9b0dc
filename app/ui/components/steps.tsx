import type { ComponentChildren } from 'preact'

export type StepState = 'done' | 'current' | 'todo' | 'skipped' | 'returned'

export interface Step {
  text: string
  state: StepState
  /** Who and when, or what is missing. */
  detail?: ComponentChildren
}

/** The way of a paper through the office, and where it lies now. */
export function Steps({ steps, label }: { steps: readonly Step[]; label: string }) {
  return (
    <div class="steps-frame">
      <ol class="steps" aria-label={label}>
        {steps.map((step) => (
          <li key={step.text} class={`step step--${step.state}`} aria-current={step.state === 'current' ? 'step' : undefined}>
            <span class="step__mark" aria-hidden="true" />
            <span class="step__text">
              {step.text}
              <span class="govuk-visually-hidden">（{stateWords[step.state]}）</span>
            </span>
            {step.detail && <span class="step__detail">{step.detail}</span>}
          </li>
        ))}
      </ol>
    </div>
  )
}

const stateWords: Record<StepState, string> = { done: '已完成', current: '現在在這裡', todo: '還沒到', skipped: '略過', returned: '退回' }
