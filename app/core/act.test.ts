import { beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { createTestDatabase } from '../../test/support/database.ts'
import { makePerson, makeUnit } from '../../test/support/makers.ts'
import { act, type Caller } from './act.ts'
import type { Db } from './db.ts'
import { done, NotAllowed, refusal, SignInNeeded } from './errors.ts'
import { record } from './events/record.ts'
import { grant } from './identity/permissions.ts'

let db: Db
let clerk: Caller
let officer: Caller

beforeAll(async () => {
  db = (await createTestDatabase()).db
  grant({ 'test.add': { clerk: 'all' } })
  const unit = await makeUnit(db, '行政處')
  clerk = await makePerson(db, '林示範', 'clerk', unit)
  officer = await makePerson(db, '陳示範', 'officer', unit)
})

let runs = 0
const add = act('test.add', z.object({ name: z.string().min(1, '請填名稱') }), async (tx, ctx, input) => {
  runs += 1
  await record(tx, ctx, 'test.added', { payload: { run: runs } })
  if (input.name === '重複') return refusal('test.twice', '已有同名的項目', { field: 'name' })
  return done({ run: runs })
})

const events = async () => (await db.selectFrom('events').select('id').where('kind', '=', 'test.added').execute()).length

test('an act by someone without the permission changes nothing', async () => {
  await expect(add(officer, { name: '甲' })).rejects.toThrow(NotAllowed)
  await expect(add({ db, person: null }, { name: '甲' })).rejects.toThrow(SignInNeeded)
  expect(await events()).toBe(0)
})

test('a wrong input is refused with a sentence for its field', async () => {
  expect(await add(clerk, { name: '' })).toMatchObject({ refused: true, fields: { name: '請填名稱' } })
})

test('a refused act leaves no event behind', async () => {
  const before = await events()
  expect(await add(clerk, { name: '重複' })).toMatchObject({ code: 'test.twice', field: 'name' })
  expect(await events()).toBe(before)
})

test('the second click gets the first answer and nothing happens twice', async () => {
  const before = await events()
  const [one, two] = await Promise.all([add(clerk, { name: '乙', _key: 'the-same-form' }), add(clerk, { name: '乙', _key: 'the-same-form' })])
  expect(two).toEqual(one)
  expect(await add(clerk, { name: '乙', _key: 'the-same-form' })).toEqual(one)
  expect(await events()).toBe(before + 1)
})

test('a form refused once may be sent again with the same key', async () => {
  expect(await add(clerk, { name: '重複', _key: 'refused-before' })).toMatchObject({ refused: true })
  expect(await add(clerk, { name: '丙', _key: 'refused-before' })).toMatchObject({ value: {} })
})
