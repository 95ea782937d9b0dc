import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makePetition, useTestKeys } from '../../../test/support/makers.ts'
import { signCheckpoint } from '../events/checkpoints.ts'
import { useCheckpointPlaces } from '../events/send-checkpoints.ts'
import { openJobs } from '../jobs/jobs.ts'
import { buildServer } from '../web/server.ts'
import { checksOf, mountReadiness } from './health.ts'
import { mountMetrics } from './metrics.ts'
import { noteOperation } from './operations.ts'
import { readStatus, useProcess } from './status.ts'

const { db, pool } = await createTestDatabase()
let app: FastifyInstance
const serverWith = async (token?: string) => buildServer({
  db, publicDb: db, site: { county: '測試縣政府', demo: false, publicUrl: undefined }, routes: [], publicFolder: new URL('../../../public', import.meta.url).pathname, behindProxy: false, logLevel: 'silent',
  extend: async (server) => {
    mountReadiness(server, db)
    mountMetrics(server, db, { token, behindProxy: false })
  },
})
beforeAll(async () => {
  useTestKeys()
  await openJobs(db)
  useProcess({ dataFolder: '/tmp', pool, unguarded: null, location: 'here' })
  app = await serverWith()
})
afterAll(() => app.close())

test('the service is ready while the database answers, and says which check wants a look', async () => {
  const answer = await app.inject('/readyz')
  expect(answer.statusCode).toBe(200)
  expect(answer.json()).toMatchObject({ ready: true, checks: { database: 'ok', jobs: 'ok', mail: 'ok', record: 'ok' } })
})

test('what lies too long or failed is a warning; a full disk means nobody should be sent here', async () => {
  await makePetition(db, new Date('2021-05-03T10:00:00+08:00'))
  const status = await readStatus(db)
  expect(status.record).toMatchObject({ sealed: 0, signedSize: 0 })
  expect(status.record.unsealed).toBeGreaterThan(0)
  const { size } = await signCheckpoint(db)
  expect((await readStatus(db)).record).toMatchObject({ sealed: size, unsealed: 0, lag: 0, signedSize: size })
  useCheckpointPlaces(['/mnt/none/kept.txt'])
  const late = checksOf(await readStatus(db))
  expect(late.checkpoints).toBe('warn')
  useCheckpointPlaces([])
  expect(checksOf({ ...status, jobs: { failed: 1, waiting: 0, oldest: 0 } }).jobs).toBe('warn')
  expect(checksOf({ ...status, mail: { failed: 0, queued: 1, oldest: 3601 } }).mail).toBe('warn')
  expect(checksOf({ ...status, record: { ...status.record, lag: 301 } }).record).toBe('warn')
  expect(checksOf({ ...status, disk: { free: 2 ** 30, total: 2 ** 40 } }).disk).toBe('warn')
  expect(checksOf({ ...status, disk: { free: 1, total: 2 ** 40 } }).disk).toBe('fail')
})

test('metrics name routes, not addresses, and the state of record, jobs and backups', async () => {
  await noteOperation(db, 'backup', true, { rows: 1 })
  await app.inject('/readyz?secret=陳110-000001')
  await app.inject('/petitions/陳110-000001')
  const { body, statusCode } = await app.inject('/metrics')
  expect(statusCode).toBe(200)
  expect(body).toMatch(/windlion_request_seconds_count\{method="GET",route="\/readyz",status="200"\} \d/)
  expect(body).toMatch(/windlion_events_sealed [1-9]/)
  expect(body).toMatch(/windlion_last_operation_timestamp_seconds\{what="backup"\} \d/)
  expect(body).toMatch(/windlion_database_up 1/)
  expect(body).toMatch(/# TYPE windlion_refused_total counter/)
  expect(body).not.toMatch(/陳110|%E9%99%B3/)
})

test('others than this machine have no metrics, unless they bring the token', async () => {
  expect((await app.inject({ url: '/metrics', remoteAddress: '10.0.0.9' })).statusCode).toBe(404)
  expect((await app.inject({ url: '/metrics', headers: { 'x-forwarded-for': '10.0.0.9' } })).statusCode).toBe(404)
  const guarded = await serverWith('a-token-of-the-county')
  expect((await guarded.inject('/metrics')).statusCode).toBe(404)
  expect((await guarded.inject({ url: '/metrics', remoteAddress: '10.0.0.9', headers: { authorization: 'Bearer a-token-of-the-county' } })).statusCode).toBe(200)
  await guarded.close()
})

test('while the database is away the service lives but is not ready', async () => {
  const gone = await buildServer({ db, publicDb: db, site: { county: '測試縣政府', demo: false, publicUrl: undefined }, routes: [], publicFolder: new URL('../../../public', import.meta.url).pathname, behindProxy: false, logLevel: 'silent', extend: async (server) => mountReadiness(server, db) })
  await sql`alter table mail_messages rename to away`.execute(db)
  const answer = await gone.inject('/readyz')
  await sql`alter table away rename to mail_messages`.execute(db)
  expect(answer.statusCode).toBe(503)
  expect(answer.json()).toEqual({ ready: false, checks: { database: 'fail' } })
  expect((await gone.inject('/healthz')).statusCode).toBe(200)
  await gone.close()
})
