import type { ComponentChildren } from 'preact'
import { newId } from '../jsx/jsx-runtime.ts'
import { classes } from '../classes.ts'

export type ButtonKind = 'primary' | 'secondary' | 'danger' | 'quiet'

export interface ButtonProps {
  children: ComponentChildren
  kind?: ButtonKind
  /** `button` does nothing without script; forms send with `submit`. */
  type?: 'submit' | 'button' | 'reset'
  name?: string
  value?: string
  /** The id of a form elsewhere on the page. */
  form?: string
  formaction?: string
  formmethod?: 'get' | 'post'
  small?: boolean
  id?: string
  /** Why it cannot be used now: the button stays visible and focusable, does nothing, and says this. */
  reason?: string | null | undefined
  /** What will be lost and how to undo it; asked in a dialog before the form is sent. */
  confirm?: string
  /** Words of the dialog's own button; without it those of this button. */
  confirmAction?: string
}

/** A button. With `reason` it cannot be pressed and the reason is read out with it. */
export function Button(props: ButtonProps) {
  const reasonId = newId()
  const { children, kind = 'primary', type = 'submit', small, reason, confirm, confirmAction, ...rest } = props
  if (reason) {
    return (
      <span class="unavailable">
        <button type="button" id={rest.id} class={buttonClass(kind, small)} aria-disabled="true" aria-describedby={reasonId}>
          {children}
        </button>
        <span class="unavailable__reason" id={reasonId}>{reason}</span>
      </span>
    )
  }
  return (
    <button {...rest} type={type} class={buttonClass(kind, small)} data-turbo-confirm={confirm} data-confirm-action={confirmAction}>
      {children}
    </button>
  )
}

export interface ButtonLinkProps {
  href: string
  children: ComponentChildren
  kind?: ButtonKind
  small?: boolean
  id?: string
  reason?: string | null | undefined
  /** A file name: the link saves a file instead of opening a page. */
  download?: string | boolean
}

/** A link that looks like a button, for going somewhere; an act is always a `Button` in a form. */
export function ButtonLink({ href, children, kind = 'primary', small, id, reason, download }: ButtonLinkProps) {
  const reasonId = newId()
  if (reason) {
    return (
      <span class="unavailable">
        <a id={id} role="link" tabIndex={0} class={buttonClass(kind, small)} aria-disabled="true" aria-describedby={reasonId}>
          {children}
        </a>
        <span class="unavailable__reason" id={reasonId}>{reason}</span>
      </span>
    )
  }
  return <a id={id} href={href} class={buttonClass(kind, small)} download={download} data-turbo={download ? 'false' : undefined}>{children}</a>
}

/** Buttons that belong together; the first one is the one most people want. */
export function ButtonGroup({ children }: { children: ComponentChildren }) {
  return <div class="govuk-button-group">{children}</div>
}

function buttonClass(kind: ButtonKind, small?: boolean) {
  return classes('govuk-button', kind !== 'primary' && `button--${kind}`, small && 'button--small')
}
