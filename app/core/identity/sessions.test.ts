import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makePerson, makeUnit, useTestKeys } from '../../../test/support/makers.ts'
import type { Caller } from '../act.ts'
import { type Db, write } from '../db.ts'
import { hashPassword, weakPassword } from './password.ts'
import { lockPerson } from './people.ts'
import { grant, may, reach } from './permissions.ts'
import { findPerson, findSessionPerson, signOut } from './sessions.ts'
import { signIn } from './sign-in.ts'

let db: Db
let works: number
let section: number
let officer: Caller & { person: NonNullable<Caller['person']> }
const password = 'rock-lion-sea-wind'

beforeAll(async () => {
  useTestKeys()
  db = (await createTestDatabase()).db
  grant({ 'test.answer': { officer: 'own', 'section-chief': 'subtree', clerk: 'all' }, 'office.people': { administrator: 'all' } })
  works = await makeUnit(db, '工務處')
  section = await makeUnit(db, '土木科', { kind: 'section', parentId: works })
  officer = await makePerson(db, '陳示範', 'officer', section)
  await db.updateTable('people').set({ password_hash: await hashPassword(password) }).where('id', '=', officer.person.id).execute()
})

const anyone = { get db() { return db }, person: null }
const attempt = (text: string, now?: Date) => signIn({ ...anyone, db, ...(now ? { now } : {}) }, { login: officer.person.login, password: text })

test('the right password opens a session that signing out ends', async () => {
  const result = (await attempt(password)) as { value: { token: string } }
  expect((await findSessionPerson(db, result.value.token))?.name).toBe('陳示範')
  await signOut(anyone, { token: result.value.token })
  expect(await findSessionPerson(db, result.value.token)).toBeNull()
})

test('an unknown name and a wrong password are told in the same words', async () => {
  const wrong = await attempt('not the password')
  const unknown = await signIn({ db, person: null }, { login: 'nobody', password: 'x' })
  expect(wrong).toEqual(unknown)
})

test('after five wrong passwords the account waits, and does not stay locked', async () => {
  const now = new Date()
  for (let n = 0; n < 5; n += 1) await attempt('wrong', now)
  expect(await attempt(password, now)).toMatchObject({ value: { failed: expect.stringContaining('次數過多') } })
  expect(await attempt(password, new Date(now.getTime() + 16 * 60_000))).toMatchObject({ value: { token: expect.any(String) } })
})

test('locking an account ends its sessions', async () => {
  const { value } = (await attempt(password)) as { value: { token: string } }
  expect(await findSessionPerson(db, value.token)).not.toBeNull()
  const admin = await makePerson(db, '許示範', 'administrator', works)
  await lockPerson(admin, { login: officer.person.login })
  expect(await findPerson(db, officer.person.id)).toBeNull()
  expect(await findSessionPerson(db, value.token)).toBeNull()
  await db.updateTable('people').set({ locked_at: null }).where('id', '=', officer.person.id).execute()
})

test('an officer reaches their own cases, a chief the unit and all below, a clerk everything', async () => {
  const chief = await makePerson(db, '黃示範', 'section-chief', works)
  const clerk = await makePerson(db, '林示範', 'clerk', works)
  const ofSection = { unitId: section, officerId: officer.person.id }
  expect(may(officer.person, 'test.answer', ofSection)).toBe(true)
  expect(may(officer.person, 'test.answer', { ...ofSection, officerId: 999 })).toBe(false)
  expect(may(chief.person, 'test.answer', ofSection)).toBe(true)
  expect(may(chief.person, 'test.answer', { unitId: 999, officerId: null })).toBe(false)
  expect(reach(clerk.person, 'test.answer')).toEqual({ all: true })
  expect(may(clerk.person, 'test.undeclared', ofSection)).toBe(false)
})

test('a deputy may do what the absent colleague may, only while they are absent', async () => {
  const chief = await makePerson(db, '吳示範', 'section-chief', section)
  const deputy = await makePerson(db, '蔡示範', 'officer', works)
  const setDeputy = (from: string, until: string) =>
    write(db, (tx) => tx.insertInto('deputies').values({ person_id: chief.person.id, deputy_id: deputy.person.id, from_day: from as never, until_day: until as never }).execute())
  await setDeputy('2000-01-01', '2000-01-31')
  expect(may((await findPerson(db, deputy.person.id))!, 'test.answer', { unitId: section, officerId: null })).toBe(false)
  await setDeputy('2000-01-01', '2999-12-31')
  const today = (await findPerson(db, deputy.person.id))!
  expect(today.deputyFor.map((absent) => absent.name)).toEqual(['吳示範'])
  expect(may(today, 'test.answer', { unitId: section, officerId: null })).toBe(true)
})

test('weak passwords are told why', () => {
  expect(weakPassword('short', 'lin')).toContain('12')
  expect(weakPassword('linlinlinlin-2026', 'lin')).toContain('帳號')
  expect(weakPassword('aaaaaaaaaaaaaa', 'lin')).toContain('重複')
  expect(weakPassword(password, 'lin')).toBeNull()
})
