import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { Browser } from '../../../test/support/browser-less.ts'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makePerson, makeUnit, useTestKeys } from '../../../test/support/makers.ts'
import { act } from '../act.ts'
import { done, ProofNeeded, valueOf } from '../errors.ts'
import { hashPassword } from '../identity/password.ts'
import { grant } from '../identity/permissions.ts'
import { forgetAll } from '../identity/sessions.ts'
import { signIn } from '../identity/sign-in.ts'
import { file, get, json, post } from './route.ts'
import { buildServer, sessionCookie } from './server.ts'
import { provePath } from './step-up.tsx'

const { db } = await createTestDatabase()
const password = 'rock-lion-sea-wind'
const done_: string[] = []
const wipe = act('test.wipe', z.object({ what: z.string().min(1, '請填') }), async (_tx, _ctx, input) => { done_.push(input.what); return done() }, { stepUp: true })
let clerk: Awaited<ReturnType<typeof makePerson>>
let browser: Browser

beforeAll(async () => {
  useTestKeys()
  grant({ 'test.wipe': { clerk: 'all' } })
  clerk = await makePerson(db, '林示範', 'clerk', await makeUnit(db, '行政處'))
  await db.updateTable('people').set({ password_hash: await hashPassword(password) }).where('id', '=', clerk.person.id).execute()
  const app = await buildServer({
    db, publicDb: db, site: { county: '測試縣政府', demo: false, publicUrl: undefined }, publicFolder: new URL('../../../public', import.meta.url).pathname, behindProxy: false, logLevel: 'silent',
    routes: [
      get('/console/wipe', 'test.wipe', async (request) => json({ form: request.person.name })),
      post('/console/wipe', 'test.wipe', async (request) => json({ result: await wipe(request.caller, request.form), all: request.all('more'), q: request.query.q })),
      get('/console/export.csv', 'test.wipe', async () => file('a,b', 'text/csv', 'a.csv'), { stepUp: true }),
      post(provePath, 'signed-in', async (request) => ({ kind: 'redirect', to: request.form.back ?? '/' })),
    ],
  })
  afterAll(() => app.close())
  const { token } = valueOf(await signIn({ db, person: null }, { login: clerk.person.login, password })) as { token: string }
  browser = new Browser(app, { [sessionCookie]: token })
})

async function sitIdle(): Promise<void> {
  await db.updateTable('sessions').set({ proved_at: new Date(Date.now() - 16 * 60_000) }).execute()
  forgetAll()
}
const form = { action: '/console/wipe?q=1', multipart: false, fields: [['what', 'disk <b>'], ['more', 'x'], ['more', 'y']] as [string, string][] }

test('whoever has just signed in is not asked', async () => {
  expect(JSON.parse((await browser.submit(form)).text)).toMatchObject({ all: ['x', 'y'], q: '1' })
  expect(done_.splice(0)).toEqual(['disk <b>'])
})

test('after a while the act waits for a proof, carries along what was typed, and goes on', async () => {
  await sitIdle()
  const asked = await browser.submit(form)
  expect(asked.status).toBe(403)
  expect(asked.text).toContain('請再確認是您本人')
  expect(asked.text).not.toContain('disk') // sealed on its way
  const wrong = await browser.submit(asked.form('/console/wipe'), { proofPassword: 'wrong' })
  expect(wrong.errors).toEqual(['密碼不正確'])
  expect(done_).toEqual([])
  expect(JSON.parse((await browser.submit(wrong.form('/console/wipe'), { proofPassword: password })).text)).toMatchObject({ all: ['x', 'y'], q: '1' })
  expect(done_.splice(0)).toEqual(['disk <b>'])
  await browser.submit(form)
  expect(done_.splice(0), 'not asked again').toHaveLength(1)
})

test('an export that is declared so waits for it too, and then opens', async () => {
  await sitIdle()
  const asked = await browser.open('/console/export.csv?from=110')
  expect(asked.status).toBe(403)
  const proved = await browser.submit(asked.form(provePath), { proofPassword: password })
  expect(proved.headers.location).toBe('/console/export.csv?from=110')
  expect((await browser.follow(proved)).text).toBe('a,b')
})

test('what was sealed for one person, address or time opens for no other', async () => {
  await sitIdle()
  const asked = await browser.submit(form)
  const { fields } = asked.form('/console/wipe')
  const elsewhere = await browser.submit({ action: '/console/wipe', multipart: false, fields }, { proofPassword: password })
  expect(elsewhere.status).toBe(403) // its fields are not those of the sealed form: asked anew
  const torn = await browser.submit(asked.form('/console/wipe'), { _kept: fields[0]![1].slice(0, -4), proofPassword: password })
  expect(torn.status).toBe(403)
  expect(done_).toEqual([])
})

test('programs, jobs and callers without a session that was proved are refused', async () => {
  await expect(wipe({ db, person: clerk.person }, { what: 'x' })).rejects.toThrow(ProofNeeded)
  await expect(wipe({ db, person: clerk.person, session: { id: 1, proved: false } }, { what: 'x' })).rejects.toThrow(ProofNeeded)
})

test('wrong proofs wait like wrong sign-ins', async () => {
  await sitIdle()
  const asked = await browser.submit(form)
  const guess = () => browser.submit(asked.form('/console/wipe'), { proofPassword: 'wrong' })
  for (let n = 0; n < 5; n += 1) await guess()
  expect((await guess()).errors[0]).toContain('次數過多')
})
