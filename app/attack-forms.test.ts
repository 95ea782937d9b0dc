import { expect, test } from 'vitest'
import { hasShared, ownOdd, sharedOdd } from '../test/attack/odd-strings.ts'
import { openCounty } from '../test/attack/office.ts'
import { watchTables } from '../test/attack/planted.ts'
import { createTestDatabase } from '../test/support/database.ts'
import { makePerson } from '../test/support/makers.ts'
import { write } from './core/db.ts'
import { hashPassword } from './core/identity/password.ts'
import { saveSetting } from './core/identity/settings.ts'

const connection = await createTestDatabase()
const county = await openCounty(connection)
const { call, db, people, targets } = county
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const as = async (who: (typeof people)['officer']) => ({ ...form, cookie: await county.session(who) })
const body = (fields: Record<string, string>) => new URLSearchParams(fields).toString()

const shared = sharedOdd(24)
test.skipIf(!hasShared)('the shared lists of odd strings were read', () => expect(shared.length).toBeGreaterThan(20))

test('odd strings in what is looked for and in addresses: nothing fails, nothing comes back unescaped', async () => {
  const faults: string[] = []
  for (const text of [...ownOdd, ...shared]) {
    for (const path of [`/console/search?${body({ q: text })}`, `/console/petitions?${body({ q: text, stage: 'all', sender: text, unit: text, from: text })}`, `/petitions/published?${body({ q: text })}`, `/api/v1/search?${body({ q: text })}`, `/sign-in?${body({ back: text })}`, `/console/petitions/${encodeURIComponent(text.slice(0, 40).toWellFormed())}`]) {
      const answer = await call({ method: 'GET', path, headers: await as(people.clerk) }).catch((error: Error) => ({ status: 599, text: error.message, headers: {} as Record<string, string> }))
      if (answer.status >= 500) faults.push(`${path.slice(0, 60)}: ${answer.status}`)
      if (ownOdd.includes(text) && text.startsWith('<') && answer.text.includes(text) && !/json/.test(String(answer.headers['content-type']))) faults.push(`${path.slice(0, 60)}: unescaped`)
    }
  }
  expect(faults).toEqual([])
}, 60_000)

test('a program that sends more than it is asked for decides nothing by it', async () => {
  const { fieldsOfNobody, findPlanted } = await watchTables(db)
  // somebody who has not used up this minute's requests
  const clerk = await makePerson(db, '周收發', 'clerk', county.units.health)
  const api = await call({ method: 'POST', path: '/api/v1/petitions', headers: { ...(await as(clerk)), 'content-type': 'application/json' }, body: JSON.stringify({ ...fieldsOfNobody(), channel: 'telephone', title: '電話陳情', body: '路燈不亮', number: '陳110-888888', stage: 'closed' }) })
  expect([201, 400, 409]).toContain(api.status)
  expect(await db.selectFrom('cases').select('id').where('number', '=', '陳110-888888').execute()).toEqual([])
  expect(await findPlanted()).toEqual([])
  // what is looked for would be found
  await write(db, (tx) => saveSetting(tx, 'test.planted', fieldsOfNobody()['stage'] ?? 'planted-by-nobody'))
  expect(await findPlanted()).toEqual(['settings'])
})

test('the key of a form gives its result to nobody else', async () => {
  const at = `/console/petitions/${encodeURIComponent(targets.foreign.number)}`
  const fields = { text: '同一把鑰匙', remedy: 'none', _key: 'key-of-the-officer-1' }
  const mine = await call({ method: 'POST', path: `${at}/draft`, headers: await as(county.stranger), body: body(fields) })
  expect(mine.status).toBe(303)
  const other = await call({ method: 'POST', path: `${at}/draft`, headers: await as(people.officer), body: body(fields) })
  expect(other.status).toBe(404)
})

test('whatever session was planted before, signing in makes another', async () => {
  const plantedCookie = 'windlion_session=planted-by-somebody-else-0000000000000000; windlion_member=planted-by-somebody-else-0000000000000000; windlion_follow=planted'
  const clerk = await makePerson(db, '吳收發', 'clerk', county.units.health)
  await db.updateTable('people').set({ password_hash: await hashPassword('rock-lion-sea-wind') }).where('id', '=', clerk.person.id).execute()
  const signedIn = await call({ method: 'POST', path: '/sign-in', headers: { ...form, cookie: plantedCookie }, body: body({ login: clerk.person.login, password: 'rock-lion-sea-wind' }) })
  expect(signedIn.status).toBe(303)
  expect(String(signedIn.headers['set-cookie'])).toMatch(/windlion_session=(?!planted)[\w-]{40,}/)
  await call({ method: 'POST', path: '/my/sign-in', headers: { ...form, cookie: plantedCookie }, body: body({ email: 'resident@example.org' }) })
  const { text } = await db.selectFrom('mail_messages').select('text').where('purpose', '=', 'member.link').orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow()
  const entered = await call({ method: 'POST', path: /\/my\/enter\/[\w-]+/.exec(text)![0], headers: { ...form, cookie: plantedCookie }, body: '' })
  expect(entered.status).toBe(303)
  expect(String(entered.headers['set-cookie'])).toMatch(/windlion_member=(?!planted)[\w-]{40,}/)
  // and what was planted opens nothing afterwards
  for (const path of ['/console', '/my']) expect([path, (await call({ method: 'GET', path, headers: { cookie: plantedCookie } })).status]).toEqual([path, 303])
})
