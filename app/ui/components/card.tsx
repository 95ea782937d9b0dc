import type { ComponentChildren } from 'preact'
import { newId } from '../jsx/jsx-runtime.ts'
import { classes } from '../classes.ts'

export interface CardProps {
  title: ComponentChildren
  children: ComponentChildren
  /** Links and buttons at the right of the heading. */
  actions?: ComponentChildren
  level?: 2 | 3 | 4
  id?: string
  /** No frame: a section of the page. */
  plain?: boolean
}

/** A section with its heading. */
export function Card({ title, children, actions, level = 2, id, plain }: CardProps) {
  const headingId = newId()
  const Heading = `h${level}` as 'h2' | 'h3' | 'h4'
  return (
    <section class={classes('card', plain && 'card--plain')} id={id} aria-labelledby={headingId}>
      <div class="card__head">
        <Heading class="card__title" id={headingId}>{title}</Heading>
        {actions && <div class="card__actions">{actions}</div>}
      </div>
      <div class="card__body">{children}</div>
    </section>
  )
}
