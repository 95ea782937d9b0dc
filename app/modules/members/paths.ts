import type { MemberKind } from '../../core/identity/members.ts'
import type { Language } from '../../core/web/language.ts'

/** Whose pages, in which language. */
export type Own = { kind: MemberKind; language: Language }

/** Residents under /my, vendors under /vendor, in English under /en: the same pages. */
export const ownPath = ({ kind, language }: Own, what?: string) => `${language === 'en' ? '/en' : ''}${kind === 'resident' ? '/my' : '/vendor'}${what ? `/${what}` : ''}`
