import { existsSync, globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { day } from '../time.ts'
import { Rulebook, rulebook } from './rules.ts'

test('every rule names its text, its trigger and what follows when it lapses', () => {
  for (const rule of rulebook.latest()) {
    expect(rule.id).toMatch(/^[a-z]+(-[a-z0-9]+)+$/)
    for (const text of [rule.title, rule.trigger, rule.citation, rule.onLapse]) expect(text).not.toBe('')
    expect(rule.length ?? 0).toBeGreaterThanOrEqual(0)
  }
})

test('versions of one rule may not overlap', () => {
  const rule = rulebook.find('petition-30wd', day('2025-01-02'))!
  expect(() => new Rulebook([rule, { ...rule, version: 2 }])).toThrow(/does not follow/)
  const ended = { ...rule, effectiveTo: day('2025-12-31') }
  const book = new Rulebook([ended, { ...rule, version: 2, effectiveFrom: day('2026-01-01'), length: 20 }])
  expect([book.find('petition-30wd', day('2025-12-31'))?.length, book.find('petition-30wd', day('2026-01-01'))?.length]).toEqual([30, 20])
})

test('a county can put its own rule in place of one in the book', () => {
  const rule = rulebook.find('petition-30wd', day('2025-01-02'))!
  const own = rulebook.with([{ ...rule, unit: 'cd' }])
  expect(own.find('petition-30wd', day('2025-01-02'))?.unit).toBe('cd')
  expect(own.ids()).toHaveLength(rulebook.ids().length)
  expect(rulebook.find('petition-30wd', day('2025-01-02'))?.unit).toBe('wd')
})

test('every rule has an example of its own in a test', () => {
  const tests = globSync('{,rules/}*.test.ts', { cwd: import.meta.dirname }).filter((file) => file !== 'rules.test.ts').map((file) => readFileSync(new URL(file, import.meta.url), 'utf8')).join('\n')
  expect(rulebook.ids().filter((id) => !tests.includes(`'${id}'`))).toEqual([])
})

const table = new URL('../../../../shared/domain/rules.md', import.meta.url)
test.skipIf(!existsSync(table))('every row of the county’s rules that names a length is in the book (skipped where the rules are not at hand)', () => {
  const section = readFileSync(table, 'utf8').split('## 2. Rule tables')[1]!.split('## 3.')[0]!
  const rows = [...section.matchAll(/^\| ([a-z]+(?:-[a-z0-9]+)+)(?: \([^|]*\))? \|(.*)$/gm)]
  expect(rows.length).toBeGreaterThan(190)
  // a length in its own id (30wd, 3mo, 1h) is one that a clock must have
  const timed = rows.map(([, id]) => id!).filter((id) => /-\d+(cd|wd|d|mo|y|h)\b/.test(id))
  expect(timed.length).toBeGreaterThan(80)
  expect(timed.filter((id) => !rulebook.has(id))).toEqual([])
})
