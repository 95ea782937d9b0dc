import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../test/support/database.ts'
import { type Db, madeOnce, write } from './db.ts'

let db: Db
beforeAll(async () => {
  db = (await createTestDatabase()).db
  await sql`create table notes (text text primary key)`.execute(db)
})

const count = async () => (await sql<{ n: number }>`select count(*) as n from notes`.execute(db)).rows[0]!.n

test('instants are read as PostgreSQL writes them, of every age', async () => {
  const found = await sql<Record<string, Date>>`select '2021-10-01 08:00:00.123456+08'::timestamptz as micro, '2021-10-01 00:00Z'::timestamptz as plain,
    '1895-12-31 00:00Z'::timestamptz as old, '1944-01-01 00:00Z'::timestamptz as war`.execute(db)
  expect(found.rows[0]).toEqual({ micro: new Date('2021-10-01T00:00:00.123Z'), plain: new Date('2021-10-01T00:00:00Z'), old: new Date('1895-12-31T00:00:00Z'), war: new Date('1944-01-01T00:00:00Z') })
})

test('a transaction begins with its first statement, with values or without, and leaves nothing when it fails', async () => {
  const fails = (first: () => ReturnType<typeof sql>) => db.transaction().execute(async (tx) => {
    await first().execute(tx)
    throw new Error('stop')
  })
  await expect(fails(() => sql`insert into notes values ('a')`)).rejects.toThrow('stop')
  await expect(fails(() => sql`insert into notes values (${'b'})`)).rejects.toThrow('stop')
  await expect(db.transaction().execute((tx) => sql`insert into nothing values (1)`.execute(tx))).rejects.toThrow('nothing')
  await expect(db.transaction().execute((tx) => sql`insert into nothing values (${1})`.execute(tx))).rejects.toThrow('nothing')
  await db.transaction().execute(async () => {})
  expect(await count()).toBe(0)
  await write(db, (tx) => sql`insert into notes values (${'c'})`.execute(tx))
  expect(await count()).toBe(1)
})

test('a statement made once takes its values in order, on the pool and inside a transaction', async () => {
  const ask = madeOnce(sql<{ one: string; two: string }>`select ${''}::text as one, ${''}::text as two`)
  expect(await ask(db, ['a', 'b'])).toEqual([{ one: 'a', two: 'b' }])
  expect(await db.transaction().execute((tx) => ask(tx, ['c', 'd']))).toEqual([{ one: 'c', two: 'd' }])
})
