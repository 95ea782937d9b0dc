import type { ComponentChildren } from 'preact'
import { classes } from '../classes.ts'
import { useWords } from '../words.ts'

/** What every field takes. The `id` is the `name` unless given, so an error summary can link to `#name`. */
export interface FieldProps {
  name: string
  label: string
  hint?: ComponentChildren
  /** The sentence that says what to change; its presence makes the field show as wrong. */
  error?: string | null | undefined
  /** `false` adds 「（選填）」 to the label; `true` is told to screen readers. */
  required?: boolean | undefined
  id?: string
  autocomplete?: string
  disabled?: boolean
  /** `l` for a page with one question; `hidden` for a field whose place says what it is. */
  labelSize?: 's' | 'm' | 'l' | 'hidden'
}

/** The ids and attributes that tie label, hint and error to a control. */
export function fieldIds({ id, name, hint, error }: FieldProps, more?: string) {
  const ownId = id ?? name
  const described = [hint && `${ownId}-hint`, error && `${ownId}-error`, more].filter(Boolean).join(' ')
  return { id: ownId, describedBy: described || undefined }
}

/** Attributes that text-like controls share. */
export function controlProps(props: FieldProps, more?: string) {
  const { id, describedBy } = fieldIds(props, more)
  return {
    id,
    name: props.name,
    autocomplete: props.autocomplete,
    disabled: props.disabled,
    'aria-describedby': describedBy,
    'aria-invalid': props.error ? ('true' as const) : undefined,
    'aria-required': props.required ? ('true' as const) : undefined,
  }
}

/** Label, hint and error around one control. */
export function FieldFrame({ field, children, class: className, ...rest }: { field: FieldProps; children: ComponentChildren; class?: string; [data: `data-${string}`]: string | undefined }) {
  const { id } = fieldIds(field)
  return (
    <div class={classes('govuk-form-group', field.error && 'govuk-form-group--error', className)} {...rest}>
      <label for={id} class={labelClass('govuk-label', field.labelSize)}>
        {field.label}
        <Optional field={field} />
      </label>
      <Hint field={field} />
      <FieldError field={field} />
      {children}
    </div>
  )
}

/** Legend, hint and error around a group of controls. */
export function GroupFrame({ field, children, role }: { field: FieldProps; children: ComponentChildren; role?: 'group' }) {
  const { describedBy } = fieldIds(field)
  return (
    <div class={classes('govuk-form-group', field.error && 'govuk-form-group--error')}>
      <fieldset class="govuk-fieldset" role={role} aria-describedby={describedBy}>
        <legend class={labelClass('govuk-fieldset__legend', field.labelSize)}>
          {field.label}
          <Optional field={field} />
        </legend>
        <Hint field={field} />
        <FieldError field={field} />
        {children}
      </fieldset>
    </div>
  )
}

function Optional({ field }: { field: FieldProps }) {
  const words = useWords()
  return field.required === false ? <span class="optional">{words.optional}</span> : null
}

function Hint({ field }: { field: FieldProps }) {
  return field.hint ? <div id={`${fieldIds(field).id}-hint`} class="govuk-hint">{field.hint}</div> : null
}

function FieldError({ field }: { field: FieldProps }) {
  const words = useWords()
  if (!field.error) return null
  return (
    <p id={`${fieldIds(field).id}-error`} class="govuk-error-message">
      <span class="govuk-visually-hidden">{words.error}</span>
      {field.error}
    </p>
  )
}

function labelClass(base: string, size: FieldProps['labelSize']) {
  return classes(base, size === 'hidden' ? 'govuk-visually-hidden' : size && `${base}--${size}`)
}
