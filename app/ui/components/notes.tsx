import type { ComponentChildren } from 'preact'
import { useWords } from '../words.ts'
import { WindLion } from './wind-lion.tsx'

/** The end of a task: what was received and the number to keep. */
export function Panel({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="panel">
      <h1 class="panel__title">{title}</h1>
      {children && <div class="panel__body">{children}</div>}
    </div>
  )
}

/** A quotation, an example, a condition that stands apart from the text. */
export function InsetText({ children }: { children: ComponentChildren }) {
  return <div class="inset">{children}</div>
}

/** What happens if one does not heed it. */
export function WarningText({ children }: { children: ComponentChildren }) {
  const words = useWords()
  return (
    <div class="warning">
      <svg class="warning__mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
        <path d="M12 2.5 22.5 21h-21z" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" />
        <path d="M12 9v6" stroke="currentColor" stroke-width="2.25" stroke-linecap="round" />
        <circle cx="12" cy="18" r="1.3" fill="currentColor" />
      </svg>
      <p class="warning__text"><span class="govuk-visually-hidden">{words.warning}：</span>{children}</p>
    </div>
  )
}

export interface EmptyStateProps {
  title: string
  /** What to do first. */
  children?: ComponentChildren
  action?: ComponentChildren
}

/** Nothing here yet: the wind lion greets and says what to do first. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div class="empty">
      <WindLion size={64} />
      <p class="empty__title">{title}</p>
      {children && <div class="empty__text">{children}</div>}
      {action && <div class="empty__action">{action}</div>}
    </div>
  )
}
