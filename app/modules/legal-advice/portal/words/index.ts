import type { Refusal } from '../../../../core/errors.ts'
import type { Language } from '../../../../core/web/language.ts'
import type { ServiceRules } from '../../service-rules.ts'
import { chinese, type Words } from './chinese.tsx'
import { english } from './english.tsx'
import { fieldWords, refusalWords } from './refusals.ts'

export type { Words }

export const wordsOf: Record<Language, Words> = { zh: chinese, en: english }

/** The refusal with its sentences in this language, for the summary and the fields; one without English words says the Chinese, and so does one that names a rule of the service where the rules are not given. */
export function inLanguage(language: Language, refused: Refusal, rules?: ServiceRules): Refusal {
  if (language === 'zh') return refused
  const words = refusalWords[refused.code]
  const said = typeof words === 'function' ? rules && words(rules) : words
  if (!refused.fields) return { ...refused, message: said ?? refused.message }
  const fields = Object.fromEntries(Object.entries(refused.fields).map(([field, message]) => [field, fieldWords[field] ?? said ?? message]))
  return { ...refused, message: Object.values(fields)[0] ?? refused.message, fields }
}
