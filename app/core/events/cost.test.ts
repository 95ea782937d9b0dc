import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { useTestKeys } from '../../../test/support/makers.ts'
import { declareModules } from '../../start.ts'
import type { Db } from '../db.ts'
import { sealEvents } from './seal.ts'

// One connection, so that plans made for empty tables are kept, as a service keeps them that was begun empty.
const { db } = await createTestDatabase({ max: 1 })
beforeAll(() => {
  useTestKeys()
  declareModules()
})

/** Narrow rows of so many petitions, each with an earlier version. */
async function makeCases(count: number): Promise<void> {
  await sql`with made as (insert into cases (kind, follow_no, number, title, stage, township, received_at, due_on)
      select 'petition', 'F' || f + n, 'N' || f + n, '路燈不亮', 'handling', '金城鎮', now(), '2027-01-01' from generate_series(1, ${count}::int) n, (select count(*) as f from cases) f returning id),
    p as (insert into petitions (id, channel, filed_at, category) select id, 'mayor-mail', now(), '路燈號誌' from made)
    insert into case_dues (case_id, at, due_on, cause) select id, now(), '2027-01-01', 'received' from made`.execute(db)
  await sql`update cases set title = '路燈亮了' where title = '路燈不亮'`.execute(db)
  await sql`update petitions set category = '道路' where category <> '道路'`.execute(db)
  await sql`update case_dues set note = '更正' where note is null`.execute(db)
}

const makeEvents = (count: number, ofCases: boolean) => sql`insert into events (kind, happened_at, case_id) select 'petition.noted', now(), case when ${ofCases}::boolean then id end from (select id from cases order by id limit ${count}) c`.execute(db)

type Reads = { whole: number; rows: number }

/** Rows read by passing through whole tables, and by indexes. */
async function reads(of: Db): Promise<Reads> {
  await sql`select pg_stat_force_next_flush()`.execute(of)
  const found = await sql<Reads>`select sum(seq_tup_read) as whole, sum(idx_tup_fetch) as rows from pg_stat_user_tables where schemaname in ('windlion', 'windlion_history')`.execute(of)
  return found.rows[0]!
}

async function readBySealing(): Promise<Reads> {
  const before = await reads(db)
  await sealEvents(db)
  const after = await reads(db)
  return { whole: after.whole - before.whole, rows: after.rows - before.rows }
}

test('sealing reads as little from large tables as from small ones, whatever statistics its plans were made with', async () => {
  await sql`analyze`.execute(db)
  await makeCases(100)
  await makeEvents(100, true)
  const small = await readBySealing()
  await makeCases(2_000)
  await makeEvents(2_000, false)
  await sealEvents(db)
  await makeEvents(100, true)
  const large = await readBySealing()
  expect(small.rows).toBeGreaterThan(500)
  expect(small.whole).toBe(0)
  expect(large.whole).toBe(0)
  expect(large.rows).toBeLessThan(small.rows * 1.5)
})
