import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makePerson, makeUnit, useTestKeys } from '../../../test/support/makers.ts'
import { WrongUse } from '../errors.ts'
import { openJobs, runDueJobs } from '../jobs/jobs.ts'
import { importFiles } from '../tabular/import.ts'
import { addDays, dayOf, rocDay } from '../time.ts'
import { keepApart } from './separation.ts'
import { staffImporter } from './staff-import.ts'
import { testFolder } from '../../../test/support/folder.ts'

const { db } = await createTestDatabase()
const folder = testFolder()
const today = dayOf(new Date())
const head = '帳號,姓名,單位,職務,電子郵件,起,迄\n'

beforeAll(async () => {
  useTestKeys()
  await openJobs(db)
  keepApart([{ administers: ['office.people'], readsCases: ['petitions.read'] }], [{ 'office.people': { administrator: 'all' }, 'petitions.read': { officer: 'own', 'section-chief': 'subtree' } }])
  const works = await makeUnit(db, '工務處', { code: 'A05' })
  await makeUnit(db, '道路科', { code: 'A0501', kind: 'section', parentId: works })
  await makePerson(db, '許管理', 'administrator', works)
})

function run(rows: string, options: { update?: boolean } = {}) {
  const path = join(folder, 'staff.csv')
  writeFileSync(path, head + rows)
  return importFiles(db, [path], [staffImporter], options)
}
const postsOf = async (login: string) => (await db.selectFrom('posts').innerJoin('people', 'people.id', 'posts.person_id').innerJoin('units', 'units.id', 'posts.unit_id')
  .select(['units.code', 'role', 'posts.valid_from', 'posts.valid_until']).where('login', '=', login).orderBy('posts.id').execute()).map((post) => Object.values(post))
const personOf = (login: string) => db.selectFrom('people').selectAll().where('login', '=', login).executeTakeFirst()

test('joiners come with their posts, by code or name of the unit, and the same file again changes nothing', async () => {
  const rows = 'lin,林示範,A0501,承辦人,lin@windlion.example,110/1/1,\nlin,林示範,工務處,officer,,113/1/1,\nWANG,王示範,道路科,科長,,,\n'
  expect((await run(rows)).messages).toEqual(['人員：新增 3 筆、更新 0 筆、原本就有 0 筆'])
  expect(await postsOf('lin')).toEqual([['A0501', 'officer', '2021-01-01', null], ['A05', 'officer', '2024-01-01', null]])
  expect(await postsOf('wang')).toEqual([['A0501', 'section-chief', today, null]])
  expect(await personOf('lin')).toMatchObject({ email: 'lin@windlion.example', password_hash: null, locked_at: null })
  expect((await run(rows)).messages).toEqual(['人員：新增 0 筆、更新 0 筆、原本就有 3 筆'])
})

test('what differs is refused by its column unless it is meant', async () => {
  const rows = `lin,林新名,A0501,承辦人,,110/1/1,\nwang,王示範,A0501,科長,,,${rocDay(today)}\n`
  expect((await run(rows)).errors.slice(0, 2)).toEqual(['staff.csv:2:姓名: 「lin」已有不同的資料，確定要更改請加上 --update', 'staff.csv:3:迄: 「wang」已有不同的資料，確定要更改請加上 --update'])
  expect((await run(rows, { update: true })).messages).toEqual(['人員：新增 0 筆、更新 2 筆、原本就有 0 筆'])
  expect(await personOf('lin')).toMatchObject({ name: '林新名', email: 'lin@windlion.example' })
})

test('a mover gets the new post and loses the old one; sessions of before end', async () => {
  const person = (await personOf('lin'))!
  await db.insertInto('sessions').values({ token_hash: Buffer.from('x'), person_id: person.id, label: null, expires_at: new Date(Date.now() + 60_000) }).execute()
  const outcome = await run(`lin,林新名,A05,承辦人,,113/1/1,${rocDay(addDays(today, -1))}\nlin,林新名,A0501,科長,,${rocDay(today)},\n`, { update: true })
  expect(outcome.messages).toEqual(['人員：新增 1 筆、更新 1 筆、原本就有 0 筆'])
  expect((await postsOf('lin')).at(-1)).toEqual(['A0501', 'section-chief', today, null])
  expect(await db.selectFrom('sessions').select('id').where('person_id', '=', person.id).execute()).toEqual([])
})

test('a leaver is locked once the last post has ended', async () => {
  await runDueJobs(db)
  expect((await personOf('wang'))!.locked_at, 'today is the last day').toBeNull()
  await run(`wang,王示範,A0501,科長,,,${rocDay(addDays(today, -1))}\n`, { update: true })
  expect((await personOf('wang'))!.locked_at).toBeInstanceOf(Date)
  const again = await run(`wang,王示範,A0501,承辦人,,${rocDay(today)},\n`, { update: true })
  expect(again.messages[0]).toContain('匯入不會重新啟用')
})

test('what cannot be is named, and nothing is loaded', async () => {
  const outcome = await run('x y,甲,A05,承辦人,,,\nkuo,乙,A99,承辦人,,,\nkuo2,丙,A05,主任,,,\nkuo3,丁,A05,承辦人,no-address,,\nkuo4,戊,A05,承辦人,,110/2/1,110/1/1\nkuo5,己,A05,承辦人,,,\nkuo5,庚,A05,科長,,,\nkuo6,辛,A05,承辦人,,,\nkuo6,辛,A05,系統管理,,,\nkuo7,壬,A05,承辦人,,,\nkuo7,壬,A05,承辦人,,,\n')
  expect(outcome.errors).toEqual([
    expect.stringContaining('staff.csv:2:帳號: 帳號用 2 到 50 個'), 'staff.csv:3:單位: 找不到「A99」這個單位', expect.stringContaining('staff.csv:4:職務: 「主任」不是'), 'staff.csv:5:電子郵件: 電子郵件的格式不正確',
    'staff.csv:6:迄: 早於起日', 'staff.csv:8:姓名: 與第 7 列同一個帳號的姓名不同', expect.stringContaining('不能由同一個人擔任'), 'staff.csv:12:職務: 與第 11 列是同一項職務', expect.stringContaining('沒有匯入任何資料'),
  ])
  expect(await personOf('kuo5')).toBeUndefined()
})

test('somebody is always left who can let others in', async () => {
  const admin = await db.selectFrom('people').select(['login', 'name']).where('name', '=', '許管理').executeTakeFirstOrThrow()
  await expect(run(`${admin.login},${admin.name},A05,系統管理,,2000-01-01,${rocDay(addDays(today, -1))}\n`, { update: true })).rejects.toThrow(WrongUse)
})
