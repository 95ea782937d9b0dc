import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makePetition, useTestKeys } from '../../../test/support/makers.ts'
import { everydayRole, prepareEverydayRole } from '../database/everyday-role.ts'
import { connect, type Db } from '../db.ts'
import { matches, newestFirst } from './search.ts'
import { searchGrams, searchTerms, searchText } from './text.ts'

let db: Db
let url: string
const letters = {
  care: '家中長輩需要長照服務，請問如何申請。',
  mixed: '金門大橋旁的 ＬＥＤ 路燈不亮。',
  rare: '堃伯家門前的𠮷祥巷積水。',
  hidden: '金\u200b門高中前的斑馬線不清楚，1％ 的坡道也不平。',
}
const ids: Record<string, number> = {}

beforeAll(async () => {
  useTestKeys()
  ;({ db, url } = await createTestDatabase())
  for (const [name, body] of Object.entries(letters)) ids[name] = (await makePetition(db, new Date('2021-05-03T10:00:00+08:00'), { title: '請協助', body })).id
})

async function found(query: string): Promise<string[]> {
  const rows = await sql<{ case_id: number }>`select case_id from case_texts t where ${matches(query, 't')} order by case_id`.execute(db)
  return rows.rows.map((row) => Object.keys(ids).find((name) => ids[name] === row.case_id)!)
}

test('two-character terms find everything, wherever words begin', async () => {
  expect(await found('長照')).toEqual(['care'])
  expect(await found('照服')).toEqual(['care'])
  expect(await found('金門')).toEqual(['mixed', 'hidden'])
})

test('one-character terms work', async () => {
  expect(await found('燈')).toEqual(['mixed'])
  expect(await found('巷')).toEqual(['rare'])
})

test('pairs that occur apart do not make a term', async () => {
  // 路燈 and 燈不 occur, 路燈不亮 too; 路燈亮 does not
  expect(await found('路燈不亮')).toEqual(['mixed'])
  expect(await found('路燈亮')).toEqual([])
})

test('full-width letters, characters beyond the BMP and per cent signs are found as written', async () => {
  expect(await found('led')).toEqual(['mixed'])
  expect(await found('𠮷祥')).toEqual(['rare'])
  expect(await found('𠮷')).toEqual(['rare'])
  expect(await found('1%')).toEqual(['hidden'])
  expect(await found('%')).toEqual(['hidden'])
})

test('all terms must occur, and a search for nothing finds nothing', async () => {
  expect(await found('金門 路燈')).toEqual(['mixed'])
  expect(await found('金門 長照')).toEqual([])
  expect(await found('　 ')).toEqual([])
})

test('a quotation mark in a term is text, not SQL', async () => {
  expect(await found("'; drop table cases; --")).toEqual([])
  expect(await found('\\')).toEqual([])
})

test('newest first finds the same, however common the term', async () => {
  await sql`analyze case_texts`.execute(db)
  for (const query of ['金門', '長照', '請']) {
    const condition = await newestFirst(db, query, 1, 't')
    const rows = await sql<{ case_id: number }>`select case_id from case_texts t where ${condition} order by case_id`.execute(db)
    const plain = await sql<{ case_id: number }>`select case_id from case_texts t where ${matches(query, 't')} order by case_id`.execute(db)
    expect(rows.rows).toEqual(plain.rows)
  }
})

test('the everyday role knows which terms are common, and walks back from the newest for them', async () => {
  await prepareEverydayRole(db)
  const everyday = connect(url, { role: everydayRole, max: 1 })
  await sql`analyze case_texts`.execute(db)
  const common = (await newestFirst(everyday.db, '請', 1, 't')).compile(everyday.db)
  const rare = (await newestFirst(everyday.db, '沒人寫過', 1, 't')).compile(everyday.db)
  await everyday.close()
  expect(common.sql).not.toContain('search_grams')
  expect(rare.sql).toContain('search_grams')
})

test('a confirmed receipt moves the text in the order of the newest', async () => {
  await sql`update cases set received_at = '2021-06-01T08:00+08' where id = ${ids.care}`.execute(db)
  const row = await sql<{ received_at: Date }>`select received_at from case_texts where case_id = ${ids.care}`.execute(db)
  expect(row.rows[0]!.received_at).toEqual(new Date('2021-06-01T08:00:00+08:00'))
})

test('terms and grams', () => {
  expect(searchText(' ＡＢ\u200bc\n路 ')).toBe('abc 路')
  expect(searchTerms('路燈　路燈 不亮')).toEqual(['路燈', '不亮'])
  expect(searchGrams('路燈不')).toEqual(['路燈', '燈不'])
})
