/** A calculator's words in English, by the names of its fields and the keys of its steps. */
export type EnglishWords = {
  title: string
  about: string
  lead: string[]
  /** one for each group of questions, in their order */
  questions: string[]
  fields: Record<string, { label: string; hint?: string; needed?: string; unit?: string; options?: Record<string, string | [text: string, hint: string]> }>
  steps: Record<string, { title: string; lapse: string; notes?: string[] }>
  next: string[]
}
