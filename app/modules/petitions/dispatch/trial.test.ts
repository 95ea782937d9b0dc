import { expect, test } from 'vitest'
import type { DispatchRule } from './suggest.ts'
import { tryRule } from './trial.ts'

const rule: DispatchRule = { id: 1, title: '路燈', category: null, township: null, words: ['路燈'], unitId: 11, unitName: '養護科', weight: 60 }
const closed = (name: string, title: string, bureauId: number) => ({ name, title, body: '', category: null, township: null, bureauId, bureauName: `局 ${bureauId}` })

test('a trial counts what the rule would have sent right and wrong, by the bureau that answered', () => {
  const cases = [closed('a', '路燈不亮', 1), closed('b', '路燈太亮影響睡眠', 2), closed('c', '垃圾未收', 2)]
  const trial = tryRule(rule, 1, cases, [], new Map([[11, 1]]))
  expect(trial).toMatchObject({ cases: 3, hits: 1, misses: 1, together: { sure: 2, right: 1 } })
  expect(trial.missSamples).toEqual([{ name: 'b', title: '路燈太亮影響睡眠', answeredBy: '局 2', reason: '主旨有「路燈」（規則「路燈」）' }])
})

test('among the live rules the tried one stands in its new form, not beside its old one', () => {
  const old = { ...rule, words: ['垃圾'], unitId: 11 }
  const trial = tryRule(rule, 1, [closed('c', '垃圾未收', 2)], [old], new Map([[11, 1]]))
  expect(trial.together).toEqual({ sure: 0, right: 0 })
})

test('without closed cases a trial says so with zeros', () => {
  expect(tryRule(rule, 1, [], [], new Map())).toMatchObject({ cases: 0, hits: 0, misses: 0 })
})
