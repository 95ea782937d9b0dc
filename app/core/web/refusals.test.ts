import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makePerson, makeUnit } from '../../../test/support/makers.ts'
import type { Db } from '../db.ts'
import { grant } from '../identity/permissions.ts'
import { tokenHash } from '../identity/sessions.ts'
import { tidy } from '../identity/tidy.ts'
import { write } from '../db.ts'
import { apiRoute, mountApi } from './api.ts'
import { refusalTotals } from './refusals.ts'
import { get, json, post } from './route.ts'
import { buildServer } from './server.ts'

let db: Db
let app: FastifyInstance
let clerk: number
const now = new Date('2026-11-28T02:00:00Z')
const cookie = { cookie: 'windlion_session=a-session-of-the-clerk-only-for-tests' }
const own = { origin: 'http://localhost:80', host: 'localhost:80' }

beforeAll(async () => {
  db = (await createTestDatabase()).db
  grant({ 'refusals.read': { clerk: 'all' }, 'refusals.forbidden': { administrator: 'all' } })
  clerk = (await makePerson(db, '林示範', 'clerk', await makeUnit(db, '行政處'))).person.id
  await db.insertInto('sessions').values({ token_hash: tokenHash('a-session-of-the-clerk-only-for-tests'), person_id: clerk, expires_at: new Date(Date.now() + 3_600_000), label: null }).execute()
  const routes = [get('/console/cases/:name', 'refusals.forbidden', async () => json({})), post('/console/mine', 'refusals.read', async () => json({}), { limit: 2 })]
  const api = [apiRoute({ method: 'GET', path: '/mine', permission: 'refusals.read', summary: '', response: z.any(), handle: async () => ({}) }), apiRoute({ method: 'GET', path: '/theirs', permission: 'refusals.forbidden', summary: '', response: z.any(), handle: async () => ({}) })]
  app = await buildServer({ db, publicDb: db, site: { county: '測試縣政府', demo: false, publicUrl: undefined }, routes, publicFolder: new URL('../../../public', import.meta.url).pathname, behindProxy: false, logLevel: 'silent', now: () => now, extend: (server) => mountApi(server, api, { db, publicDb: db, county: '測試縣政府' }) })
})
afterAll(() => app?.close())

test('what was refused is counted by day, person, reason and pattern of the address', async () => {
  for (const name of ['陳110-000001', '陳110-000002']) expect((await app.inject({ url: `/console/cases/${encodeURIComponent(name)}`, headers: cookie })).statusCode).toBe(403)
  expect((await app.inject({ url: '/api/v1/theirs', headers: cookie })).statusCode).toBe(403)
  expect((await app.inject({ url: '/api/v1/mine' })).statusCode).toBe(401)
  expect((await app.inject({ method: 'POST', url: '/console/mine', headers: { ...cookie, host: 'localhost:80', origin: 'https://evil.example' } })).statusCode).toBe(403)
  for (const status of [200, 200, 429]) expect((await app.inject({ method: 'POST', url: '/console/mine', headers: { ...cookie, ...own } })).statusCode).toBe(status)
  expect((await app.inject({ url: '/nowhere', headers: cookie })).statusCode).toBe(404)
  await expect.poll(() => rows(), { timeout: 10_000 }).toEqual([
    { on_day: '2026-11-28', person_id: null, reason: 'origin', permission: '', method: 'POST', route: '/console/mine', count: 1 },
    { on_day: '2026-11-28', person_id: clerk, reason: 'permission', permission: 'refusals.forbidden', method: 'GET', route: '/api/v1/theirs', count: 1 },
    { on_day: '2026-11-28', person_id: clerk, reason: 'permission', permission: 'refusals.forbidden', method: 'GET', route: '/console/cases/:name', count: 2 },
    { on_day: '2026-11-28', person_id: null, reason: 'sign-in', permission: '', method: 'GET', route: '/api/v1/mine', count: 1 },
    { on_day: '2026-11-28', person_id: null, reason: 'too-many', permission: '', method: 'POST', route: '/console/mine', count: 1 },
  ])
  expect([...refusalTotals()].find(({ permission }) => permission === 'refusals.forbidden')).toMatchObject({ permission: 'refusals.forbidden', count: 3 })
})

test('the same again that day adds to its row', async () => {
  await app.inject({ url: '/console/cases/1', headers: cookie })
  await expect.poll(async () => (await rows()).find(({ route }) => route === '/console/cases/:name')?.count, { timeout: 10_000 }).toBe(3)
})

test('the API takes so many requests a minute of one account, wherever it asks from, and fewer of an address that is nobody’s', async () => {
  const ask = async (times: number, remoteAddress: (at: number) => string, headers: Record<string, string>) => {
    const statuses = new Set<number>()
    for (let at = 0; at < times; at += 1) statuses.add((await app.inject({ url: '/api/v1/mine', headers, remoteAddress: remoteAddress(at) })).statusCode)
    return statuses
  }
  expect(await ask(650, (at) => `10.7.${at >> 8}.${at & 255}`, cookie)).toEqual(new Set([200, 429]))
  expect(await ask(350, () => '10.9.9.9', {})).toEqual(new Set([401, 429]))
  expect(await ask(50, () => '127.0.0.1', cookie)).toEqual(new Set([200]))
})

test('counts go after four hundred days', async () => {
  await write(db, (tx) => tidy(tx, new Date('2027-12-01T00:00:00Z')))
  expect((await rows()).length).toBeGreaterThan(0)
  await write(db, (tx) => tidy(tx, new Date('2028-02-01T00:00:00Z')))
  expect(await rows()).toEqual([])
})

const rows = () => db.selectFrom('refused_requests').select(['on_day', 'person_id', 'reason', 'permission', 'method', 'route', 'count']).orderBy('reason').orderBy('route').execute()
