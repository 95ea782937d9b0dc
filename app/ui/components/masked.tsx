import { FormKey } from './form.tsx'

export interface MaskedProps {
  /** What it is: 姓名, 電話. */
  what: string
  /** Already masked: 王〇明, 09**-***-678. */
  text: string
  /** Opens it; the opening is recorded. Without it there is no button. */
  action?: string
  formKey?: string
  /** Reasons to choose from; then one is asked for before opening, sent as `reason`. */
  reasons?: readonly string[]
  id?: string
}

/** A personal datum that stays covered until someone says why they need it. */
export function Masked({ what, text, action, formKey, reasons, id }: MaskedProps) {
  const reasonId = `${id ?? `reason-${what}`}`
  const button = <button type="submit" class="govuk-button button--secondary button--small">顯示<span class="govuk-visually-hidden">{what}</span></button>
  return (
    <span class="masked">
      <span class="masked__text">{text}</span>
      {action && !reasons && <form action={action} method="post" class="masked__form">{formKey && <FormKey value={formKey} />}{button}</form>}
      {action && reasons && (
        <details class="masked__ask">
          <summary>顯示<span class="govuk-visually-hidden">{what}</span></summary>
          <form action={action} method="post" class="masked__form">
            {formKey && <FormKey value={formKey} />}
            <label for={reasonId}>為了什麼</label>
            <select class="govuk-select" id={reasonId} name="reason">{reasons.map((reason) => <option key={reason}>{reason}</option>)}</select>
            {button}
            <span class="masked__note">這次查看會留下紀錄。</span>
          </form>
        </details>
      )}
    </span>
  )
}
