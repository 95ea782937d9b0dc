import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Db } from '../db.ts'
import { diskIsFull, diskIsShort, readStatus, type Status } from './status.ts'

/** ok; warn: somebody should look, but the service can serve; fail: send nobody here. */
export type Check = 'ok' | 'warn' | 'fail'

const minutes = 60

export function checksOf({ disk, jobs, mail, record, copies }: Status): Record<string, Check> {
  return {
    database: 'ok',
    migrations: 'ok', // a start that could not apply them serves nobody
    disk: disk && diskIsFull(disk) ? 'fail' : disk && diskIsShort(disk) ? 'warn' : 'ok',
    jobs: jobs.failed > 0 || jobs.oldest > 15 * minutes ? 'warn' : 'ok',
    mail: mail.failed > 0 || mail.oldest > 60 * minutes ? 'warn' : 'ok',
    record: record.lag > 5 * minutes ? 'warn' : 'ok',
    checkpoints: copies.some(({ size, sentAt }) => size < record.signedSize && (!sentAt || Date.now() - sentAt.getTime() > 26 * 60 * minutes * 1000)) ? 'warn' : 'ok',
  }
}

/** `/readyz` for load balancers: 200 or 503, and the name of each check; no numbers, so that anybody may ask. `/healthz`, that the process lives, is in web/server.ts. */
export function mountReadiness(app: FastifyInstance, db: Db): void {
  app.get('/readyz', { config: { rateLimit: { max: 120, timeWindow: '1 minute' } } }, async (request, reply) => {
    const checks = await readStatus(db).then(checksOf, (error: unknown) => {
      request.log.warn({ error: String((error as Error)?.message) }, 'not ready')
      return { database: 'fail' as const }
    })
    const ready = !Object.values(checks).includes('fail')
    return reply.code(ready ? 200 : 503).header('cache-control', 'no-store').send({ ready, checks })
  })
}

/** From this machine itself, past no proxy, or with the token. */
export function mayMeasure(request: FastifyRequest, token: string | undefined, behindProxy: boolean): boolean {
  if (token) return request.headers.authorization === `Bearer ${token}`
  const isForwarded = behindProxy || request.headers['x-forwarded-for'] !== undefined || request.headers.forwarded !== undefined
  return !isForwarded && /^(127\.|::1$|::ffff:127\.)/.test(request.socket.remoteAddress ?? '')
}
