import type { Language } from '../../../../core/web/language.ts'
import { chinese, type Words } from './chinese.ts'
import { english } from './english.ts'

export type { Words }

export const wordsOf: Record<Language, Words> = { zh: chinese, en: english }
