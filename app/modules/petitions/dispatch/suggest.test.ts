import { expect, test } from 'vitest'
import { type DispatchRule, matchRule, suggestUnit } from './suggest.ts'

const rule = (more: Partial<DispatchRule>): DispatchRule => ({ id: 1, title: '路燈', category: null, township: null, words: ['路燈'], unitId: 1, unitName: '工務處', weight: 60, ...more })
const letter = (more: Partial<Parameters<typeof matchRule>[0]> = {}) => ({ title: '巷口路燈不亮', body: '晚上很暗，請派人來修。', category: null, township: null, ...more })

test('a word in the subject suggests the unit and says why', () => {
  const advice = suggestUnit(letter(), [rule({})])
  expect(advice).toMatchObject({ sure: true, suggestion: { unitId: 1, score: 75, reasons: ['主旨有「路燈」（規則「路燈」）'] } })
})

test('a word only in the letter counts less, and a light rule alone is not enough', () => {
  expect(suggestUnit(letter({ title: '請派人來修', body: '路燈壞了' }), [rule({ weight: 40 })])).toMatchObject({ sure: false, because: '沒有把握（40 分，未達 50 分），請人工判斷', nearest: { unitName: '工務處' } })
})

test('the score at the threshold is sure, one below is not', () => {
  const inBody = letter({ title: '請派人來修', body: '路燈壞了' })
  expect(suggestUnit(inBody, [rule({ weight: 50 })]).sure).toBe(true)
  expect(suggestUnit(inBody, [rule({ weight: 49 })]).sure).toBe(false)
})

test('two units that come close are left to a person, with both named', () => {
  const rules = [rule({}), rule({ id: 2, title: '漏電', words: ['漏電'], unitId: 2, unitName: '消防局', weight: 60 })]
  const advice = suggestUnit(letter({ title: '路燈漏電' }), rules)
  expect(advice).toMatchObject({ sure: false, because: '工務處和消防局都有可能，請人工判斷' })
})

test('every condition of a rule must hold: category, township, word', () => {
  const narrow = rule({ category: '路燈號誌', township: '金沙鎮' })
  expect(matchRule(letter({ category: '路燈號誌', township: '金沙鎮' }), narrow)?.reason).toBe('類別是路燈號誌，地點在金沙鎮，主旨有「路燈」（規則「路燈」）')
  expect(matchRule(letter({ category: '路燈號誌', township: '金湖鎮' }), narrow)).toBeNull()
  expect(matchRule(letter({ township: '金沙鎮' }), narrow)).toBeNull()
  expect(matchRule(letter({ title: '道路坑洞', category: '路燈號誌', township: '金沙鎮' }), narrow)).toBeNull()
})

test('a rule without any condition says nothing', () => {
  expect(matchRule(letter(), rule({ words: [] }))).toBeNull()
})

test('several words and several rules of one unit make it surer, never above 100', () => {
  const one = suggestUnit(letter(), [rule({})])
  const two = suggestUnit(letter(), [rule({}), rule({ id: 2, title: '夜間照明', words: ['暗'], weight: 30 })])
  expect(two.sure && one.sure && two.suggestion.score > one.suggestion.score).toBe(true)
  expect(suggestUnit(letter(), [rule({ weight: 100, words: ['路燈', '巷口', '暗', '修'] })])).toMatchObject({ suggestion: { score: 100 } })
})

test('full-width and capital letters are found all the same', () => {
  expect(matchRule(letter({ title: '請設置ＡＥＤ' }), rule({ words: ['aed'] }))).not.toBeNull()
})

test('no rule at all says that it does not know', () => {
  expect(suggestUnit(letter(), [])).toEqual({ sure: false, because: '沒有符合的規則，請人工判斷', nearest: null })
})
