import type { Refusal } from '../../../core/errors.ts'

/** A field's sentence out of a refusal, and the list for the summary. */
export const errorOf = (failed: Refusal | undefined) => (field: string): string | undefined => failed?.fields?.[field] ?? (failed?.field === field ? failed.message : undefined)

export function errorsOf(failed: Refusal): { text: string; field?: string }[] {
  const fields = Object.entries(failed.fields ?? {}).map(([field, text]) => ({ text, field }))
  return fields.length ? fields : [{ text: failed.message + (failed.law ? `（${failed.law}）` : ''), ...(failed.field ? { field: failed.field } : {}) }]
}
