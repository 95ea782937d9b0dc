import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { valueOf } from '../errors.ts'
import { day } from '../time.ts'
import { textOn } from './dated.ts'
import { loadNationalLaws, readLawFiles } from './load.ts'
import { findChanges } from './store.ts'
import { articlesOf } from './text.ts'

const law = (changed: string, ...articles: [string, string][]) => ({
  法規性質: '法律', 法規名稱: '甲法', 法規網址: 'https://law.moj.gov.tw/LawClass/LawAll.aspx?pcode=A0000001', 最新異動日期: changed,
  法規內容: [{ 編章節: '第 一 章 總則' }, ...articles.map(([條號, 條文內容]) => ({ 條號, 條文內容 }))],
})
const file = (content: unknown, name = 'A0000001.json') => ({ name, text: `\ufeff${JSON.stringify(content)}` })

test('one law a file or a whole export; an index is no law, what cannot be read is a problem by file', () => {
  const read = readLawFiles([file(law('20210120', ['第 1 條', '甲。'])), file({ Laws: [law('20210120', ['第 1 條', '甲。'])] }, 'all.json'), file([{ code: 'A' }], 'index.json'), { name: 'x.json', text: '{' }, file(law('20210120', ['第 甲 條', '乙。']), 'b.json')])
  expect(read.laws.map(({ code, lastChangedOn }) => [code, lastChangedOn])).toEqual([['A0000001', '2021-01-20'], ['A0000001', '2021-01-20']])
  expect(read.others).toEqual(['index.json'])
  expect(read.problems).toEqual(['x.json：不是 JSON 檔', 'b.json：甲法：讀不出條號「第 甲 條」'])
})

test('loaded again nothing changes; a later text is an amendment, and the earlier day keeps its own', async () => {
  const { db } = await createTestDatabase()
  const load = async (content: unknown) => valueOf(await loadNationalLaws({ db, person: null }, { laws: readLawFiles([file(content)]).laws }))
  const first = law('20210120', ['第 1 條', '甲。'], ['第 1-1 條', '乙。'], ['第 2 條', '（刪除）'])
  expect(await load(first)).toEqual({ added: 1, changed: 0, unchanged: 0 })
  expect(await load(first)).toEqual({ added: 0, changed: 0, unchanged: 1 })
  expect(await load(law('20230501', ['第 1 條', '甲之新。'], ['第 1-1 條', '乙。'], ['第 2 條', '（刪除）']))).toEqual({ added: 0, changed: 1, unchanged: 0 })
  const { id } = await db.selectFrom('laws').select('id').where('code', '=', 'A0000001').executeTakeFirstOrThrow()
  const changes = await findChanges(db, id)
  const on = (text: string) => articlesOf(textOn(changes, day(text)).text).map(({ no, text: words }) => [no, words])
  expect(on('2022-01-01')).toEqual([['1', '甲。'], ['1-1', '乙。'], ['2', '（刪除）']])
  expect(on('2023-05-01')[0]).toEqual(['1', '甲之新。'])
  const events = await sql<{ n: number }>`select count(*) as n from events where kind = 'laws.loaded'`.execute(db)
  expect(events.rows[0]!.n).toBe(2)
})
