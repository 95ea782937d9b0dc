import type { ComponentChildren } from 'preact'
import { newId } from '../jsx/jsx-runtime.ts'
import { classes } from '../classes.ts'
import { useWords } from '../words.ts'

export interface NotificationProps {
  kind?: 'success' | 'important'
  title?: string
  /** Read out but not focused, so that one keeps one's place on the page. */
  quiet?: boolean
  children: ComponentChildren
}

/** What just happened (`success`, read out at once) or what one should know before going on (`important`). */
export function Notification({ kind = 'important', title, quiet, children }: NotificationProps) {
  const words = useWords()
  const id = newId()
  return (
    <div
      class={classes('govuk-notification-banner', kind === 'success' && 'govuk-notification-banner--success')}
      role={kind === 'success' ? 'alert' : 'region'}
      aria-labelledby={id}
      data-module="govuk-notification-banner"
      data-disable-auto-focus={quiet ? 'true' : undefined}
    >
      <div class="govuk-notification-banner__header">
        <h2 class="govuk-notification-banner__title" id={id}>{title ?? words[kind]}</h2>
      </div>
      <div class="govuk-notification-banner__content">{children}</div>
    </div>
  )
}
