import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createTestDatabase } from './database.ts'

const { db, url } = await createTestDatabase()

test('a test file gets a migrated database of its own', async () => {
  const { rows } = await sql<{ name: string; zone: string }>`select current_database() as name, current_setting('timezone') as zone`.execute(db)
  expect(rows[0]!.name).toMatch(/^test_/)
  expect(rows[0]!.zone).toBe('Asia/Taipei')
  expect(url).toContain(rows[0]!.name)
  const migrations = await sql<{ count: number }>`select count(*) from windlion.migrations`.execute(db)
  expect(migrations.rows[0]!.count).toBeGreaterThan(0)
})

test('Chinese text sorts by strokes where asked', async () => {
  const { rows } = await sql<{ names: string[] }>`
    select array_agg(name order by name collate "zh-Hant-TW-x-icu") as names from unnest(array['陳', '王', '林']) as name`.execute(db)
  expect(rows[0]!.names).toEqual(['王', '林', '陳'])
})
