import type { ComponentChildren } from 'preact'
import { newId } from '../jsx/jsx-runtime.ts'
import { classes } from '../classes.ts'

export interface FieldsetProps {
  legend: string
  children: ComponentChildren
  hint?: ComponentChildren
  size?: 's' | 'm' | 'l'
}

/** Fields that answer one question together. */
export function Fieldset({ legend, children, hint, size = 'm' }: FieldsetProps) {
  const hintId = newId()
  return (
    <fieldset class="govuk-fieldset fieldset" aria-describedby={hint ? hintId : undefined}>
      <legend class={classes('govuk-fieldset__legend', `govuk-fieldset__legend--${size}`)}>{legend}</legend>
      {hint && <div class="govuk-hint" id={hintId}>{hint}</div>}
      {children}
    </fieldset>
  )
}
