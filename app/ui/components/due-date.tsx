import type { ComponentChildren } from 'preact'
import { rocDay, weekday } from '../../core/time.ts'
import type { Day } from '../../core/time.ts'
import type { Tone } from './tag.tsx'

export type DueState = 'open' | 'soon' | 'overdue' | 'paused' | 'met' | 'missed'

export interface DueDateProps {
  day: Day
  state: DueState
  /** Working days from today to the due day: 3 = three left, 0 = today, −2 = two late. Not needed when met, missed or paused. */
  workingDays?: number
  /** Words for how much is left, where the number alone does not say it (a weekend between, a clock time). */
  left?: string | undefined
  /** The day alone, for narrow columns. */
  short?: boolean
  /** Why that day: rule, article, days added. Opens below. */
  why?: ComponentChildren
}

/** A due day with its weekday and how much is left of it. */
export function DueDate({ day, state, workingDays, left = dueWords(state, workingDays), short, why }: DueDateProps) {
  return (
    <span class={`due due--${state}`}>
      <time class="due__day" datetime={day}>{rocDay(day)}（{weekday(day)}）</time>
      {left && !(short && state === 'open') && (
        <span class={state === 'open' ? 'due__left' : `due__left mark--${tones[state]}`}>{short ? <span class="govuk-visually-hidden">{left}</span> : left}</span>
      )}
      {why && <details class="why"><summary>為什麼是這一天</summary><div class="details__body">{why}</div></details>}
    </span>
  )
}

/** How much is left, in words: 「還有 3 個工作日」, 「今天到期」, 「逾期 2 個工作日」. */
export function dueWords(state: DueState, workingDays?: number): string {
  if (state === 'met') return '如期完成'
  if (state === 'missed') return '逾期完成'
  if (state === 'paused') return '期間停止'
  if (workingDays === undefined) return state === 'overdue' ? '已逾期' : ''
  if (workingDays === 0) return state === 'overdue' ? '已逾期' : '今天到期'
  return workingDays > 0 ? `還有 ${workingDays} 個工作日` : `逾期 ${-workingDays} 個工作日`
}

const tones: Record<DueState, Tone> = { open: 'plain', soon: 'soon', overdue: 'danger', paused: 'waiting', met: 'done', missed: 'ended' }
