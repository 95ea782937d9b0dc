import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Db } from '../db.ts'
import { NotFound } from '../errors.ts'
import { refusalTotals } from '../web/refusals.ts'
import { mayMeasure } from './health.ts'
import { lastOperations } from './operations.ts'
import { processFacts, readStatus } from './status.ts'

/**
 * `/metrics` for Prometheus: requests by pattern of their route (never by address: numbers of cases stay out), the process, the pool, jobs, mail and the
 * record. Only from this machine, or with `WINDLION_METRICS_TOKEN` as a bearer token; to others there is no such page.
 */
export function mountMetrics(app: FastifyInstance, db: Db, { token, behindProxy }: { token: string | undefined; behindProxy: boolean }): void {
  const register = new Registry()
  collectDefaultMetrics({ register })
  const requests = new Histogram({ name: 'windlion_request_seconds', help: 'Time to answer a request', labelNames: ['method', 'route', 'status'], buckets: [0.005, 0.02, 0.1, 0.5, 2, 10], registers: [register] })
  app.addHook('onResponse', async (request, reply) => {
    requests.observe({ method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode }, reply.elapsedTime / 1000)
  })
  register.registerMetric(new Counter({
    name: 'windlion_refused_total', help: 'Requests refused: permission missing, nobody signed in, sent from another site, too many', labelNames: ['reason', 'permission'], registers: [],
    collect() {
      this.reset()
      for (const { reason, permission, count } of refusalTotals()) this.inc({ reason, permission }, count)
    },
  }))
  const gauges = makeGauges(register)
  app.get('/metrics', async (request, reply) => {
    if (!mayMeasure(request, token, behindProxy)) throw new NotFound()
    await gauges(db)
    return reply.type(register.contentType).header('cache-control', 'no-store').send(await register.metrics())
  })
}

function makeGauges(register: Registry): (db: Db) => Promise<void> {
  const gauge = (name: string, help: string, labelNames: string[] = []) => new Gauge({ name: `windlion_${name}`, help, labelNames, registers: [register] })
  const up = gauge('database_up', '1 while the database answers')
  const pool = gauge('pool_connections', 'Connections of the pool', ['state'])
  const disk = gauge('disk_free_bytes', 'Free space for the data folder')
  const jobs = gauge('jobs', 'Background jobs', ['state'])
  const jobsOldest = gauge('jobs_oldest_seconds', 'How long the oldest due job has waited')
  const mail = gauge('mail', 'Messages in the outbox', ['state'])
  const mailOldest = gauge('mail_oldest_seconds', 'How long the oldest queued message has waited')
  const sealed = gauge('events_sealed', 'Events in the Merkle tree')
  const lag = gauge('sealing_lag_seconds', 'Age of the oldest event that is not sealed')
  const signed = gauge('checkpoint_size', 'Events under the newest signed checkpoint')
  const copies = gauge('checkpoint_copy_size', 'Events under the checkpoint that reached another place last', ['place'])
  const last = gauge('last_operation_timestamp_seconds', 'When the last backup, restore, drill ended well', ['what'])
  return async (db) => {
    const facts = processFacts()
    if (facts) {
      pool.set({ state: 'total' }, facts.pool.totalCount)
      pool.set({ state: 'idle' }, facts.pool.idleCount)
      pool.set({ state: 'waiting' }, facts.pool.waitingCount)
    }
    const found = await Promise.all([readStatus(db), lastOperations(db)]).catch(() => null)
    up.set(found ? 1 : 0)
    if (!found) return
    const [status, operations] = found
    if (status.disk) disk.set(status.disk.free)
    jobs.set({ state: 'failed' }, status.jobs.failed)
    jobs.set({ state: 'waiting' }, status.jobs.waiting)
    jobsOldest.set(status.jobs.oldest)
    mail.set({ state: 'queued' }, status.mail.queued)
    mail.set({ state: 'failed' }, status.mail.failed)
    mailOldest.set(status.mail.oldest)
    sealed.set(status.record.sealed)
    lag.set(status.record.lag)
    signed.set(status.record.signedSize)
    for (const { place, size } of status.copies) copies.set({ place }, size)
    for (const { what, ok, at } of operations) if (ok) last.set({ what }, at.getTime() / 1000)
  }
}
