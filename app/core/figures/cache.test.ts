import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { type Db, write } from '../db.ts'
import { cachedRead } from './cache.ts'

let db: Db
beforeAll(async () => {
  db = (await createTestDatabase()).db
})

const happen = (kind = 'petition.filed') => write(db, (tx) => sql`insert into events (kind, happened_at) values (${kind}, now())`.execute(tx))

let computed = 0
const counted = (key = 'count', asOf: Date | null = null) =>
  cachedRead(db, key, async (reader) => {
    computed += 1
    return (await sql<{ n: number }>`select count(*) as n from windlion.events`.execute(reader)).rows[0]!.n
  }, asOf)

test('what was computed before is not computed again while nothing happens', async () => {
  const first = await counted()
  const before = computed
  expect(await counted()).toBe(first)
  expect(computed).toBe(before)
})

test('anything that happened makes it compute anew', async () => {
  const first = await counted()
  await happen()
  expect(await counted()).toBe(first + 1)
})

test('what was still under way when it was computed counts as soon as it is committed', async () => {
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  const slow = write(db, async (tx) => {
    await sql`insert into events (kind, happened_at) values ('petition.filed', now())`.execute(tx)
    await held
  })
  await new Promise((wake) => setTimeout(wake, 50))
  await happen() // a later transaction that commits earlier
  const during = await counted()
  const before = computed
  expect(await counted()).toBe(during)
  expect(computed).toBe(before)
  release()
  await slow
  expect(await counted()).toBe(during + 1)
})

test('what was rolled back changes nothing', async () => {
  const first = await counted()
  const before = computed
  await write(db, async (tx) => {
    await sql`insert into events (kind, happened_at) values ('petition.filed', now())`.execute(tx)
    throw new Error('no')
  }).catch(() => {})
  expect(await counted()).toBe(first)
  expect(computed).toBe(before)
})

test('results of other keys and other instants are kept apart', async () => {
  const before = computed
  await counted('a')
  await counted('b')
  await counted('a', new Date('2021-10-31T15:59:59.999Z'))
  expect(computed).toBe(before + 3)
})
