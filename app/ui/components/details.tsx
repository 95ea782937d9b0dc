import type { ComponentChildren } from 'preact'

export interface DetailsProps {
  summary: ComponentChildren
  children: ComponentChildren
  open?: boolean
  /** With an id its open or closed state is kept in this browser tab. */
  id?: string
}

/** More for those who want it. */
export function Details({ summary, children, open, id }: DetailsProps) {
  return (
    <details class="details" open={open} id={id}>
      <summary>{summary}</summary>
      <div class="details__body">{children}</div>
    </details>
  )
}
