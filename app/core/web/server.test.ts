import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makePerson, makeUnit } from '../../../test/support/makers.ts'
import type { Db } from '../db.ts'
import { NotFound } from '../errors.ts'
import { hashPassword } from '../identity/password.ts'
import { grant } from '../identity/permissions.ts'
import { signIn } from '../identity/sign-in.ts'
import { file, get, json, post, redirect, type Route } from './route.ts'
import { buildServer } from './server.ts'

let db: Db
let app: FastifyInstance
let cookie: string

const site = { county: '測試縣政府', demo: false, publicUrl: undefined }
const serverOf = (routes: Route[]) => buildServer({ db, publicDb: db, site, routes, publicFolder: new URL('../../../public', import.meta.url).pathname, behindProxy: false, logLevel: 'silent' })

beforeAll(async () => {
  db = (await createTestDatabase()).db
  grant({ 'test.read': { clerk: 'all' }, 'test.forbidden': { administrator: 'all' } })
  const unit = await makeUnit(db, '行政處')
  const clerk = await makePerson(db, '林示範', 'clerk', unit)
  await db.updateTable('people').set({ password_hash: await hashPassword('a-long-password') }).where('id', '=', clerk.person.id).execute()
  const signedIn = await signIn({ db, person: null }, { login: clerk.person.login, password: 'a-long-password' })
  cookie = `windlion_session=${(signedIn as { value: { token: string } }).value.token}`
  app = await serverOf([
    get('/open', 'public', async (request) => json({ q: request.query.q ?? null, person: request.person?.name ?? null })),
    get('/console/mine', 'test.read', async (request) => json({ name: request.person.name })),
    get('/console/forbidden', 'test.forbidden', async () => json({})),
    get('/console/missing', 'test.read', async () => { throw new NotFound('找不到這件') }),
    get('/console/broken', 'test.read', async () => { throw new Error('secret detail') }),
    get('/away', 'public', async (request) => redirect(request.query.to ?? '/', '做好了')),
    get('/file', 'public', async () => file('x', 'text/plain', '答復 1.txt')),
    post('/write', 'public', async (request) => json({ form: request.form, files: request.files.map((one) => [one.filename, one.bytes.length]) }), { upload: true }),
    post('/console/write', 'test.read', async () => json({ ok: true })),
  ])
})
afterAll(() => app.close())

const own = { origin: 'http://localhost:80', host: 'localhost:80' }

test('a route without a declared permission does not start', async () => {
  await expect(serverOf([get('/x', 'nobody.declared-this', async () => json({}))])).rejects.toThrow('not declared')
})

test('a visitor who is not signed in is led to sign in, and back', async () => {
  const answer = await app.inject({ url: '/console/mine?a=1' })
  expect(answer.statusCode).toBe(303)
  expect(answer.headers.location).toBe('/sign-in?back=%2Fconsole%2Fmine%3Fa%3D1')
})

test('somebody signed in sees their page; without the permission 403', async () => {
  expect((await app.inject({ url: '/console/mine', headers: { cookie } })).json()).toEqual({ name: '林示範' })
  const forbidden = await app.inject({ url: '/console/forbidden', headers: { cookie } })
  expect(forbidden.statusCode).toBe(403)
  expect(forbidden.body).toContain('沒有權限')
})

test('what is missing is 404 with its sentence; a fault is 500 with a number and no detail', async () => {
  const missing = await app.inject({ url: '/console/missing', headers: { cookie } })
  expect(missing.statusCode).toBe(404)
  expect(missing.body).toContain('找不到這件')
  const broken = await app.inject({ url: '/console/broken', headers: { cookie } })
  expect(broken.statusCode).toBe(500)
  expect(broken.body).not.toContain('secret detail')
  expect((await app.inject({ url: '/nowhere' })).statusCode).toBe(404)
})

test('a write from another site is refused; one without an origin only when the browser says it is ours', async () => {
  const write = (headers: Record<string, string>) => app.inject({ method: 'POST', url: '/console/write', headers: { host: 'localhost:80', cookie, ...headers } })
  expect((await write({ origin: 'https://evil.example' })).statusCode).toBe(403)
  expect((await write({ origin: 'null' })).statusCode).toBe(403)
  expect((await write({ 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403)
  expect((await write(own)).statusCode).toBe(200)
})

test('nobody is sent to another site', async () => {
  for (const to of ['https://evil.example', '//evil.example', '/\\evil.example'])
    expect((await app.inject({ url: `/away?to=${encodeURIComponent(to)}` })).headers.location).toBe('/')
  expect((await app.inject({ url: '/away?to=/petitions' })).headers.location).toBe('/petitions')
})

test('the sentence after a write shows once', async () => {
  const answer = await app.inject({ url: '/away' })
  const flash = answer.cookies.find((one) => one.name === 'windlion_flash')!
  expect(flash).toMatchObject({ value: '做好了', httpOnly: true })
  const next = await app.inject({ url: '/open', cookies: { windlion_flash: flash.value } })
  expect(next.cookies.find((one) => one.name === 'windlion_flash')?.value).toBe('')
})

test('forms lose U+0000 and keep everything else; files arrive by name', async () => {
  const form = await app.inject({ method: 'POST', url: '/write', headers: { ...own, 'content-type': 'application/x-www-form-urlencoded' }, payload: 'a=%E5%A0%83%00%F0%A0%AE%B7&b=1%0D%0A2' })
  expect(form.json().form).toEqual({ a: '堃𠮷', b: '1\n2' })
  const boundary = 'xyz'
  const payload = `--${boundary}\r\ncontent-disposition: form-data; name="t"\r\n\r\n甲\r\n--${boundary}\r\ncontent-disposition: form-data; name="f"; filename="a.txt"\r\ncontent-type: text/plain\r\n\r\nhello\r\n--${boundary}--\r\n`
  const upload = await app.inject({ method: 'POST', url: '/write', headers: { ...own, 'content-type': `multipart/form-data; boundary=${boundary}` }, payload })
  expect(upload.json()).toEqual({ form: { t: '甲' }, files: [['a.txt', 5]] })
})

test('every answer says what the browser may not do', async () => {
  const { headers } = await app.inject({ url: '/open' })
  expect(headers['content-security-policy']).toContain("script-src 'self'")
  expect(headers['content-security-policy']).not.toContain('unsafe')
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect((await app.inject({ url: '/file' })).headers['content-disposition']).toBe("attachment; filename*=UTF-8''%E7%AD%94%E5%BE%A9%201.txt")
})
