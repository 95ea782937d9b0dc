import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { day } from '../time.ts'
import { textOn } from './dated.ts'
import { operationsBetween } from './difference.ts'
import { parseNationalLaw } from './parse-moj.ts'
import { parseText } from './parse-text.ts'
import { printText } from './print-text.ts'
import { articlesOf, emptyText } from './text.ts'

/** The national laws lie beside the project where it is developed; they are no part of it. */
const folder = join(import.meta.dirname, '../../../../shared/data/laws')
const files = existsSync(folder) ? readdirSync(folder).filter((name) => /^[A-Z]\d{7}\.json$/.test(name)) : []

describe.skipIf(files.length === 0)('laws of the national database', () => {
  const sources = files.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))

  test('every unit comes in with its number and in its order', () => {
    for (const source of sources) {
      const { text } = parseNationalLaw(source)
      const numbers = source.法規內容.map((unit: Record<string, string>) => unit.條號?.replace(/[第條\s]/g, '') ?? '').filter(Boolean)
      expect(articlesOf(text).map(({ no }) => no)).toEqual(numbers)
      expect(text.units).toHaveLength(source.法規內容.length)
      articlesOf(text).forEach((article, i) => expect(article.text).toBe(source.法規內容.filter((unit: object) => '條號' in unit)[i].條文內容.replaceAll('\r\n', '\n').split('\n').map((line: string) => line.trimEnd()).join('\n').trim()))
    }
  })

  test('the operations that enact it replay to its text; printed and pasted again it is the same', () => {
    for (const source of sources) {
      const { text } = parseNationalLaw(source)
      const changes = [{ id: 1, promulgatedOn: day('2020-01-01'), effectiveOn: day('2020-01-03'), seq: 1, operations: operationsBetween(emptyText(''), text) }]
      expect(textOn(changes, day('2020-01-03')).text).toEqual(text)
      const again = parseText(printText(text), text.name)
      expect(again.text.units.map((unit) => (unit.kind === 'article' ? unit.no : unit.level + unit.no))).toEqual(text.units.map((unit) => (unit.kind === 'article' ? unit.no : unit.level + unit.no)))
    }
  })
})

test('a law of 1,439 articles under 139 headings keeps its order', () => {
  const units = Array.from({ length: 139 }, (_, chapter) => [
    { 編章節: `第 ${chapter + 1} 章 章名` },
    ...Array.from({ length: 10 }, (_, i) => ({ 條號: `第 ${chapter * 10 + i + 1} 條`, 條文內容: `第一項。\r\n一、第 ${chapter}-${i} 款。` })),
    ...(chapter < 49 ? [{ 條號: `第 ${chapter * 10 + 10}-1 條`, 條文內容: '增。' }] : []),
  ]).flat()
  const source = { 法規名稱: '大法', 法規網址: 'https://law.moj.gov.tw/LawClass/LawAll.aspx?pcode=B0000001', 最新異動日期: '20210120', 法規內容: units }
  const { text } = parseNationalLaw(source)
  expect(articlesOf(text)).toHaveLength(1439)
  expect(articlesOf(text).slice(9, 12).map(({ no }) => no)).toEqual(['10', '10-1', '11'])
  const changes = [{ id: 1, promulgatedOn: day('2020-01-01'), effectiveOn: day('2020-01-01'), seq: 1, operations: operationsBetween(emptyText(''), text) }]
  expect(textOn(changes, day('2020-01-01')).text).toEqual(text)
})

test('nothing is left out silently', () => {
  const law = (unit: object) => ({ 法規名稱: '甲法', 法規網址: 'x?pcode=A0000001', 最新異動日期: '20210120', 法規內容: [unit] })
  expect(() => parseNationalLaw(law({ 條號: '第 甲 條', 條文內容: 'x' }))).toThrow('甲法：讀不出條號「第 甲 條」')
  expect(() => parseNationalLaw(law({ 編章節: '序' }))).toThrow('甲法：讀不出編章節「序」')
  expect(() => parseNationalLaw({})).toThrow('這不是全國法規資料庫的法規')
})
