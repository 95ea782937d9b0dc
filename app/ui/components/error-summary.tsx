import type { Refusal } from '../../core/errors.ts'
import { useWords } from '../words.ts'

export interface ErrorItem {
  text: string
  /** The field's id (its name unless it has another). Without it the sentence stands alone. */
  field?: string | undefined
}

export interface ErrorSummaryProps {
  errors: readonly ErrorItem[]
  title?: string
  /** What was kept, what to do. */
  intro?: string
}

/** What needs another look, at the top of the page, each leading to its field. Nothing when there is no error. */
export function ErrorSummary({ errors, title, intro }: ErrorSummaryProps) {
  const words = useWords()
  if (errors.length === 0) return null
  return (
    <div class="govuk-error-summary" data-module="govuk-error-summary">
      <div role="alert">
        <h2 class="govuk-error-summary__title">{title ?? words.errorTitle}</h2>
        <div class="govuk-error-summary__body">
          {intro && <p>{intro}</p>}
          <ul class="govuk-list govuk-error-summary__list">
            {errors.map(({ text, field }) => <li key={`${field}${text}`}>{field ? <a href={`#${field}`}>{text}</a> : text}</li>)}
          </ul>
        </div>
      </div>
    </div>
  )
}

/** The sentence of a field, from a refusal of one or of several. */
export const errorOf = (failed: Refusal | undefined) => (field: string): string | undefined => failed?.fields?.[field] ?? (failed?.field === field ? failed.message : undefined)

/** Every sentence of a refusal with its field, for the summary on top. */
export function errorsOf(failed: Refusal): { text: string; field?: string }[] {
  const law = failed.law ? `（${failed.law}）` : ''
  const fields = Object.entries(failed.fields ?? {}).map(([field, text]) => ({ text, field }))
  return fields.length ? fields : [{ text: failed.message + law, ...(failed.field ? { field: failed.field } : {}) }]
}
