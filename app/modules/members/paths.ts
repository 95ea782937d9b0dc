import type { MemberKind } from '../../core/identity/members.ts'

/** English pages have the same addresses under /en. */
export type Language = 'zh' | 'en'

/** Residents under /my, vendors under /vendor: the same pages. */
export const ownPath = (kind: MemberKind, what?: string, language: Language = 'zh') => `${language === 'en' ? '/en' : ''}${kind === 'resident' ? '/my' : '/vendor'}${what ? `/${what}` : ''}`
