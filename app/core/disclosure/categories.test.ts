import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { disclosedRecords, disclosureCategories, disclosureDuty } from './categories.ts'

test('trap 11: 縣務會議紀錄 is not on the list of §7; 訴願決定 and procurement contracts are', () => {
  expect(disclosureDuty('county-affairs-minutes').category).toBeNull()
  expect(disclosureDuty('executive-minutes').category).toBeNull()
  expect(disclosureDuty('county-affairs-minutes').citation).toContain('§18 I ③')
  expect(disclosureDuty('appeal-decision').category).toBe('7-1-7')
  expect(disclosureDuty('procurement-contract').category).toBe('7-1-8')
  expect(disclosureDuty('independent-body-minutes').category).toBe('7-1-10')
})

test('a petition’s answer is not the result of a 請願, and self-government regulations must be in print', () => {
  expect(disclosureDuty('petition-answer').category).toBeNull()
  expect(disclosureDuty('formal-petition-result').category).toBe('7-1-7')
  expect(disclosureDuty('self-government-regulation').because).toContain('公報')
})

test('each category has a record of this office, and each record names its article', () => {
  const used = new Set(disclosedRecords.map((kind) => disclosureDuty(kind).category))
  expect(disclosureCategories.filter(({ key }) => !used.has(key))).toEqual([])
  for (const kind of disclosedRecords) expect(disclosureDuty(kind).citation).toContain('政府資訊公開法 §')
})

const law = new URL('../../../../shared/data/laws/I0020026.json', import.meta.url)
test.skipIf(!existsSync(law))('the categories are those of the law (skipped where its text is not at hand)', () => {
  const text = JSON.parse(readFileSync(law, 'utf8')) as { 法規內容: { 條號?: string; 條文內容: string }[] }
  const article = text.法規內容.find(({ 條號 }) => 條號?.replaceAll(' ', '') === '第7條')!.條文內容
  expect(article.split('\n').filter((line) => /^[一二三四五六七八九十]+、/.test(line))).toHaveLength(disclosureCategories.length)
})
