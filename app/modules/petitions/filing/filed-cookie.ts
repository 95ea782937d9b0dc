import type { Day } from '../../../core/time.ts'
import type { PageRequest } from '../../../core/web/route.ts'
import { readSealed, sealedCookie } from '../../../core/filing/follow-session.ts'

/** What the page after filing shows: sealed, for an hour, in this browser only. */
export type Filed = { id: number; followNo: string; code: string; email: string; untilOn: Day }

const name = 'windlion_filed'
const hours = 1

export const filedCookie = (filed: Filed) => sealedCookie(name, filed, hours * 3600)
export const filedOf = (request: PageRequest): Filed | null => readSealed<Filed>(request.cookies[name])
