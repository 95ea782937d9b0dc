import { classes } from '../classes.ts'
import { scriptWords, useWords } from '../words.ts'
import { FieldFrame, controlProps } from './field.tsx'
import type { FieldProps } from './field.tsx'

export interface TextInputProps extends FieldProps {
  value?: string | number | null | undefined
  type?: 'text' | 'email' | 'tel' | 'url' | 'search' | 'number' | 'date'
  /** Width in characters of the answer expected. */
  width?: 2 | 3 | 4 | 5 | 10 | 20 | 30
  inputmode?: 'numeric' | 'decimal' | 'email' | 'tel' | 'text'
  maxLength?: number
  placeholder?: string
  prefix?: string
  suffix?: string
  spellcheck?: boolean
  /** Choices offered while typing; any other text stays possible. */
  suggestions?: string[]
}

/** One line of text. */
export function TextInput(props: TextInputProps) {
  const { value, type = 'text', width, inputmode, maxLength, placeholder, prefix, suffix, spellcheck, suggestions } = props
  const control = controlProps(props)
  const list = suggestions && `${control.id}-list`
  const input = (
    <input
      {...control}
      class={classes('govuk-input', width && `govuk-input--width-${width}`, props.error && 'govuk-input--error')}
      type={type}
      value={value ?? ''}
      inputMode={inputmode}
      maxLength={maxLength}
      placeholder={placeholder}
      spellcheck={spellcheck}
      list={list}
    />
  )
  return (
    <FieldFrame field={props}>
      {prefix || suffix ? (
        <div class="govuk-input__wrapper">
          {prefix && <div class="govuk-input__prefix" aria-hidden="true">{prefix}</div>}
          {input}
          {suffix && <div class="govuk-input__suffix" aria-hidden="true">{suffix}</div>}
        </div>
      ) : input}
      {suggestions && <datalist id={list}>{suggestions.map((text) => <option key={text} value={text} />)}</datalist>}
    </FieldFrame>
  )
}

/** A password, with a button that shows it where there is script. Never sends a value back to the page. */
export function PasswordInput(props: FieldProps) {
  const words = useWords()
  const control = controlProps({ autocomplete: 'current-password', ...props })
  return (
    <FieldFrame
      field={props}
      class="govuk-password-input"
      data-module="govuk-password-input"
      {...scriptWords({
        'show-password': words.show,
        'hide-password': words.hide,
        'show-password-aria-label': words.showPassword,
        'hide-password-aria-label': words.hidePassword,
        'password-shown-announcement': words.passwordShown,
        'password-hidden-announcement': words.passwordHidden,
      })}
    >
      <div class="govuk-input__wrapper govuk-password-input__wrapper">
        <input
          {...control}
          class={classes('govuk-input govuk-password-input__input govuk-js-password-input-input', props.error && 'govuk-input--error')}
          type="password"
          spellcheck={false}
          autocapitalize="none"
        />
        <button
          type="button"
          class="govuk-button button--secondary govuk-password-input__toggle govuk-js-password-input-toggle"
          aria-controls={control.id}
          aria-label={words.showPassword}
          hidden
        >
          {words.show}
        </button>
      </div>
    </FieldFrame>
  )
}
