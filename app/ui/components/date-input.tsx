import { classes } from '../classes.ts'
import { useWords } from '../words.ts'
import { GroupFrame } from './field.tsx'
import type { FieldProps } from './field.tsx'

/** What was typed, kept as it is even when it is no date. */
export interface DateParts {
  year?: string | number | null
  month?: string | number | null
  day?: string | number | null
}

export interface DateInputProps extends FieldProps {
  /** An ISO day, or the three texts that were typed. */
  value?: string | DateParts | null | undefined
  /** Which of the boxes is wrong; all when left out and there is an error. */
  wrong?: (keyof DateParts)[]
}

/** A day as 民國 年 / 月 / 日 in three boxes, sent as `name-year` (ROC), `name-month` and `name-day`. */
export function DateInput(props: DateInputProps) {
  const words = useWords()
  const id = props.id ?? props.name
  const parts = dateParts(props.value)
  const wrong = props.error ? (props.wrong ?? ['year', 'month', 'day']) : []
  const box = (part: keyof DateParts, width: 2 | 3) => (
    <div class="govuk-date-input__item">
      <input
        class={classes('govuk-input govuk-date-input__input', `govuk-input--width-${width}`, wrong.includes(part) && 'govuk-input--error')}
        type="text"
        inputMode="numeric"
        id={part === 'year' ? id : `${id}-${part}`}
        name={`${props.name}-${part}`}
        value={parts[part] ?? ''}
        disabled={props.disabled}
        aria-invalid={wrong.includes(part) ? 'true' : undefined}
        maxLength={part === 'year' ? 4 : 2}
      />
      <label class="govuk-label govuk-date-input__label" for={part === 'year' ? id : `${id}-${part}`}>
        {part === 'year' && <span class="govuk-visually-hidden">{words.rocYear}</span>}
        {words[part]}
      </label>
    </div>
  )
  return (
    <GroupFrame field={props} role="group">
      <div class="govuk-date-input" id={`${id}-boxes`}>
        <span class="date-input__era" aria-hidden="true">{words.rocYear}</span>
        {box('year', 3)}
        {box('month', 2)}
        {box('day', 2)}
      </div>
    </GroupFrame>
  )
}

function dateParts(value: DateInputProps['value']): DateParts {
  if (!value) return {}
  if (typeof value !== 'string') return value
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(value)
  return match ? { year: Number(match[1]) - 1911, month: Number(match[2]), day: Number(match[3]) } : {}
}
