import { beforeAll, beforeEach, expect, test } from 'vitest'
import { generate } from 'otplib'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makePerson, makeUnit, useTestKeys } from '../../../test/support/makers.ts'
import { write } from '../db.ts'
import { isRefusal, type Result, valueOf } from '../errors.ts'
import { countAttempt } from './attempts.ts'
import { deviceLabel, addressRange } from './devices.ts'
import { hashPassword } from './password.ts'
import { changePassword, clearSecondFactor, resetPerson } from './people.ts'
import { grant } from './permissions.ts'
import { renewRecoveryCodes } from './recovery-codes.ts'
import { saveSecondFactorPolicy } from './second-factor.ts'
import { endOtherSessions, endSession, endSessionsOf, findSession, findSessions } from './sessions.ts'
import { beginPasskey } from './passkeys.ts'
import { finishSignIn, signIn, type SignedIn } from './sign-in.ts'
import { tidy } from './tidy.ts'
import { beginTotp, confirmTotp, findWaitingTotp, removeTotp } from './totp.ts'

const { db } = await createTestDatabase()
const password = 'rock-lion-sea-wind'
const anyone = { db, person: null }
type Staff = Awaited<ReturnType<typeof makePerson>>
let officer: Staff
let admin: Staff
let login = ''
let unit = 0
let hash = ''
const home = { address: '203.0.113.9', agent: 'Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36', device: null }
const office = { address: '10.2.3.4', agent: home.agent, device: null as string | null }
const stranger = { address: '198.51.100.7', agent: 'curl/8', device: null }

beforeAll(async () => {
  useTestKeys()
  grant({ 'office.people': { administrator: 'all' } })
  unit = await makeUnit(db, '工務處')
  admin = await makePerson(db, '許管理', 'administrator', unit)
  hash = await hashPassword(password)
})

beforeEach(async () => {
  officer = await makePerson(db, '陳示範', 'officer', unit)
  login = officer.person.login
  await db.updateTable('people').set({ password_hash: hash }).where('id', '=', officer.person.id).execute()
})

const attempt = async (text: string, from: { address: string; agent: string; device: string | null }, now?: Date): Promise<SignedIn> => valueOf(await signIn({ ...anyone, ...(now ? { now } : {}) }, { login, password: text, from }))
const enter = async (from: { address: string; agent: string; device: string | null } = office) => {
  const entered = await attempt(password, from)
  if (!entered.token) throw new Error(`not signed in: ${JSON.stringify(entered)}`)
  return entered
}
const codeOf = (result: Result<unknown>) => (isRefusal(result) ? result.code : null)
const callerOf = async (token: string) => {
  const session = (await findSession(db, token))!
  return { db, person: session.person, session: { id: session.id, proved: true } }
}

test('strangers who guess keep nobody out who comes from a browser of before', async () => {
  const { device } = await enter()
  const now = new Date()
  for (let n = 0; n < 60; n += 1) await write(db, (tx) => countAttempt(tx, { login, address: `198.51.100.${n}`, deviceId: null }, now)) // as wrong passwords would
  expect((await attempt(password, { ...home }, now)).failed).toContain('次數過多') // an unknown browser waits with the strangers
  expect((await attempt(password, { ...office, device }, now)).token).toBeTruthy()
})

test('a known browser that guesses waits itself, and others do not wait for it', async () => {
  const { device } = await enter()
  const now = new Date()
  for (let n = 0; n < 5; n += 1) await attempt('wrong', { ...office, device }, now)
  expect((await attempt(password, { ...office, device }, now)).failed).toContain('次數過多')
  expect((await attempt(password, home, now)).token).toBeTruthy()
})

test('a device is known for its own people only', async () => {
  const { device } = await enter()
  const other = await makePerson(db, '黃同科', 'officer', unit)
  const now = new Date()
  const guess = async () => valueOf(await signIn({ ...anyone, now }, { login: other.person.login, password: 'wrong', from: { ...office, device } })).failed
  for (let n = 0; n < 5; n += 1) expect(await guess()).toBe('帳號或密碼不正確')
  expect(await guess()).toContain('次數過多')
})

test('attempts at once are judged one after the other', async () => {
  const results = await Promise.all(Array.from({ length: 9 }, () => attempt('wrong', stranger)))
  expect(results.filter(({ failed }) => failed?.includes('次數過多'))).toHaveLength(4)
})

test('an unknown login is counted and answered like a known one', async () => {
  const now = new Date()
  const guess = async (name: string) => valueOf(await signIn({ ...anyone, now }, { login: name, password: 'wrong', from: stranger })).failed
  for (let n = 0; n < 7; n += 1) expect(await guess('nobody-here')).toBe(await guess(login))
})

test('every sign-in has a token of its own, and says where it came from', async () => {
  const first = await enter(home)
  const second = await enter({ ...home, device: first.device })
  expect(second.token).not.toBe(first.token)
  expect(second.device).toBe(first.device)
  expect((await findSessions(db, officer.person.id)).map(({ label, address_range: range, method }) => [label, range, method])).toEqual(Array.from({ length: 2 }, () => ['Chrome・Windows', '203.0.113.0/24', 'password']))
})

test('one ends one’s own sessions, and no other’s', async () => {
  const [here, there] = [await enter(), await enter(home)]
  const caller = await callerOf(here.token)
  const other = await makePerson(db, '黃同科', 'officer', unit)
  const [, line] = (await findSessions(db, officer.person.id)).filter(({ id }) => id !== caller.session.id).concat(await findSessions(db, officer.person.id))
  expect(isRefusal(await endSession({ ...caller, person: other.person }, { id: line!.id }))).toBe(true)
  valueOf(await endOtherSessions(caller, {}))
  expect(await findSession(db, there.token)).toBeNull()
  expect(await findSession(db, here.token)).not.toBeNull()
  valueOf(await endSessionsOf(admin, { id: officer.person.id }))
  expect(await findSession(db, here.token)).toBeNull()
})

/** Sets up an authenticator; gives its secret. */
async function setUpTotp(token: string, now: Date): Promise<string> {
  const caller = { ...await callerOf(token), now }
  valueOf(await beginTotp(caller, {}))
  const { secret, address } = (await findWaitingTotp(db, officer.person.id, login, '示範縣政府'))!
  expect(address).toContain('otpauth://totp/')
  expect(isRefusal(await confirmTotp(caller, { code: '000000' }))).toBe(true)
  valueOf(await confirmTotp(caller, { code: await codeAt(secret, now) }))
  return secret
}
const codeAt = (secret: string, now: Date) => generate({ secret, epoch: Math.floor(now.getTime() / 1000) })
const later = (now: Date, seconds: number) => new Date(now.getTime() + seconds * 1000)

test('with an authenticator the password leads to a second step, and each code is good once', async () => {
  const now = new Date('2026-11-28T09:00:05+08:00')
  const other = await enter(home)
  const secret = await setUpTotp((await enter()).token, now)
  expect(await findSession(db, other.token), 'a session of before, that has shown a password only').toBeNull()
  const password2 = async (at: Date) => (await attempt(password, office, at)).step!
  const finish = async (step: string, code: string, at: Date) => finishSignIn({ ...anyone, now: at }, { step, code, from: office })

  expect(valueOf(await finish(await password2(now), await codeAt(secret, now), now)).failed, 'the code that set it up').toContain('已經用過')
  const next = later(now, 30)
  const step = await password2(next)
  expect(valueOf(await finish(step, '123456', next)).failed).toContain('不正確')
  const code = await codeAt(secret, next)
  expect(valueOf(await finish(step, code, next)).token).toBeTruthy()
  expect(isRefusal(await finish(step, code, next)), 'the step was used').toBe(true)
  expect(valueOf(await finish(await password2(next), code, next)).failed, 'the code was used').toContain('已經用過')
  expect(valueOf(await finish(await password2(later(next, 30)), ` ${(await codeAt(secret, later(next, 60))).replace(/(...)/, '$1 ')}`, later(next, 30))).token, 'half a minute ahead').toBeTruthy()
})

test('a step is closed after five wrong codes, and after ten minutes', async () => {
  const now = new Date('2026-11-28T10:00:05+08:00')
  await setUpTotp((await enter()).token, now)
  const step = (await attempt(password, office, now)).step!
  const finish = (at: Date) => finishSignIn({ ...anyone, now: at }, { step, code: '000000', from: { ...office, address: '' } })
  for (let n = 0; n < 4; n += 1) expect(isRefusal(await finish(now))).toBe(false)
  expect(isRefusal(await finish(later(now, 601)))).toBe(true)
})

test('a recovery code gets in once when the telephone is lost, and an administrator can clear the rest', async () => {
  const now = new Date('2026-11-28T11:00:05+08:00')
  const { token } = await enter()
  const caller = await callerOf(token)
  expect(isRefusal(await renewRecoveryCodes(caller, {}))).toBe(true) // nothing to recover yet
  await setUpTotp(token, now)
  const { codes } = valueOf(await renewRecoveryCodes(caller, {}))
  expect(new Set(codes).size).toBe(10)
  const finish = async (code: string) => valueOf(await finishSignIn({ ...anyone, now }, { step: (await attempt(password, office, now)).step!, code, from: office }))
  expect((await finish(codes[3]!.toUpperCase())).token).toBeTruthy()
  expect((await finish(codes[3]!)).failed).toContain('已經用過')
  valueOf(await clearSecondFactor(admin, { id: officer.person.id }))
  expect((await attempt(password, office, later(now, 1000))).token).toBeTruthy()
})

test('a role can oblige to a second factor: some days of grace, then nothing else opens', async () => {
  const now = new Date('2026-11-28T12:00:05+08:00')
  valueOf(await saveSecondFactorPolicy(admin, { roles: ['officer'], graceDays: 2 }))
  expect(await attempt(password, office, now)).toMatchObject({ restricted: false, dueOn: '2026-11-30' })
  const late = await attempt(password, office, new Date('2026-12-01T08:00:00+08:00'))
  expect(late).toMatchObject({ restricted: true })
  expect((await findSession(db, late.token!))!.restricted).toBe(true)
  await setUpTotp(late.token!, now)
  expect((await findSession(db, late.token!))!.restricted).toBe(false)
  expect(isRefusal(await removeTotp(await callerOf(late.token!), {})), 'the last one of somebody obliged').toBe(true)
  valueOf(await saveSecondFactorPolicy(admin, { roles: [], graceDays: 2 }))
  valueOf(await removeTotp(await callerOf(late.token!), {}))
})

test('a password that an administrator gave opens nothing but the choice of one’s own, for three days', async () => {
  const given = 'harbour-wind-stone-7'
  const own = 'kite-lamp-tide-oak'
  valueOf(await resetPerson(admin, { login, password: given }))
  const entered = await attempt(given, office)
  expect(entered).toMatchObject({ restricted: true, given: true })
  const caller = await callerOf(entered.token!)
  const restricted = async () => (await findSession(db, entered.token!))!.restricted
  // no way in that would outlast the given password
  expect(codeOf(await beginTotp(caller, {}))).toBe('identity.own-password-first')
  expect(codeOf(await beginPasskey(caller, { origin: 'http://localhost', county: '示範縣' }))).toBe('identity.own-password-first')
  const change = { current: given, from: office }
  expect(codeOf(await changePassword(caller, { ...change, password: given, again: given }))).toBe('identity.same-password')
  expect(await restricted()).toBe(true)
  expect(valueOf(await changePassword(caller, { ...change, password: own, again: own }))).toEqual({ failed: null })
  expect(await restricted()).toBe(false)
  expect(await attempt(own, office)).toMatchObject({ restricted: false, given: false })
  expect((await attempt(given, office)).failed).toContain('不正確')

  valueOf(await resetPerson(admin, { login, password: given }))
  expect((await attempt(given, office, new Date(Date.now() + 4 * 86_400_000))).failed).toContain('再給一組')
})

test('a new password by the administrator lets in whom strangers had kept out', async () => {
  const now = new Date()
  for (let n = 0; n < 6; n += 1) await attempt('wrong', office, now)
  expect((await attempt(password, office, now)).failed).toContain('次數過多')
  const given = 'harbour-wind-stone-7'
  valueOf(await resetPerson({ ...admin, now: new Date(now.getTime() + 1_000) }, { login, password: given }))
  expect((await attempt(given, office, new Date(now.getTime() + 2_000))).token).toBeTruthy()
})

test('what has ended is cleared away at night, what lasts stays', async () => {
  const { token } = await enter()
  await attempt('wrong', stranger)
  const count = async (table: 'sessions' | 'devices' | 'sign_in_failures') => (await db.selectFrom(table).select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n
  await write(db, (tx) => tidy(tx, new Date()))
  expect(await findSession(db, token)).not.toBeNull()
  expect(await count('sign_in_failures')).toBeGreaterThan(0)
  await write(db, (tx) => tidy(tx, new Date(Date.now() + 401 * 86_400_000)))
  expect([await count('sessions'), await count('devices'), await count('sign_in_failures')]).toEqual([0, 0, 0])
})

test('events of signing in name people by id only', async () => {
  await attempt('wrong', office)
  const events = await db.selectFrom('events').select(['kind', 'payload']).where('kind', 'like', 'identity.%').execute()
  expect(events.map(({ kind }) => kind)).toContain('identity.sign-in-failed')
  expect(JSON.stringify(events)).not.toMatch(/陳示範|203\.0\.113|Chrome/)
})

test('browsers and networks are told roughly', () => {
  expect(deviceLabel('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit Version/18.0 Mobile Safari/604.1')).toBe('Safari・iPhone')
  expect(deviceLabel('Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/140 Safari/537 Edg/140')).toBe('Edge・Windows')
  expect(deviceLabel('curl/8')).toBe('其他程式')
  expect(['10.2.3.4', '::ffff:10.2.3.4', '2001:db8:0001:2::7', '2001:db8::', '::1', 'nonsense'].map(addressRange)).toEqual(['10.2.3.0/24', '10.2.3.0/24', '2001:db8:1::/48', '2001:db8:0::/48', '::1', null])
})

test('who sits at an open session does not try out its owner’s password; the owner at their own browser goes on', async () => {
  const own = await enter()
  const caller = await callerOf(own.token)
  const known = { ...office, device: own.device }
  const change = (current: string, from: typeof office, next = 'granite-tower-boat-tea') => changePassword(caller, { current, password: next, again: next, from })
  for (let n = 0; n < 5; n += 1) expect(valueOf(await change('wrong', stranger)).failed).toBe('目前的密碼不正確')
  expect(valueOf(await change(password, stranger)).failed).toContain('次數過多')
  const elsewhere = await enter(home)
  expect(valueOf(await change(password, known)).failed).toBeNull()
  expect(await findSession(db, elsewhere.token)).toBeNull()
  expect(await findSession(db, own.token)).not.toBeNull()
  expect((await attempt('granite-tower-boat-tea', known)).token).toBeTruthy()
  expect(await change('granite-tower-boat-tea', known, 'short')).toMatchObject({ code: 'identity.weak-password', field: 'password' })
})
