import { hostname, networkInterfaces } from 'node:os'
import type { FastifyInstance } from 'fastify'

/**
 * Without an address of its own (WINDLION_URL) the service writes links by the host that a request names, also those of letters. Whoever could name any
 * host would have a letter with a secret link point to themselves; so then only names of this very machine are answered.
 */
export function onlyOwnHosts(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, next) => {
    if (request.url === '/healthz' || request.url === '/readyz' || isOwnHost(request.hostname)) return next()
    void reply.code(421).type('text/plain; charset=utf-8').send('這個網址不是本服務的。系統管理人員請以 WINDLION_URL 設定對外的網址。\nThis address is not one of this service: set WINDLION_URL.\n')
  })
}

/** A name or address of this machine, without its port. */
export function isOwnHost(given: string): boolean {
  const host = given.replace(/^\[|\]$/g, '').replace(/\.$/, '').toLowerCase()
  if (host === 'localhost' || host.endsWith('.localhost') || host === hostname().toLowerCase() || host === `${hostname().toLowerCase()}.local`) return true
  return Object.values(networkInterfaces()).some((each) => each?.some(({ address }) => address.toLowerCase() === host))
}
