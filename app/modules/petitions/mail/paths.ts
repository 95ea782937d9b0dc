import { filteredPath, listPath } from '../paths.ts'

export const inboxPath = `${listPath}/inbox`
/** A letter that came; `what` is an act on it. */
export const letterPath = (id: number | string, what?: string) => `${inboxPath}/${id}${what ? `/${what}` : ''}`
export const inboxListPath = (filters: Record<string, string | number | null | undefined>) => filteredPath(filters, inboxPath)
/** The list's bulk act. Not below the letters' own addresses. */
export const dismissPath = `${inboxPath}/dismiss`
