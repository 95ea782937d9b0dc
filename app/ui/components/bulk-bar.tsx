import type { ComponentChildren } from 'preact'
import { FormKey } from './form.tsx'

export interface BulkBarProps {
  /** The form's id: the `select.form` of the table. */
  id: string
  action: string
  formKey?: string
  /** The boxes' name, `select.name` of the table. */
  name: string
  /** Fields and buttons that act on the chosen rows. */
  children: ComponentChildren
  unit?: string
}

/** Acts on many rows at once: it stays in sight while rows are chosen, and works without script. */
export function BulkBar({ id, action, formKey, name, children, unit = '件' }: BulkBarProps) {
  return (
    <form id={id} action={action} method="post" class="bulk" data-bulk={name}>
      {formKey && <FormKey value={formKey} />}
      <p class="bulk__count" aria-live="polite"><span data-bulk-count data-unit={unit}>勾選要一起處理的列</span></p>
      <div class="bulk__acts">{children}</div>
    </form>
  )
}
