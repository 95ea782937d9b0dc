import { expect, test } from 'vitest'
import { hasShared, ownOdd, sharedOdd } from '../test/attack/odd-strings.ts'
import { openCounty } from '../test/attack/office.ts'
import { createTestDatabase } from '../test/support/database.ts'
import { makePerson } from '../test/support/makers.ts'

const connection = await createTestDatabase()
const county = await openCounty(connection)
const { call, db, people, targets } = county
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const as = async (who: (typeof people)['officer']) => ({ ...form, cookie: await county.session(who) })
const body = (fields: Record<string, string>) => new URLSearchParams(fields).toString()

const own = ownOdd
const shared = sharedOdd(24)

test.skipIf(!hasShared)('the shared lists of odd strings were read', () => expect(shared.length).toBeGreaterThan(20))

test('odd strings go through the forms of a case into every view of it, unescaped nowhere', async () => {
  const at = `/console/petitions/${encodeURIComponent(targets.own.number)}`
  const faults: string[] = []
  for (const text of [...own, ...shared]) {
    const said = text.slice(0, 60)
    for (const [path, fields] of [
      [`${at}/classify`, { title: text, category: text, township: text, place: text }], [`${at}/draft`, { text, remedy: 'given', remedyAdvice: text }], [`${at}/extend`, { officeDays: text, reason: text }],
    ] as const) {
      const { status } = await call({ method: 'POST', path, headers: await as(people.officer), body: body(fields) })
      if (status >= 500) faults.push(`${path} ${said}: ${status}`)
    }
    for (const path of [`/console/search?${body({ q: text })}`, `/console/petitions?${body({ q: text, stage: 'all', sender: text, unit: text, from: text })}`, `/petitions/published?${body({ q: text })}`, `/api/v1/search?${body({ q: text })}`, `/sign-in?${body({ back: text })}`, `/console/petitions/${encodeURIComponent(text.slice(0, 40).toWellFormed())}`]) {
      const answer = await call({ method: 'GET', path, headers: await as(people.clerk) }).catch((error: Error) => ({ status: 599, text: error.message, headers: {} as Record<string, string> }))
      if (answer.status >= 500) faults.push(`${path.slice(0, 60)}: ${answer.status}`)
      if (own.includes(text) && text.startsWith('<') && answer.text.includes(text) && !/json/.test(String(answer.headers['content-type']))) faults.push(`${path.slice(0, 60)}: unescaped`)
    }
  }
  expect(faults).toEqual([])
  for (const view of ['', '/print', '/draft', '/classify']) {
    const { status, text } = await call({ method: 'GET', path: `${at}${view}`, headers: await as(people.officer) })
    expect([view, status]).toEqual([view, 200])
    for (const raw of own.filter((one) => one.includes('<'))) expect(text.includes(raw), `${view} ${raw}`).toBe(false)
  }
  expect(await db.selectFrom('mail_messages').select('id').where('subject', 'like', '%\n%').execute()).toEqual([])
}, 120_000)

test('fields that a form does not have change nothing', async () => {
  const at = `/console/petitions/${encodeURIComponent(targets.own.number)}`
  const before = await db.selectFrom('cases').select(['stage', 'unit_id', 'officer_id', 'confidential', 'closed_at', 'number', 'outcome']).where('id', '=', targets.own.id).executeTakeFirstOrThrow()
  const extra = { stage: 'closed', unit_id: String(county.units.health), unitId: String(county.units.health), officer_id: '1', confidential: '1', closed_at: '2020-01-01', number: '陳110-999999', outcome: 'answered', person: '1', role: 'administrator', now: '2020-01-01', _key: 'x', onBehalfOf: '1', __proto__: '1', constructor: '1' }
  await call({ method: 'POST', path: `${at}/classify`, headers: await as(people.officer), body: body({ ...extra, title: '新的主旨' }) })
  await call({ method: 'POST', path: `${at}/draft`, headers: await as(people.officer), body: body({ ...extra, text: '新的答復', remedy: 'none' }) })
  const after = await db.selectFrom('cases').select(['stage', 'unit_id', 'officer_id', 'confidential', 'closed_at', 'number', 'outcome']).where('id', '=', targets.own.id).executeTakeFirstOrThrow()
  expect(after).toEqual(before)
  // somebody who has not used up this minute's requests
  const clerk = await makePerson(db, '周收發', 'clerk', county.units.health)
  const api = await call({ method: 'POST', path: '/api/v1/petitions', headers: { ...(await as(clerk)), 'content-type': 'application/json' }, body: JSON.stringify({ ...extra, channel: 'telephone', title: '電話陳情', body: '路燈不亮', number: '陳110-888888', stage: 'closed', receivedAt: '2001-01-01' }) })
  if (api.status === 201) {
    const made = await db.selectFrom('cases').select(['number', 'stage']).where('follow_no', '=', JSON.parse(api.text).followNo as string).executeTakeFirstOrThrow()
    expect(made.number).not.toBe('陳110-888888')
    expect(made.stage).not.toBe('closed')
  } else expect([400, 409]).toContain(api.status)
})

test('the key of a form gives its result to nobody else', async () => {
  const at = `/console/petitions/${encodeURIComponent(targets.own.number)}`
  const fields = { text: '同一把鑰匙', remedy: 'none', _key: 'key-of-the-officer-1' }
  const mine = await call({ method: 'POST', path: `${at}/draft`, headers: await as(people.officer), body: body(fields) })
  expect(mine.status).toBe(303)
  const stranger = await call({ method: 'POST', path: `${at}/draft`, headers: await as(county.stranger), body: body(fields) })
  expect(stranger.status).toBe(404)
})

test('a session that was planted before signing in is not the one after it', async () => {
  const planted = 'windlion_session=planted-by-somebody-else-0000000000000000'
  const answer = await call({ method: 'POST', path: '/sign-in', headers: { ...form, cookie: planted }, body: body({ login: people.clerk.person.login, password: 'wrong' }) })
  expect(answer.status).toBeLessThan(500)
  expect(String(answer.headers['set-cookie'] ?? '')).not.toContain('planted')
  expect((await call({ method: 'GET', path: '/console', headers: { cookie: planted } })).status).toBe(303)
})
