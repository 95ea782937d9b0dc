import type { Language } from '../../../core/web/language.ts'

const prefix = (language: Language) => (language === 'en' ? '/en' : '')

export const homePath = (language: Language) => (language === 'en' ? '/en' : '/')
export const newPath = (language: Language) => `${prefix(language)}/petitions/new`
export const checkPath = (language: Language) => `${newPath(language)}/check`
export const sendPath = (language: Language) => `${newPath(language)}/send`
/** After filing: number and code, once. */
export const filedPath = (language: Language) => `${prefix(language)}/petitions/filed`
export const resendPath = (language: Language) => `${filedPath(language)}/resend`
export const confirmPath = (language: Language, token: string) => `${prefix(language)}/petitions/confirm/${token}`
export const followPath = (language: Language) => `${prefix(language)}/petitions/follow`
export const leavePath = (language: Language) => `${followPath(language)}/leave`
export const lostCodePath = (language: Language) => `${followPath(language)}/code`
/** Opens the follow page for the member whose address it was filed with. */
export const memberCasePath = (followNo: string, language: Language = 'zh') => `${prefix(language)}/petitions/mine/${followNo}`
/** The follow page of one petition; `what` is an act or a part of it. */
export const followedPath = (language: Language, followNo: string, what?: string) => `${followPath(language)}/${followNo}${what ? `/${what}` : ''}`
export const filePath = (language: Language, followNo: string, fileId: number | string) => followedPath(language, followNo, `files/${fileId}`)
