import type { Cookie, PageRequest } from '../../../core/web/route.ts'
import { draftHours } from './drafts.ts'

const name = 'windlion_filing'

/** Which draft this browser is about to send. The token is no address and no form of another page knows it. */
export const draftCookie = (token: string): Cookie => ({ name, value: token, maxAgeSeconds: draftHours * 3600 })
export const noDraftCookie: Cookie = { name, value: '', maxAgeSeconds: 0 }
export const draftTokenOf = (request: PageRequest): string | undefined => request.cookies[name]
