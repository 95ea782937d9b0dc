import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { makePetition } from '../../../test/support/makers.ts'
import { behindTheBack, createRecordDatabase, differencesIn } from '../../../test/support/record.ts'
import { type Db, write } from '../db.ts'
import { checkpoint, sealEvents } from './seal.ts'
import { verifyEvents } from './verify-events.ts'

let db: Db
beforeAll(async () => {
  db = (await createRecordDatabase()).db
})

const differences = () => differencesIn(db)
const at = new Date('2021-05-03T10:00:00+08:00')

test('the tree grows by each event and its head names all of them', async () => {
  const before = await checkpoint(db)
  await makePetition(db, at)
  const after = await checkpoint(db)
  expect(after).not.toBe(before)
  expect(await checkpoint(db)).toBe(after)
  expect(await differences()).toEqual([])
})

test('an event cannot be changed through the service’s own connection', async () => {
  await expect(sql`update events set kind = 'x'`.execute(db)).rejects.toThrow('append-only')
})

test('a changed event is found and named', async () => {
  await makePetition(db, at)
  const seq = await sealEvents(db)
  await behindTheBack(db, sql`update events set happened_at = happened_at - interval '1 day' where id = (select event_id from event_seals where seq = ${seq})`)
  expect((await differences()).join()).toContain(`封存序號 ${seq}）被竄改`)
  await behindTheBack(db, sql`update events set happened_at = happened_at + interval '1 day' where id = (select event_id from event_seals where seq = ${seq})`)
  expect(await differences()).toEqual([])
})

test('a version of the past that was changed, moved or removed behind the service’s back is found, and nothing else', async () => {
  const { id, number } = await makePetition(db, at)
  await write(db, async (tx) => {
    await sql`update cases set township = '金城鎮' where id = ${id}`.execute(tx)
    await sql`insert into events (kind, happened_at, case_id) values ('petition.corrected', recorded_now(), ${id})`.execute(tx)
  })
  await sealEvents(db)
  expect(await differences()).toEqual([])
  const kept = await sql`select * from windlion_history.cases where id = ${id}`.execute(db)
  expect(kept.rows).toHaveLength(1)
  for (const [change, back] of [
    [`update windlion_history.cases set township = '烏坵鄉' where id = ${id}`, `update windlion_history.cases set township = null where id = ${id}`],
    [`update windlion_history.cases set sys_to = sys_to + interval '1 day' where id = ${id}`, `update windlion_history.cases set sys_to = sys_to - interval '1 day' where id = ${id}`],
    [`insert into windlion_history.case_dues (id, case_id, at, cause, sys_from, sys_to) values (1, ${id}, now(), 'corrected', now(), now())`, `delete from windlion_history.case_dues where case_id = ${id} and cause = 'corrected'`],
  ] as const) {
    await behindTheBack(db, sql.raw(change))
    expect(await differences(), change).toEqual([`案件 ${number} 的資料或過去的版本被改過，和最後一次紀錄不符`])
    await behindTheBack(db, sql.raw(back))
    expect(await differences(), back).toEqual([])
  }
  await behindTheBack(db, sql`delete from windlion_history.cases where id = ${id}`)
  expect((await differences()).join()).toContain(number)
  await behindTheBack(db, sql`insert into windlion_history.cases select * from jsonb_populate_record(null::windlion_history.cases, ${JSON.stringify(kept.rows[0])}::jsonb)`)
})

test('a case changed behind the service’s back is found by its number, also when the trigger saw it', async () => {
  const { id, number } = await makePetition(db, at)
  await sealEvents(db)
  await sql`update cases set received_at = received_at - interval '40 days' where id = ${id}`.execute(db)
  expect((await differences()).join()).toContain(number)
  await sql`update cases set received_at = received_at + interval '40 days', sys_from = sys_from where id = ${id}`.execute(db)
})

test('a petition’s detail changed behind the service’s back is found', async () => {
  const { id, number } = await makePetition(db, at)
  await sealEvents(db)
  await behindTheBack(db, sql`update petitions set channel = '1999' where id = ${id}`)
  expect((await differences()).join()).toContain(number)
})

test('an event slipped in by hand, with no seal of its own, changes the head', async () => {
  const before = await checkpoint(db)
  await sql`insert into events (kind, happened_at) values ('petition.filed', now())`.execute(db)
  expect(await checkpoint(db)).not.toBe(before)
})

test('an event that waits for a transaction still running is not called slipped in', async () => {
  const held = await db.startTransaction().execute()
  await sql`select pg_current_xact_id()`.execute(held)
  await makePetition(db, at)
  await sealEvents(db)
  await held.rollback().execute()
  expect((await verifyEvents(db, new Map())).differences).toEqual([])
})
