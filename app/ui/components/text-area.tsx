import { classes } from '../classes.ts'
import { scriptWords, useWords } from '../words.ts'
import { FieldFrame, controlProps } from './field.tsx'
import type { FieldProps } from './field.tsx'

export interface TextAreaProps extends FieldProps {
  value?: string | null | undefined
  rows?: number
  /** Counts characters and says how many are left; the server refuses what is longer. */
  maxLength?: number
  /** Letters and decisions are set in serif, as they will be printed. */
  serif?: boolean
}

/** Several lines of text. */
export function TextArea(props: TextAreaProps) {
  const words = useWords()
  const { value, rows = 6, maxLength, serif } = props
  const infoId = `${props.id ?? props.name}-info`
  const className = classes('govuk-textarea', serif && 'serif', props.error && 'govuk-textarea--error')
  if (!maxLength) {
    return (
      <FieldFrame field={props}>
        <textarea {...controlProps(props)} class={className} rows={rows} value={value ?? ''} />
      </FieldFrame>
    )
  }
  return (
    <FieldFrame
      field={props}
      class="govuk-character-count"
      data-module="govuk-character-count"
      data-maxlength={String(maxLength)}
      data-count-type="characters"
      {...scriptWords({
        'characters-under-limit.other': words.charactersLeft,
        'characters-under-limit.one': words.charactersLeft,
        'characters-at-limit': words.charactersNone,
        'characters-over-limit.other': words.charactersOver,
        'characters-over-limit.one': words.charactersOver,
      })}
    >
      <textarea {...controlProps(props, infoId)} class={classes(className, 'govuk-js-character-count')} rows={rows} value={value ?? ''} />
      <div id={infoId} class="govuk-hint govuk-character-count__message">
        {words.charactersAtMost.replace('%{count}', maxLength.toLocaleString('en'))}
      </div>
    </FieldFrame>
  )
}
