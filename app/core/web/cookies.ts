import type { FastifyReply, FastifyRequest } from 'fastify'

/** Over TLS a cookie's name binds it to this very host and to TLS: neither a subdomain nor a plain connection can plant one. */
const boundPrefix = '__Host-'
const nameOn = (request: FastifyRequest, name: string): string => (request.protocol === 'https' ? `${boundPrefix}${name}` : name)

export function readCookie(request: FastifyRequest, name: string): string | undefined {
  return request.cookies[nameOn(request, name)]
}

/** All of ours by their plain names; what is not bound to this host is none of ours over TLS. */
export function readCookies(request: FastifyRequest): Record<string, string> {
  const all = Object.entries(request.cookies).filter((one): one is [string, string] => one[1] !== undefined)
  if (request.protocol !== 'https') return Object.fromEntries(all)
  return Object.fromEntries(all.filter(([name]) => name.startsWith(boundPrefix)).map(([name, value]) => [name.slice(boundPrefix.length), value]))
}

export function writeCookie(reply: FastifyReply, name: string, value: string, maxAgeSeconds: number): void {
  reply.setCookie(nameOn(reply.request, name), value, { path: '/', httpOnly: true, sameSite: 'lax', secure: reply.request.protocol === 'https', maxAge: maxAgeSeconds })
}
