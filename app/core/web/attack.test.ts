import { once } from 'node:events'
import { connect as open } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makePerson, makeUnit } from '../../../test/support/makers.ts'
import { grant } from '../identity/permissions.ts'
import { tokenHash } from '../identity/sessions.ts'
import { file, get, json, post, redirect, type Route } from './route.ts'
import { buildServer, withinSite } from './server.ts'

const { db } = await createTestDatabase()
const token = 'a-token-of-a-clerk-that-is-long-enough-000'
const routes: Route[] = [
  get('/open', 'public', async (request) => json({ ip: request.ip, cookies: request.cookies, origin: request.origin })),
  get('/set', 'public', async () => ({ kind: 'redirect', to: '/open', cookies: [{ name: 'windlion_session', value: token, maxAgeSeconds: 60 }] })),
  get('/away', 'public', async (request) => redirect(request.query.to ?? '/', '好了')),
  get('/few', 'public', async () => json({}), { limit: 2 }),
  get('/console/mine', 'test.attack', async (request) => json({ name: request.person.name })),
  get('/console/export', 'test.attack', async () => file('x', 'text/csv', 'a.csv'), { limit: 3 }),
  get('/file', 'public', async () => file('x', 'text/csv', 'a"\r\nset-cookie: x=1.csv')),
  post('/console/write', 'test.attack', async (request) => json({ form: request.form })),
]
const site = { county: '測試縣政府', demo: false, publicUrl: undefined }
const build = (behindProxy: boolean, more = {}) => buildServer({ db, publicDb: db, site, routes, publicFolder: new URL('../../../public', import.meta.url).pathname, behindProxy, logLevel: 'silent', ...more })
let plain: FastifyInstance
let proxied: FastifyInstance

beforeAll(async () => {
  grant({ 'test.attack': { clerk: 'all' } })
  const clerk = await makePerson(db, '林示範', 'clerk', await makeUnit(db, '行政處'))
  await db.insertInto('sessions').values({ token_hash: tokenHash(token), person_id: clerk.person.id, expires_at: new Date(Date.now() + 3_600_000), label: null }).execute()
  plain = await build(false)
  proxied = await build(true)
})
afterAll(() => Promise.all([plain.close(), proxied.close()]))

const cookie = `windlion_session=${token}`
const tls = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'portal.example', host: 'inner:80' }

test.each(['https://evil.example', '//evil.example', '/\\evil.example', '/\t/evil.example', '/\n/evil.example', '\\/evil.example', 'javascript:alert(1)', '/x/..//evil.example', '///evil.example', '/\u0000/evil.example'])('nobody is sent to %j', async (to) => {
  expect(new URL(withinSite(to), 'https://portal.example').host).toBe('portal.example')
  const answer = await plain.inject({ url: `/away?to=${encodeURIComponent(to)}` })
  expect(answer.statusCode).toBe(303)
  expect(new URL(String(answer.headers.location), 'https://portal.example').origin).toBe('https://portal.example')
})

test('an address in Chinese is sent in the form that headers can carry, once', () => {
  expect(withinSite('/console/petitions/陳110-000001?a=%20')).toBe('/console/petitions/%E9%99%B3110-000001?a=%20')
  expect(withinSite('/console/petitions/%E9%99%B3110-000001')).toBe('/console/petitions/%E9%99%B3110-000001')
})

test('only the exact origin writes: not null, another scheme, port, subdomain or a name that ends alike', async () => {
  const write = (headers: Record<string, string>, app = plain) => app.inject({ method: 'POST', url: '/console/write', headers: { host: 'portal.example', cookie, ...headers } })
  for (const origin of ['null', 'https://portal.example', 'http://portal.example:8080', 'http://a.portal.example', 'http://evilportal.example', 'http://portal.example.evil', 'http://portal.example@evil', 'file://', ''])
    expect([origin, (await write({ origin })).statusCode]).toEqual([origin, 403])
  expect((await write({})).statusCode, 'a cookie without any word of where it comes from').toBe(403)
  expect((await write({ 'sec-fetch-site': 'same-site' })).statusCode).toBe(403)
  expect((await write({ origin: 'http://portal.example' })).statusCode).toBe(200)
  expect((await write({ 'sec-fetch-site': 'same-origin' })).statusCode).toBe(200)
  const bound = { cookie: `__Host-${cookie}` }
  expect((await write({ ...tls, ...bound, origin: 'http://portal.example' }, proxied)).statusCode).toBe(403)
  expect((await write({ ...tls, ...bound, origin: 'https://portal.example' }, proxied)).statusCode).toBe(200)
})

test('a request with a token of its own does not fall back to a cookie whose origin nobody asked for', async () => {
  const as = (authorization: string) => plain.inject({ method: 'POST', url: '/console/write', headers: { cookie, authorization, origin: 'https://evil.example' } })
  expect((await as(`Bearer ${token}`)).statusCode).toBe(200)
  for (const authorization of ['Bearer x', 'Bearer', 'Basic eDp5', '']) expect((await as(authorization)).statusCode).not.toBe(200)
})

test('over TLS cookies are bound to this host, and planted ones are not read', async () => {
  const set = (await proxied.inject({ url: '/set', headers: tls })).headers['set-cookie']
  expect(String(set)).toMatch(/^__Host-windlion_session=.*Path=\/; HttpOnly; Secure; SameSite=Lax$/)
  expect((await proxied.inject({ url: '/console/mine', headers: { ...tls, cookie } })).statusCode).toBe(303)
  expect((await proxied.inject({ url: '/console/mine', headers: { ...tls, cookie: `__Host-${cookie}` } })).json()).toEqual({ name: '林示範' })
  const flat = (await plain.inject({ url: '/set' })).headers['set-cookie']
  expect(String(flat)).toMatch(/^windlion_session=.*HttpOnly; SameSite=Lax$/)
})

test('what stands in forwarded headers is believed of the proxy alone, and only when there is one', async () => {
  const forged = { 'x-forwarded-for': '1.2.3.4', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example' }
  const direct = await plain.inject({ url: '/open', headers: { host: 'portal.example', ...forged }, remoteAddress: '9.9.9.9' })
  expect(direct.json()).toMatchObject({ ip: '9.9.9.9', origin: 'http://portal.example' })
  expect(direct.headers['strict-transport-security']).toBeUndefined()
  // the visitor wrote 1.2.3.4, the proxy added whom it saw
  const through = await proxied.inject({ url: '/open', headers: { ...tls, 'x-forwarded-for': '1.2.3.4, 5.6.7.8' }, remoteAddress: '127.0.0.1' })
  expect(through.json()).toMatchObject({ ip: '5.6.7.8', origin: 'https://portal.example' })
  expect(through.headers['strict-transport-security']).toContain('max-age=31536000')
})

test('limits count addresses, an IPv6 network as one, and accounts from wherever they come', async () => {
  const few = async (remoteAddress: string) => (await plain.inject({ url: '/few', remoteAddress })).statusCode
  expect([await few('10.0.0.1'), await few('10.0.0.1'), await few('10.0.0.1'), await few('10.0.0.2')]).toEqual([200, 200, 429, 200])
  expect([await few('2001:db8:1:2::1'), await few('2001:db8:1:2:ffff::9'), await few('2001:db8:1:2::3'), await few('2001:db8:1:3::1')]).toEqual([200, 200, 429, 200])
  const statuses: number[] = []
  for (let n = 0; n < 8; n += 1) statuses.push((await plain.inject({ url: '/console/export', remoteAddress: `10.1.0.${n}`, headers: { cookie } })).statusCode)
  expect(statuses).toContain(200)
  expect(statuses.slice(-1)).toEqual([429]) // a minute may turn in between, not twice
})

test('a file name cannot end its header', async () => {
  const answer = await plain.inject({ url: '/file' })
  expect(answer.headers['set-cookie']).toBeUndefined()
  expect(answer.headers['content-disposition']).toBe("attachment; filename*=UTF-8''a%22%0D%0Aset-cookie%3A%20x%3D1.csv")
})

test('every answer carries the headers of the OWASP list, pages are not kept', async () => {
  for (const url of ['/open', '/nowhere', '/console/mine', '/static/favicon.svg', '/healthz']) {
    const { headers } = await plain.inject({ url })
    expect(headers, url).toMatchObject({
      'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'same-origin', 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin', 'x-permitted-cross-domain-policies': 'none', 'permissions-policy': expect.stringContaining('camera=()'), 'content-security-policy': expect.stringMatching(/^default-src 'self'.*frame-ancestors 'none'$/),
    })
    expect(headers['x-powered-by'] ?? headers.server, url).toBeUndefined()
  }
  expect((await plain.inject({ url: '/nowhere' })).headers['cache-control']).toBe('private, no-store')
})

test('bodies over the limit, odd fields and odd methods are refused in order', async () => {
  const form = { host: 'portal.example', origin: 'http://portal.example', cookie, 'content-type': 'application/x-www-form-urlencoded' }
  expect((await plain.inject({ method: 'POST', url: '/console/write', headers: form, payload: `a=${'x'.repeat(1024 * 1024 + 1)}` })).statusCode).toBe(413)
  expect((await plain.inject({ method: 'POST', url: '/console/write', headers: form, payload: '__proto__=1&constructor=2&a[b]=3' })).json().form).toEqual(expect.objectContaining({ constructor: '2', 'a[b]': '3' }))
  expect((await plain.inject({ method: 'POST', url: '/console/write', headers: { ...form, 'content-type': 'text/xml' }, payload: '<a/>' })).statusCode).toBe(415)
  for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS'] as const) expect((await plain.inject({ method, url: '/console/write', headers: form })).statusCode, method).toBe(404)
  expect((await plain.inject({ method: 'TRACE' as never, url: '/console/write', headers: form })).statusCode).toBe(404)
})

test('who sends headers drop by drop is let go', async () => {
  const app = await build(false, { connection: { headersTimeout: 200, connectionsCheckingInterval: 50 } })
  const address = new URL(await app.listen({ port: 0, host: '127.0.0.1' }))
  const socket = open(Number(address.port), address.hostname)
  socket.on('error', () => {})
  let said = ''
  socket.on('data', (part) => { said += part })
  socket.write('GET /open HTTP/1.1\r\nHost: x\r\nX-Slow: ')
  await once(socket, 'close')
  expect(said).toContain('408')
  await app.close()
})
