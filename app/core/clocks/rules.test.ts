import { existsSync, globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { day } from '../time.ts'
import { deadlineCommand } from './command.ts'
import { computeDeadline } from './compute.ts'
import { Rulebook, rulebook } from './rules.ts'
import { findWithoutLength, withoutLength } from './rules/without-length.ts'

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
  // and every other row says why it has none
  expect(rows.map(([, id]) => id!).filter((id) => !rulebook.has(id) && !findWithoutLength(id))).toEqual([])
})

test('a rule without a length is open with its article, never unknown; nothing is both', () => {
  expect(withoutLength.filter(({ id }) => rulebook.has(id))).toEqual([])
  expect(new Set(withoutLength.map(({ id }) => id)).size).toBe(withoutLength.length)
  for (const row of withoutLength) {
    const answer = computeDeadline(row.id, day('2026-03-02'))
    expect(answer).toMatchObject({ kind: 'open' })
    expect((answer as { because: string }).because).toContain(row.citation)
    expect(row.because).not.toMatch(/[。，]$/)
  }
  expect(deadlineCommand(['petition-transfer', '115/3/2'])).toEqual({ code: 1, err: '', out: 'open: 陳情之移送沒有法定日數：條文只說應「速」移送並通知陳情人，沒有日數（行政程序法 §172 I）\n' })
  expect(deadlineCommand(['plan-control', '115/3/2']).out).toContain('待法制單位確認')
  expect(deadlineCommand(['petition-transfr', '115/3/2'])).toMatchObject({ code: 2, err: expect.stringContaining('petition-transfer') })
})
