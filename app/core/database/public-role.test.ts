import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { connect } from '../db.ts'

const { db, url } = await createTestDatabase()
const published = connect(url, { max: 1, role: 'windlion_public' })
afterAll(() => published.close())
const denied = /permission denied|must be (owner|superuser)|cannot|not allowed|does not exist/

test('the public side’s role reads the published views and not one column of anything else', async () => {
  const { rows: columns } = await sql<{ schema: string; relation: string; column: string; views: boolean }>`
    select n.nspname as schema, c.relname as relation, a.attname as column, n.nspname = 'windlion_public' as views
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where n.nspname like 'windlion%' and c.relkind in ('r', 'v', 'm', 'p') and a.attnum > 0 and not a.attisdropped`.execute(db)
  expect(columns.filter((one) => one.views).length).toBeGreaterThan(10)
  expect(columns.filter((one) => !one.views).length).toBeGreaterThan(200)
  const readable = await sql<{ schema: string; relation: string; column: string }>`
    select n.nspname as schema, c.relname as relation, a.attname as column
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where n.nspname like 'windlion%' and n.nspname <> 'windlion_public' and c.relkind in ('r', 'v', 'm', 'p') and a.attnum > 0 and not a.attisdropped
      and has_schema_privilege('windlion_public', n.oid, 'usage') and has_column_privilege('windlion_public', c.oid, a.attnum, 'select')`.execute(db)
  expect(readable.rows).toEqual([])
  // not only by the catalogue: one is asked for in every relation
  const failures: string[] = []
  for (const { schema, relation, column } of columns.filter((one, at, all) => !one.views && all.findIndex((each) => each.relation === one.relation && each.schema === one.schema) === at)) {
    const answer = await sql`select ${sql.ref(column)} from ${sql.table(`${schema}.${relation}`)} limit 1`.execute(published.db).then(() => 'read', (error: Error) => error.message)
    if (!denied.test(answer)) failures.push(`${schema}.${relation}: ${answer}`)
  }
  expect(failures).toEqual([])
})

test.each([
  `insert into windlion.events (kind, happened_at) values ('x', now())`, `update windlion.cases set title = 'x'`, `delete from windlion.cases`, `create table public.x (a int)`, `create table windlion_public.x (a int)`,
  `alter role windlion_public superuser`, `copy (select 1) to program 'id'`, `select pg_read_file('/etc/passwd')`, `select lo_import('/etc/passwd')`,
])('nor does it write, make anything, or reach the machine: %s', async (statement) => {
  const answer = await sql.raw(statement).execute(published.db).then(() => 'done', (error: Error) => error.message)
  expect(answer).toMatch(denied)
})

test('the views show no column of persons', async () => {
  const { rows } = await sql<{ name: string }>`select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'windlion_public' and column_name ~ '(sender|email|phone|address|password|secret|token|_hash|encrypted|follow_code)'`.execute(db)
  expect(rows.map(({ name }) => name)).toEqual([])
})
