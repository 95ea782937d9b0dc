import { seal, unseal } from '../personal-data/index.ts'
import type { Cookie, PageRequest } from '../web/route.ts'

/**
 * Who has shown the code of which cases: a sealed cookie that ends by itself, so that the code is in no address
 * and nothing about residents is kept on the server.
 */
type Opened = { id: number; until: number }

const name = 'windlion_follow'
const hours = 2
/** As many as somebody follows side by side. */
const openAtOnce = 8

/** The cookie that opens this case besides those already open. */
export function openFollow(request: PageRequest, caseId: number): Cookie {
  const others = readOpened(request).filter((one) => one.id !== caseId)
  const opened = [{ id: caseId, until: request.now.getTime() + hours * 3_600_000 }, ...others].slice(0, openAtOnce)
  return { name, value: seal(JSON.stringify(opened))!.toString('base64url'), maxAgeSeconds: hours * 3600 }
}

export function isOpen(request: PageRequest, caseId: number): boolean {
  return readOpened(request).some((one) => one.id === caseId)
}

export const closeFollow: Cookie = { name, value: '', maxAgeSeconds: 0 }

function readOpened(request: PageRequest): Opened[] {
  const opened = readSealed<Opened[]>(request.cookies[name])
  return (opened ?? []).filter((one) => one.until > request.now.getTime())
}

/** What a sealed cookie holds; null when there is none, or it is not ours. */
export function readSealed<T>(value: string | undefined): T | null {
  if (!value || value.length > 4000) return null
  try {
    return JSON.parse(unseal(Buffer.from(value, 'base64url')) ?? 'null') as T | null
  } catch {
    return null // made by somebody else, or with keys of before
  }
}

export function sealedCookie(cookieName: string, content: unknown, maxAgeSeconds: number): Cookie {
  return { name: cookieName, value: seal(JSON.stringify(content))!.toString('base64url'), maxAgeSeconds }
}
