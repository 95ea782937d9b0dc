import { expect, test } from 'vitest'
import { type AnswerFacts, checkAnswer, firstMissing } from './checks.ts'

const whole: AnswerFacts = { text: '已修復。', remedy: 'none', questions: [{ no: 1, text: '何時修', state: 'answered' }], joint: [{ unitName: '環保局', contributed: true }], reachable: true }
const missing = (more: Partial<AnswerFacts>) => firstMissing({ ...whole, ...more })?.code ?? null

test('a whole answer passes', () => {
  expect(firstMissing(whole)).toBeNull()
  expect(checkAnswer(whole).every((check) => check.ok)).toBe(true)
})

test('each gap holds it back by name', () => {
  expect(missing({ text: ' \n' })).toBe('text')
  expect(missing({ questions: [{ no: 2, text: '誰負責', state: 'open' }] })).toBe('questions')
  expect(missing({ questions: [{ no: 2, text: '誰負責', state: 'not-applicable' }] })).toBeNull()
  expect(missing({ remedy: 'undecided' })).toBe('remedy')
  expect(missing({ joint: [{ unitName: '環保局', contributed: false }] })).toBe('joint')
})

test('who cannot be reached is answered all the same, and the officer told', () => {
  expect(missing({ reachable: false })).toBeNull()
  expect(checkAnswer({ ...whole, reachable: false }).find((check) => check.code === 'reachable')).toMatchObject({ ok: false, advisory: true })
})
