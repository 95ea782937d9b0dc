import type { ComponentChildren } from 'preact'
import { classes } from '../classes.ts'
import { FieldFrame, GroupFrame, controlProps } from './field.tsx'
import type { FieldProps } from './field.tsx'

export interface Option {
  value: string
  text: string
  hint?: ComponentChildren
  disabled?: boolean
  /** Radios and checkboxes: fields shown while this one is chosen or while they have an error; the server ignores them otherwise. */
  reveals?: ComponentChildren
}

export interface SelectProps extends FieldProps {
  value?: string | null | undefined
  /** Plain options, or groups of them with a heading. */
  options: (Option | { group: string; options: Option[] })[]
  /** Words of the empty first choice; leave out when one must be chosen from the start. */
  empty?: string
}

/** One of many, in a list that opens. For fewer than seven use `Radios`. */
export function Select(props: SelectProps) {
  const { options, empty } = props
  const value = props.value ?? ''
  const option = (item: Option) => (
    <option key={item.value} value={item.value} disabled={item.disabled} selected={item.value === value}>{item.text}</option>
  )
  return (
    <FieldFrame field={props}>
      <select {...controlProps(props)} class={classes('govuk-select', props.error && 'govuk-select--error')}>
        {empty !== undefined && <option value="" selected={value === ''}>{empty}</option>}
        {options.map((item) => 'group' in item
          ? <optgroup key={item.group} label={item.group}>{item.options.map(option)}</optgroup>
          : option(item))}
      </select>
    </FieldFrame>
  )
}

export interface RadiosProps extends FieldProps {
  value?: string | null | undefined
  options: Option[]
  inline?: boolean
}

/** One of a few, all in sight. */
export function Radios(props: RadiosProps) {
  return (
    <GroupFrame field={props}>
      <div class={classes('govuk-radios', props.inline && 'govuk-radios--inline')}>
        {props.options.map((option, index) => (
          <Choice key={option.value} kind="radios" field={props} option={option} index={index} checked={option.value === props.value} />
        ))}
      </div>
    </GroupFrame>
  )
}

export interface CheckboxesProps extends FieldProps {
  values?: readonly string[] | null | undefined
  options: Option[]
  inline?: boolean
}

/** Any number of a few. A single yes-or-no is one option. */
export function Checkboxes(props: CheckboxesProps) {
  const chosen = props.values ?? []
  return (
    <GroupFrame field={props}>
      <div class={classes('govuk-checkboxes', props.inline && 'checkboxes--inline')}>
        {props.options.map((option, index) => (
          <Choice key={option.value} kind="checkboxes" field={props} option={option} index={index} checked={chosen.includes(option.value)} />
        ))}
      </div>
    </GroupFrame>
  )
}

interface ChoiceProps {
  kind: 'radios' | 'checkboxes'
  field: FieldProps
  option: Option
  index: number
  checked: boolean
}

/** The first choice has the field's own id, so that the error summary leads to it. */
function Choice({ kind, field, option, index, checked }: ChoiceProps) {
  const base = field.id ?? field.name
  const id = index === 0 ? base : `${base}-${index + 1}`
  return (
    <>
      <div class={`govuk-${kind}__item`}>
        <input
          class={`govuk-${kind}__input`}
          type={kind === 'radios' ? 'radio' : 'checkbox'}
          id={id}
          name={field.name}
          value={option.value}
          checked={checked}
          disabled={option.disabled || field.disabled}
          aria-describedby={option.hint ? `${id}-item-hint` : undefined}
        />
        <label class={`govuk-label govuk-${kind}__label`} for={id}>{option.text}</label>
        {option.hint && <div id={`${id}-item-hint`} class={`govuk-hint govuk-${kind}__hint`}>{option.hint}</div>}
      </div>
      {option.reveals && (
        <div class={`govuk-${kind}__conditional`}>{option.reveals}</div>
      )}
    </>
  )
}
