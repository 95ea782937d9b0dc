import type { ComponentChildren } from 'preact'

export interface FormProps {
  action: string
  children: ComponentChildren
  method?: 'get' | 'post'
  /** The form's name on the page; what is typed is kept under it when a session ends. */
  id?: string
  /** The idempotency key of the form; `FormKey` puts it in. */
  formKey?: string
  /** With files. */
  multipart?: boolean
  /** Keep what is typed in this browser tab until the form was sent. Needs an `id`. */
  keep?: boolean
  /** Sent, it forgets what other forms of this tab kept. */
  clearKept?: boolean
  class?: string
}

/** A form that the server checks: the browser's own messages are off, ours come from `ErrorSummary` and the fields. */
export function Form({ action, children, method = 'post', id, formKey, multipart, keep, clearKept, class: className }: FormProps) {
  return (
    <form
      action={action}
      method={method}
      id={id}
      class={className}
      noValidate
      enctype={multipart ? 'multipart/form-data' : undefined}
      data-keep={keep ? '' : undefined}
      data-clear-kept={clearKept ? '' : undefined}
    >
      {formKey && <FormKey value={formKey} />}
      {children}
    </form>
  )
}

/** The key that makes sending the same form twice one act. */
export function FormKey({ value }: { value: string }) {
  return <input type="hidden" name="_key" value={value} />
}
