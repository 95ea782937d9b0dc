import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makePerson, makePetition, makeUnit, useTestKeys } from '../../../test/support/makers.ts'
import { assignLead } from '../cases/assign.ts'
import { write } from '../db.ts'
import { isRefusal, NotAllowed, ProofNeeded, valueOf } from '../errors.ts'
import { addDays, dayOf, rocDay } from '../time.ts'
import { grant } from './permissions.ts'
import { findPerson } from './sessions.ts'
import { addUnit, changeUnit, closeUnit, mergeUnit } from './units.ts'
import { findUnitLine, listUnits } from './units-queries.ts'

const { db } = await createTestDatabase()
const today = dayOf(new Date())
const code = (result: unknown) => (isRefusal(result) ? result.code : result)
type Staff = Awaited<ReturnType<typeof makePerson>>
let admin: Staff
let works: number
let roads: number

beforeAll(async () => {
  useTestKeys()
  grant({ 'office.people': { administrator: 'all' } })
  works = await makeUnit(db, '工務處', { code: 'A05' })
  roads = await makeUnit(db, '道路科', { code: 'A0501', kind: 'section', parentId: works })
  await makeUnit(db, '建設處', { code: 'A04' })
  admin = await makePerson(db, '許管理', 'administrator', works)
})

test('a unit is added below another, once, by an administrator who proved it', async () => {
  const input = { code: 'A0502', name: '水利科', kind: 'section', parentCode: 'A05', fromDay: rocDay(today) }
  const { id } = valueOf(await addUnit(admin, input))
  expect(await findUnitLine(db, id, today)).toMatchObject({ parent: '工務處', valid_from: today, valid_until: null })
  expect(code(await addUnit(admin, input))).toBe('identity.code-taken')
  expect(code(await addUnit(admin, { ...input, code: 'A0503', parentCode: '' }))).toBe('identity.no-parent')
  await expect(addUnit(await makePerson(db, '林承辦', 'officer', works), input)).rejects.toThrow(NotAllowed)
  await expect(addUnit({ ...admin, session: { id: 0, proved: false } }, input)).rejects.toThrow(ProofNeeded)
})

test('a unit that moves takes its sections to the other bureau, and never below itself', async () => {
  valueOf(await changeUnit(admin, { id: roads, name: '道路養護科', parentCode: 'A04' }))
  const built = await db.selectFrom('units').select('bureau_id').where('id', '=', roads).executeTakeFirstOrThrow()
  expect(built.bureau_id).toBe((await db.selectFrom('units').select('id').where('code', '=', 'A04').executeTakeFirstOrThrow()).id)
  expect(code(await changeUnit(admin, { id: works, name: '工務處', parentCode: 'A0502' }))).toBe('identity.unit-loop')
  valueOf(await changeUnit(admin, { id: roads, name: '道路科', parentCode: 'A05' }))
})

test('a unit with people, sections or open cases is not closed', async () => {
  expect(code(await closeUnit(admin, { id: works, lastDay: rocDay(today) }))).toBe('identity.unit-in-use')
  const empty = valueOf(await addUnit(admin, { code: 'A09', name: '臨時處', kind: 'department', parentCode: '', fromDay: '110/1/1' })).id
  valueOf(await closeUnit(admin, { id: empty, lastDay: rocDay(addDays(today, -1)) }))
  expect((await listUnits(db, {}, today)).map(({ name }) => name)).not.toContain('臨時處')
  expect((await listUnits(db, { closed: true, words: '臨時' }, today)).map(({ name }) => name)).toEqual(['臨時處'])
})

test('a unit is merged into another with its people, sections and open cases', async () => {
  const old = await makeUnit(db, '農林科', { code: 'A0401' })
  const below = await makeUnit(db, '苗圃', { code: 'A040101', kind: 'agency', parentId: old })
  const officer = await makePerson(db, '吳承辦', 'officer', old)
  const { id } = await makePetition(db, new Date('2026-11-02T09:00:00+08:00'))
  await write(db, (tx) => assignLead(tx, { caseId: id, unitId: old, officerId: officer.person.id, at: new Date(), endedAs: 'reassigned' }))
  expect(code(await mergeUnit(admin, { id: old, intoCode: 'A040101' }))).toBe('identity.unit-loop')
  expect(valueOf(await mergeUnit(admin, { id: old, intoCode: 'A05' }))).toEqual({ cases: 1, people: 1, others: [] })
  expect((await findPerson(db, officer.person.id))!.posts.map(({ unitName, role }) => [unitName, role])).toEqual([['工務處', 'officer']])
  expect(await db.selectFrom('cases').select(['unit_id', 'officer_id']).where('id', '=', id).executeTakeFirst()).toEqual({ unit_id: works, officer_id: officer.person.id })
  expect(await db.selectFrom('units').select(['parent_id', 'bureau_id']).where('id', '=', below).executeTakeFirst()).toEqual({ parent_id: works, bureau_id: works })
  expect((await findUnitLine(db, old, today))!.valid_until).toBe(addDays(today, -1))
  expect(await db.selectFrom('events').select('kind').where('case_id', '=', id).where('kind', '=', 'case.unit-merged').execute()).toHaveLength(1)
})
