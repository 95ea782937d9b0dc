import type { FastifyRequest } from 'fastify'

/** Too many requests: mapped to 429 by errors.ts. */
class TooMany extends Error {
  statusCode = 429
}

const minuteMs = 60_000
let counted = new Map<string, number>()
let window = 0

/** Requests a minute to all of /api/v1 together: of one account, wherever it asks from; of one address, of those who are not signed in. */
const apiLimits = { account: 600, address: 300 }

/** A program on this very machine is the operator's own (the bench, a nightly export): it is not counted. Behind a proxy nobody has such an address. */
export function countForApi(request: FastifyRequest, personId: number | null): void {
  if (['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.ip)) return
  if (personId === null) countFor('api', `address ${addressOf(request)}`, apiLimits.address)
  else countFor('api', `account ${personId}`, apiLimits.account)
}

/** Counts a request of an account or address for a route; throws beyond `most` a minute. In the memory of this process: a restart forgets. */
export function countFor(route: string, who: string, most: number, now = Date.now()): void {
  const minute = Math.floor(now / minuteMs)
  if (minute !== window) {
    window = minute
    counted = new Map()
  }
  const key = `${route}\n${who}`
  const count = (counted.get(key) ?? 0) + 1
  counted.set(key, count)
  if (count > most) throw new TooMany(`more than ${most} a minute`)
}

/** Whom a limit by address counts: an IPv6 customer has at least a /64 to choose from, so that counts as one. */
export function addressOf(request: FastifyRequest): string {
  const { ip } = request
  if (!ip.includes(':') || ip.startsWith('::ffff:')) return ip
  const [head = '', tail = ''] = ip.split('::')
  const groups = head.split(':').filter(Boolean)
  const last = tail.split(':').filter(Boolean)
  const whole = ip.includes('::') ? [...groups, ...Array.from({ length: 8 - groups.length - last.length }, () => '0'), ...last] : groups
  return `${whole.slice(0, 4).join(':')}::/64`
}
