import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { makePetition } from '../../../test/support/makers.ts'
import { createEverydayDatabase } from '../../../test/support/record.ts'
import { connect, type Connection, type Db, read, write } from '../db.ts'
import { eraseHistory } from '../personal-data/erase.ts'
import { sealEvents } from '../events/seal.ts'
import { everydayRole, prepareEverydayRole } from './everyday-role.ts'

let owner: Connection
let db: Db
let id: number
beforeAll(async () => {
  ;({ owner, db } = await createEverydayDatabase({ max: 2 }))
  id = (await makePetition(db, new Date('2021-05-03T10:00:00+08:00'))).id
  await write(db, (tx) => tx.updateTable('cases').set({ township: '金城鎮' }).where('id', '=', id).execute())
})

test('the everyday role does the office’s work: rows, history by their triggers, events, seals', async () => {
  expect((await sql`select from windlion_history.cases where id = ${id}`.execute(db)).rows).toHaveLength(1)
  expect(await sealEvents(db)).toBeGreaterThan(0)
  expect(await read(db, (reader) => reader.selectFrom('cases').select('id').where('id', '=', id).execute(), new Date(Date.now() + 1000))).toHaveLength(1)
})

test.each([
  `update events set kind = 'x'`, `delete from events`, `truncate events`, `update event_seals set leaf = salt`, `delete from event_tree`, `delete from event_checkpoints`, `update record_keys set vkey = 'x'`,
  `update windlion_history.cases set township = null`, `delete from windlion_history.cases`, `truncate cases`,
  `alter table events disable trigger all`, `alter table cases add column x int`, `drop table case_dues`, `create table x (y int)`, `create index x on cases (id)`,
  `set session_replication_role = replica`, `update migrations set name = 'x'`, `select make_versioned('people')`, `create or replace function refuse_change() returns trigger language plpgsql as 'begin return null; end'`,
])('it cannot: %s', async (statement) => {
  await expect(sql.raw(statement).execute(db)).rejects.toThrow(/permission denied|must be owner/)
})

test('history goes only by the function that leaves a trace, which cannot be taken away', async () => {
  await expect(write(db, (tx) => eraseHistory(tx, 'cases', 'id', id))).rejects.toThrow('only an approved destruction list')
  await write(db, async (tx) => {
    const { id: lapsed } = await tx.insertInto('cases').values({ kind: 'petition', follow_no: 'F-lapsed', title: '（內容已刪除）', stage: 'lapsed' } as never).returning('id').executeTakeFirstOrThrow()
    expect(await eraseHistory(tx, 'cases', 'id', lapsed)).toBe(0)
    expect((await sql`select table_name, row_id, versions from history_erasures`.execute(tx)).rows).toEqual([{ table_name: 'cases', row_id: lapsed, versions: 0 }])
  })
  await expect(sql`delete from history_erasures`.execute(db)).rejects.toThrow('permission denied')
  await expect(sql`select erase_history('cases; drop table events', 'id', 1)`.execute(db)).rejects.toThrow('does not exist')
})

test('a table added later is granted at the next start; one that is only added to, without changes', async () => {
  await sql`create table windlion.later (a int)`.execute(owner.db)
  await sql`create table windlion.kept (a int)`.execute(owner.db)
  await sql`create trigger kept_append_only before update or delete on windlion.kept for each statement execute function windlion.refuse_change()`.execute(owner.db)
  await expect(sql`insert into later values (1)`.execute(db)).rejects.toThrow('permission denied')
  expect(await prepareEverydayRole(owner.db)).toBe(null)
  await sql`insert into later values (1)`.execute(db)
  await sql`update later set a = 2`.execute(db)
  await sql`insert into kept values (1)`.execute(db)
  await expect(sql`delete from kept`.execute(db)).rejects.toThrow('permission denied')
})

test('a login of its own that is only a member works the same; one that may give no roles is told why', async () => {
  const name = `county_${randomBytes(4).toString('hex')}`
  await sql.raw(`create role ${name} login password 'county-for-tests'; grant ${everydayRole} to ${name}`).execute(owner.db)
  const member = connect(owner.url.replace(/\/\/[^@]*@/, `//${name}:county-for-tests@`), { role: everydayRole, max: 1 })
  try {
    expect((await member.db.selectFrom('cases').select('id').execute()).length).toBe(2)
    await sql`reset role`.execute(member.db)
    await expect(sql`alter table events disable trigger all`.execute(member.db)).rejects.toThrow('must be owner')
    await sql`create table windlion.latest (a int)`.execute(owner.db)
    expect(await prepareEverydayRole(member.db)).toMatch(/permission denied|must be owner/)
  } finally {
    await member.close()
    await sql.raw(`drop owned by ${name}; drop role ${name}`).execute(owner.db)
  }
})
