import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makePerson, makeUnit, useTestKeys } from '../../../test/support/makers.ts'
import { write } from '../db.ts'
import { isRefusal, NotAllowed, valueOf } from '../errors.ts'
import { openJobs, runDueJobs } from '../jobs/jobs.ts'
import { unseal } from '../personal-data/index.ts'
import { addDays, dayOf } from '../time.ts'
import { findPersonFile, listPeople } from './people-queries.ts'
import { changePerson, clearSecondFactor, lockPerson, resetPerson } from './people.ts'
import { tidy } from './tidy.ts'
import { grant } from './permissions.ts'
import { addPost, endPost, leaveOffice, lockLeaverJob, movePerson } from './posts.ts'
import { findPerson } from './sessions.ts'

const { db } = await createTestDatabase()
const today = dayOf(new Date())
const code = (result: unknown) => (isRefusal(result) ? result.code : result)
type Staff = Awaited<ReturnType<typeof makePerson>>
let admin: Staff
let officer: Staff

beforeAll(async () => {
  grant({ 'office.people': { administrator: 'all' } })
  useTestKeys()
  await openJobs(db)
  const works = await makeUnit(db, '工務處', { code: 'A05' })
  await makeUnit(db, '道路科', { code: 'A0501', kind: 'section', parentId: works })
  await makeUnit(db, '衛生局', { code: 'B02' })
  admin = await makePerson(db, '許管理', 'administrator', works)
  officer = await makePerson(db, '林承辦', 'officer', works)
})

const id = () => officer.person.id
const posts = async () => (await findPersonFile(db, id()))!.posts.map(({ unit, role, valid_from: from, valid_until: until }) => [unit, role, from, until])

test('a move ends what was held the day before, and each day knows its own posts', async () => {
  await expect(movePerson(officer, { id: id(), unitCode: 'B02', role: 'officer', fromDay: today })).rejects.toThrow(NotAllowed)
  valueOf(await movePerson(admin, { id: id(), unitCode: 'B02', role: 'section-chief', fromDay: today }))
  expect(await posts()).toEqual([['衛生局', 'section-chief', today, null], ['工務處', 'officer', '2000-01-01', addDays(today, -1)]])
  expect((await findPerson(db, id()))!.posts.map(({ unitName, role }) => [unitName, role])).toEqual([['衛生局', 'section-chief']])
})

test('a second post is held beside the first, once, and ends by itself', async () => {
  const post = { id: id(), unitCode: 'A0501', role: 'officer', fromDay: today }
  valueOf(await addPost(admin, post))
  expect(code(await addPost(admin, post))).toBe('identity.post-held')
  expect(code(await addPost(admin, { ...post, unitCode: 'X' }))).toBe('identity.unknown-unit')
  const second = (await findPersonFile(db, id()))!.posts.find(({ unit }) => unit === '道路科')!
  valueOf(await endPost(admin, { id: id(), post: second.id, lastDay: today }))
  expect(code(await endPost(admin, { id: id(), post: second.id, lastDay: today }))).toBe('identity.no-post')
  expect((await posts()).filter(([, , , until]) => until === null)).toHaveLength(1)
})

test('who leaves in some days works until then and is locked after, not before', async () => {
  valueOf(await leaveOffice(admin, { id: id(), lastDay: addDays(today, 2) }))
  expect((await findPersonFile(db, id()))!.locked_at).toBe(null)
  await lockLeaverJob.run(db, { person: id() }) // too early: a post is still held
  expect((await findPersonFile(db, id()))!.locked_at).toBe(null)
  valueOf(await leaveOffice(admin, { id: id(), lastDay: addDays(today, -1) }))
  expect((await findPersonFile(db, id()))!.locked_at).toBeInstanceOf(Date)
  expect(await findPerson(db, id())).toBe(null)
  await runDueJobs(db)
})

test('somebody is always left who can let others in', async () => {
  const own = admin.person.id
  expect(code(await lockPerson(admin, { login: admin.person.login }))).toBe('identity.own-lock')
  expect(code(await leaveOffice(admin, { id: own, lastDay: today }))).toBe('identity.own-leave')
  expect(code(await movePerson(admin, { id: own, unitCode: 'B02', role: 'officer', fromDay: today }))).toBe('identity.last-administrator')
  const [post] = (await findPersonFile(db, own))!.posts
  expect(code(await endPost(admin, { id: own, post: post!.id, lastDay: today }))).toBe('identity.last-administrator')
})

test('name and address change, the login stays', async () => {
  valueOf(await changePerson(admin, { id: id(), name: '林新名', email: 'lin@windlion.example' }))
  expect(await findPersonFile(db, id())).toMatchObject({ name: '林新名', email: 'lin@windlion.example', login: officer.person.login })
  expect(code(await changePerson(admin, { id: id(), name: ' ', email: 'x' }))).toBe('input.invalid')
})

test('who has an address hears of a change of their ways in: at the old address when it is the address; letters go after thirty days', async () => {
  const told = async () => (await db.selectFrom('mail_messages').select(['to_encrypted', 'text', 'secret', 'case_id']).where('purpose', '=', 'identity.sign-in-changed').orderBy('id').execute()).map(({ to_encrypted, text }) => [unseal(to_encrypted), text])
  expect(await told()).toEqual([]) // there was no address before lin@
  valueOf(await changePerson(admin, { id: id(), name: '林新名', email: 'new@windlion.example' }))
  valueOf(await changePerson(admin, { id: id(), name: '林新名', email: 'new@windlion.example' }))
  valueOf(await resetPerson(admin, { login: officer.person.login, password: 'harbour-wind-stone-7' }))
  valueOf(await clearSecondFactor(admin, { id: id() }))
  expect(await told()).toEqual([['lin@windlion.example', expect.stringContaining('更改了您帳號的電子郵件')], ['new@windlion.example', expect.stringContaining('重設了您的密碼')], ['new@windlion.example', expect.stringContaining('清除了您的第二道驗證')]])
  const after = (days: number) => write(db, (tx) => tidy(tx, new Date(Date.now() + days * 86_400_000)))
  await after(29)
  expect(await told()).toHaveLength(3)
  await after(31)
  expect(await told()).toEqual([])
  valueOf(await lockPerson(admin, { login: officer.person.login })) // as they were: a new password opens an account
})

test('people are found by words, unit with all below it, role and state, page by page', async () => {
  const section = (await db.selectFrom('units').select('id').where('code', '=', 'A0501').executeTakeFirstOrThrow()).id
  for (let i = 0; i < 5; i++) {
    const { person } = await makePerson(db, `道路${i}`, 'officer', section)
    await db.updateTable('people').set({ login: `road${i}` }).where('id', '=', person.id).execute()
  }
  const list = (filter: Parameters<typeof listPeople>[1], page: { after?: string; before?: string } = {}) => listPeople(db, filter, today, { ...page, size: 2 })
  const first = await list({ unit: 'A05', role: 'officer' })
  expect({ total: first.total, names: first.people.map(({ name }) => name), previous: first.previous }).toEqual({ total: 5, names: ['道路0', '道路1'], previous: null })
  const second = await list({ unit: 'A05', role: 'officer' }, { after: first.next! })
  expect(second.people.map(({ name }) => name)).toEqual(['道路2', '道路3'])
  expect((await list({ unit: 'A05', role: 'officer' }, { before: second.previous! })).people.map(({ name }) => name)).toEqual(['道路0', '道路1'])
  expect((await list({ unit: 'A05', role: 'officer' }, { after: second.next! })).next).toBe(null)
  expect((await list({ words: '新名' })).people.map(({ name }) => name)).toEqual(['林新名'])
  expect((await list({ state: 'locked' })).total).toBe(1)
  expect((await list({ words: '_' })).total).toBe(0)
})
