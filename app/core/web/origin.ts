import type { FastifyRequest } from 'fastify'
import { ForeignWrite } from './refusals.ts'

/**
 * A form of another site must not act in our visitor's name: a write that carries cookies names our own origin (scheme, host and port), or
 * the browser says that it comes from here. `Origin: null`, another port, scheme or a subdomain are foreign. What carries a token of its own,
 * or nothing at all, has no session that could be abused.
 */
export function foreignWrite(request: FastifyRequest): Error | undefined {
  if (request.method === 'GET' || request.method === 'HEAD' || request.headers.authorization !== undefined) return undefined
  const { origin, cookie } = request.headers
  const site = request.headers['sec-fetch-site']
  const own = origin !== undefined ? URL.canParse(origin) && new URL(origin).origin === ownOrigin(request) : site === 'same-origin' || site === 'none' || (site === undefined && cookie === undefined)
  return own ? undefined : new ForeignWrite()
}

/** scheme://host as the visitor sees it, the default port left out as browsers do. */
function ownOrigin(request: FastifyRequest): string | null {
  const text = `${request.protocol}://${request.host}`
  return URL.canParse(text) ? new URL(text).origin : null
}

/** The path of the page of ours that the visitor comes from, without its query; null from elsewhere. */
export function refererOf(request: FastifyRequest): string | null {
  const { referer } = request.headers
  return referer !== undefined && URL.canParse(referer) && new URL(referer).origin === ownOrigin(request) ? new URL(referer).pathname : null
}
