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
