import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makePerson, makeUnit } from '../../../test/support/makers.ts'
import { isRefusal, NotAllowed, valueOf } from '../errors.ts'
import { addDays, dayOf, rocDay } from '../time.ts'
import { endDeputy, endDeputyOf, findColleagues, findDeputies, setDeputy, setDeputyOf } from './deputies.ts'
import { grant } from './permissions.ts'

const { db } = await createTestDatabase()
const today = dayOf(new Date())
const inDays = (n: number) => rocDay(addDays(today, n))
const code = (result: unknown) => (isRefusal(result) ? result.code : result)
const message = (result: unknown) => (isRefusal(result) ? result.message : '')
type Staff = Awaited<ReturnType<typeof makePerson>>
let chief: Staff
let colleague: Staff
let other: Staff
let admin: Staff

beforeAll(async () => {
  grant({ 'office.people': { administrator: 'all' } })
  const works = await makeUnit(db, '工務處')
  const roads = await makeUnit(db, '道路科', { kind: 'section', parentId: works })
  const health = await makeUnit(db, '衛生局')
  chief = await makePerson(db, '黃科長', 'section-chief', roads)
  colleague = await makePerson(db, '林同科', 'officer', roads)
  other = await makePerson(db, '周衛生', 'head', health)
  admin = await makePerson(db, '許管理', 'administrator', works)
})

const from = (a: number, b: number, deputy = colleague) => ({ deputyLogin: deputy.person.login, fromDay: inDays(a), untilDay: inDays(b) })

test('a deputy stands in for a span of days, and a second one at the same time is refused by name and days', async () => {
  valueOf(await setDeputy(chief, from(5, 9)))
  for (const [a, b] of [[5, 9], [9, 12], [1, 5], [1, 20], [6, 7]] as const) {
    const refused = await setDeputy(chief, from(a, b, other))
    expect(code(refused), `${a} to ${b}`).toBe('identity.deputy-overlap')
    expect(message(refused)).toBe(`${inDays(5)} 到 ${inDays(9)} 已由林同科代理；一段期間只有一位代理人，請先結束那一項`)
  }
  valueOf(await setDeputy(chief, from(10, 10, other)))
  valueOf(await setDeputy(chief, from(4, 4, other)))
  expect((await findDeputies(db, chief.person.id, today)).map(({ name }) => name)).toEqual(['周衛生', '林同科', '周衛生'])
})

test('two settings at once leave one deputy', async () => {
  const results = await Promise.all([setDeputy(chief, from(61, 63)), setDeputy(chief, from(62, 64, other)), setDeputy(chief, from(63, 63))])
  expect(results.filter(isRefusal).map(({ code: why }) => why)).toEqual(['identity.deputy-overlap', 'identity.deputy-overlap'])
})

test.each([
  [{ untilDay: inDays(29) }, 'identity.deputy-span'], [{ fromDay: inDays(-3), untilDay: inDays(-1) }, 'identity.deputy-past'], [{ untilDay: inDays(400) }, 'identity.deputy-long'],
  [{ fromDay: '110/2/30' }, 'input.invalid'], [{ deputyLogin: '' }, 'input.invalid'], [{ deputyLogin: 'nobody' }, 'identity.unknown-person'],
])('a span or a person that cannot be is refused: %o', async (wrong, why) => {
  expect(code(await setDeputy(chief, { ...from(30, 31), ...wrong }))).toBe(why)
})

test('nobody stands in for themselves, nor for another while away', async () => {
  expect(code(await setDeputy(colleague, from(30, 31, colleague)))).toBe('identity.own-deputy')
  expect(message(await setDeputy(colleague, from(6, 6, chief)))).toContain('自己也請人代理')
})

test('an administrator sets and ends the deputy of somebody who cannot', async () => {
  await expect(setDeputyOf(chief, { id: other.person.id, ...from(0, 1) })).rejects.toThrow(NotAllowed)
  valueOf(await setDeputyOf(admin, { id: other.person.id, ...from(0, 1) }))
  const [line] = await findDeputies(db, other.person.id, today)
  expect(code(await endDeputy(chief, { id: line!.id }))).toBe('identity.no-deputy') // not theirs to end
  valueOf(await endDeputyOf(admin, { id: other.person.id, deputy: line!.id }))
  expect(await findDeputies(db, other.person.id, today)).toEqual([])
})

test('a colleague is found by name, login or unit; without words those of the own bureau, the own unit first', async () => {
  const names = async (words: string) => (await findColleagues(db, chief.person.id, words, today)).map(({ name }) => name)
  expect(await names('')).toEqual(['林同科', '許管理'])
  expect(await names('衛生局')).toEqual(['周衛生'])
  expect(await names('周')).toEqual(['周衛生'])
  expect(await names(colleague.person.login)).toContain('林同科')
  expect(await names('%')).toEqual([])
})
