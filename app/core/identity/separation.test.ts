import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makePerson, makeUnit } from '../../../test/support/makers.ts'
import { declareModules } from '../../start.ts'
import { isRefusal, valueOf } from '../errors.ts'
import { defineJob } from '../jobs/jobs.ts'
import { addDays, dayOf, rocDay } from '../time.ts'
import { requireActor } from './actors.ts'
import { setDeputyOf } from './deputies.ts'
import { addPost, movePerson } from './posts.ts'
import { reach } from './permissions.ts'
import { keepApart, whyApart } from './separation.ts'

const { db } = await createTestDatabase()
const today = dayOf(new Date())
const code = (result: unknown) => (isRefusal(result) ? result.code : result)
type Staff = Awaited<ReturnType<typeof makePerson>>
let admin: Staff
let second: Staff
let officer: Staff

beforeAll(async () => {
  declareModules()
  const unit = await makeUnit(db, '行政處', { code: 'A08' })
  admin = await makePerson(db, '許管理', 'administrator', unit)
  second = await makePerson(db, '莊管理', 'administrator', unit)
  officer = await makePerson(db, '陳承辦', 'officer', unit)
})

test('who administers is given no post in which cases are read, nor the other way round', async () => {
  const post = { unitCode: 'A08', fromDay: rocDay(today) }
  expect(code(await addPost(admin, { id: officer.person.id, ...post, role: 'administrator' }))).toBe('identity.apart')
  expect(code(await addPost(admin, { id: second.person.id, ...post, role: 'officer' }))).toBe('identity.apart')
  valueOf(await addPost(admin, { id: officer.person.id, ...post, role: 'section-chief' }))
})

test('a deputy does not bring the two together either, whoever comes first', async () => {
  const span = { fromDay: rocDay(today), untilDay: rocDay(addDays(today, 3)) }
  const refused = await setDeputyOf(admin, { id: admin.person.id, deputyLogin: officer.person.login, ...span })
  expect(code(refused)).toBe('identity.apart')
  expect(isRefusal(refused) && refused.message).toContain('不能由同一個人擔任')
  valueOf(await setDeputyOf(admin, { id: second.person.id, deputyLogin: admin.person.login, ...span }))
  expect(code(await addPost(second, { id: admin.person.id, unitCode: 'A08', fromDay: rocDay(today), role: 'clerk' }))).toBe('identity.apart')
  expect(code(await movePerson(second, { id: admin.person.id, unitCode: 'A08', fromDay: rocDay(today), role: 'clerk' }))).toBe('identity.apart')
})

test('a role is not given that would clash in whoever stands in for that person', async () => {
  const absent = await makePerson(db, '顏請假', 'administrator', await makeUnit(db, '資訊科', { code: 'A0809' }))
  const span = { fromDay: rocDay(today), untilDay: rocDay(addDays(today, 3)) }
  valueOf(await setDeputyOf(admin, { id: absent.person.id, deputyLogin: admin.person.login, ...span }))
  const moved = await movePerson(second, { id: absent.person.id, unitCode: 'A08', fromDay: rocDay(today), role: 'clerk' })
  expect(isRefusal(moved) && moved.message).toContain('許管理代理這個人')
  valueOf(await movePerson(second, { id: absent.person.id, unitCode: 'A08', fromDay: rocDay(addDays(today, 4)), role: 'clerk' })) // the deputy's span is over by then
})

test('one role that holds both duties keeps the service from starting', () => {
  const grants = [{ 'x.accounts': { administrator: 'all' }, 'x.cases': { administrator: 'all', officer: 'own' } }] as const
  expect(() => keepApart([{ administers: ['x.accounts'], readsCases: ['x.cases'] }], [...grants])).toThrow('administrator')
  declareModules()
  expect(whyApart(['administrator', 'officer'])).toContain('系統管理')
  expect(whyApart(['clerk', 'officer'])).toBeNull()
})

test('the unit alone is less than the unit and all below', async () => {
  const bureau = await makeUnit(db, '環境保護局')
  const section = await makeUnit(db, '清潔隊', { kind: 'section', parentId: bureau })
  const inBureau = await makePerson(db, '楊承辦', 'officer', bureau)
  const head = await makePerson(db, '董局長', 'head', bureau)
  expect(reach(inBureau.person, 'petitions.read')).toMatchObject({ unitIds: [bureau] })
  expect(reach(head.person, 'petitions.read')).toMatchObject({ unitIds: [bureau, section] })
})

test('what runs without a person says as whom, or does not start', () => {
  expect(() => defineJob({ name: 'test.nobody', run: async () => {} } as never)).toThrow('test.nobody')
  expect(() => requireActor('command x', 'root')).toThrow('command x')
})
