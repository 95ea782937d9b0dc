import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { makeOffice } from '../office-for-tests.ts'
import { refusalsPath } from '../paths.ts'

const { db } = await createTestDatabase()
const office = await makeOffice(db, () => new Date('2026-11-28T02:00:00Z'))
const at = new Date('2026-11-27T01:30:00Z')
const row = { on_day: '2026-11-27', permission: '', method: 'GET', first_at: at, last_at: at }

test('the data protection officer sees who was refused what, and how often; nobody else does', async () => {
  await db.insertInto('refused_requests').values([
    { ...row, person_id: office.officer.person.id, reason: 'permission', permission: 'people.manage', route: '/console/people/:id', count: 7 },
    { ...row, person_id: office.clerk.person.id, reason: 'permission', permission: 'people.manage', route: '/console/people', count: 1 },
    { ...row, person_id: null, reason: 'sign-in', route: '/api/v1/petitions', count: 40 },
  ]).execute()
  const page = await (await office.browser('privacy')).open(refusalsPath)
  expect(page.status).toBe(200)
  expect(page.text).toContain('陳示範')
  expect(page.text).toContain('/console/people/:id')
  expect(page.text).not.toContain('/api/v1/petitions')
  const all = await (await office.browser('privacy')).open(`${refusalsPath}?reason=all`)
  expect(all.text).toContain('沒有登入的人')
  expect(all.text).toMatch(/48<\/\w+>\s*次|共\s*(<[^>]+>)?48/)
  const one = await (await office.browser('privacy')).open(`${refusalsPath}?person=${office.clerk.person.id}`)
  expect(one.text).not.toContain('/console/people/:id')
  expect((await (await office.browser('officer')).open(refusalsPath)).status).toBe(403)
})

test('a span without any says what would be here', async () => {
  expect((await (await office.browser('privacy')).open(`${refusalsPath}?from=110/1/1&to=110/1/31`)).text).toContain('這段期間沒有被拒的要求')
})
