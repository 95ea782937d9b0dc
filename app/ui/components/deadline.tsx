import type { ComponentChildren } from 'preact'
import type { Day } from '../../core/time.ts'
import { classes } from '../classes.ts'

export interface DeadlineProps {
  /** What it is the last day of. */
  title: string
  /** Null: no day can be told. */
  day: Day | null
  /** The day as it is written, or what stands there instead. */
  text: string
  /** Whose it is, whether it ends first, how sure it is: tags beside the title. */
  marks?: ComponentChildren
  /** How much is left, in words. */
  left?: string | undefined
  past?: boolean
  children?: ComponentChildren
}

/** A last day in big type, for residents: what it is, the day, how much is left; then how it came about. */
export function Deadline({ title, day, text, marks, left, past, children }: DeadlineProps) {
  return (
    <section class={classes('deadline', past && 'deadline--past', !day && 'deadline--none')}>
      <h2 class="deadline__title">{title}</h2>
      {marks && <p class="deadline__marks cluster">{marks}</p>}
      <p class="deadline__day">{day ? <time datetime={day}>{text}</time> : text}</p>
      {left && <p class="deadline__left">{left}</p>}
      <div class="deadline__body">{children}</div>
    </section>
  )
}
