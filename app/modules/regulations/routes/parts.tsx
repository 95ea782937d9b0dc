import type { Refusal } from '../../../core/errors.ts'
import type { RegulationFile } from '../queries.ts'
import type { ProposalState } from '../steps.ts'

export const stateOf = (file: RegulationFile): ProposalState => ({
  stage: file.stage, instrument: file.instrument, change: file.change, penalty: file.penalty, gazetted: file.gazetted, noticeFrom: file.noticeFrom, noticeUntil: file.noticeUntil, dueOn: file.dueOn,
  steps: file.steps.map(({ step }) => step),
})

/** A field's sentence out of a refusal, and the list for the summary. */
export const errorOf = (failed: Refusal | undefined) => (field: string): string | undefined => failed?.fields?.[field] ?? (failed?.field === field ? failed.message : undefined)

export function errorsOf(failed: Refusal): { text: string; field?: string }[] {
  const fields = Object.entries(failed.fields ?? {}).map(([field, text]) => ({ text, field }))
  return fields.length ? fields : [{ text: failed.message + (failed.law ? `（${failed.law}）` : ''), ...(failed.field ? { field: failed.field } : {}) }]
}
