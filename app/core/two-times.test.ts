import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../test/support/database.ts'
import { makeUnit } from '../../test/support/makers.ts'
import { type Db, fenceWrites, read, write } from './db.ts'

let db: Db
beforeAll(async () => {
  db = (await createTestDatabase()).db
})

const nameOf = (id: number, asOf?: Date) =>
  read(db, async (reader) => (await reader.selectFrom('units').select('name').where('id', '=', id).executeTakeFirst())?.name, asOf)

test('the same query sees a table as it was believed at an instant', async () => {
  const before = await fenceWrites(db)
  const id = await makeUnit(db, '建設處')
  const named = await fenceWrites(db)
  await write(db, (tx) => tx.updateTable('units').set({ name: '工務處' }).where('id', '=', id).execute())
  const renamed = await fenceWrites(db)
  await write(db, (tx) => tx.deleteFrom('units').where('id', '=', id).execute())

  expect(await nameOf(id, before)).toBeUndefined()
  expect(await nameOf(id, named)).toBe('建設處')
  expect(await nameOf(id, renamed)).toBe('工務處')
  expect(await nameOf(id)).toBeUndefined()
})

test('a row written twice in one act was never believed in between', async () => {
  const id = await makeUnit(db, '甲')
  await write(db, async (tx) => {
    await tx.updateTable('units').set({ name: '乙' }).where('id', '=', id).execute()
    await tx.updateTable('units').set({ name: '丙' }).where('id', '=', id).execute()
  })
  const versions = await sql<{ name: string }>`select name from windlion_history.units where id = ${id} order by sys_from`.execute(db)
  expect(versions.rows.map((row) => row.name)).toEqual(['甲'])
})

test('an update that changes nothing leaves no version', async () => {
  const id = await makeUnit(db, '同名處')
  const count = async () => (await sql<{ n: number }>`select count(*) as n from windlion_history.units where id = ${id}`.execute(db)).rows[0]!.n
  const before = await count()
  await write(db, (tx) => tx.updateTable('units').set({ name: '同名處' }).where('id', '=', id).execute())
  expect(await count()).toBe(before)
})

test('an instant chosen behind the fence lies after every write that was under way', async () => {
  const id = await makeUnit(db, '先')
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  const slow = write(db, async (tx) => {
    await tx.updateTable('units').set({ name: '後' }).where('id', '=', id).execute()
    await held
  })
  await new Promise((wake) => setTimeout(wake, 50))
  const fence = fenceWrites(db)
  setTimeout(release, 100)
  const [at] = await Promise.all([fence, slow])
  expect(await nameOf(id, at)).toBe('後')
})

test('an as-of read cannot write', async () => {
  await expect(read(db, (reader) => reader.updateTable('units').set({ name: 'x' }).execute(), new Date())).rejects.toThrow()
})
