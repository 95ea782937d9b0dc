import { expect, test } from 'vitest'
import { isRefusal } from '../../core/errors.ts'
import { day } from '../../core/time.ts'
import { effectClause, effectOf } from './effect.ts'

const saidBy = (last: string) => effectClause(`第一條\n甲。\n第二條\n${last}`, '示範縣某辦法')
const effect = (last: string, more: Partial<Parameters<typeof effectOf>[0]> = {}) => {
  const answer = effectOf({ instrument: 'rule', change: 'enact', penalty: false, clause: saidBy(last), on: day('2024-01-18'), effectiveOn: null, isSaid: false, note: undefined, ...more })
  return isRefusal(answer) ? answer.code.replace('regulation.', '') : answer
}

test('a text says itself from when it is in force', () => {
  expect(saidBy('本辦法自公布日施行。')).toEqual({ article: '第二條', words: '本辦法自公布日施行。', says: 'promulgation' })
  expect(saidBy('本辦法自發布之日起施行。')?.says).toBe('promulgation')
  expect(saidBy('本辦法施行日期，由本府另定之。')?.says).toBe('later')
  expect(saidBy('本辦法自中華民國一百十三年二月一日施行。')?.says).toBe('2024-02-01')
  expect(saidBy('本辦法自110年1月1日起施行。\n本辦法修正條文自發布日施行。')).toMatchObject({ words: '本辦法修正條文自發布日施行。', says: 'promulgation' })
  expect([saidBy('乙。'), saidBy('自一百十三年二月三十日施行。'), effectClause(null, '甲')]).toEqual([null, null, null])
})

test('the third day, or the day named; never one that the text does not name', () => {
  expect(effect('乙。')).toBe('2024-01-20')
  expect(effect('乙。', { effectiveOn: day('2024-03-01') })).toBe('2024-03-01')
  expect(effect('本辦法自發布日施行。')).toBe('2024-01-20')
  expect(effect('本辦法自發布日施行。', { effectiveOn: day('2024-03-01') })).toBe('effect-differs')
  expect(effect('本辦法自一百十三年二月一日施行。')).toBe('2024-02-01')
  expect(effect('本辦法施行日期，由本府定之。')).toBe('effect-unsaid')
  expect(effect('本辦法施行日期，由本府定之。', { effectiveOn: day('2024-03-01') })).toBe('2024-03-01')
  expect(effect('一、本要點自即日生效。', { instrument: 'administrative' })).toBe('2024-01-18')
})

test('before its promulgation only where the text says so, with its article, and never with a penalty', () => {
  const early = { effectiveOn: day('2024-01-17') }
  expect(effect('乙。', early)).toBe('retroactive-unsaid')
  expect(effect('乙。', { ...early, isSaid: true })).toBe('retroactive-unsaid')
  expect(effect('乙。', { ...early, isSaid: true, note: '第三條' })).toBe('2024-01-17')
  expect(effect('乙。', { ...early, isSaid: true, note: '第三條', penalty: true })).toBe('retroactive')
  expect(effect('本辦法自發布日施行。', { ...early, isSaid: true, note: '第二條' })).toBe('effect-differs')
  expect(effect('本辦法自發布日施行。', { ...early, change: 'amend', isSaid: true, note: '第二條' })).toBe('2024-01-17')
})
