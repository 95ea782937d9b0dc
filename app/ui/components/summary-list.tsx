import type { ComponentChildren } from 'preact'
import { classes } from '../classes.ts'

export interface SummaryRow {
  key: string
  value: ComponentChildren
  /** Links or small forms that change this value. */
  action?: ComponentChildren
}

/** Facts with their names. `columns` sets them side by side where there is room, for the head of a case. */
export function SummaryList({ rows, columns }: { rows: readonly SummaryRow[]; columns?: 2 | 3 | 4 }) {
  return (
    <dl class={classes('summary', columns && `summary--columns summary--${columns}`)}>
      {rows.map((row) => (
        <div class="summary__row" key={row.key}>
          <dt>{row.key}</dt>
          <dd>{row.value}</dd>
          {row.action && <dd class="summary__action">{row.action}</dd>}
        </div>
      ))}
    </dl>
  )
}

/** A link that changes one fact; what it changes is read out with it. */
export function ChangeLink({ href, what, children = '修改' }: { href: string; what: string; children?: ComponentChildren }) {
  return <a href={href}>{children}<span class="govuk-visually-hidden">{what}</span></a>
}
