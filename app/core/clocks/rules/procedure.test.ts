import { expect, test } from 'vitest'
import { day } from '../../time.ts'
import { due, type Example, told } from '../due-for-tests.ts'

test.each<Example>([
  ['service-apa-deposit', '2025-03-03', '2025-03-03'],
  ['service-apa-deposit', '2025-03-03', '2025-06-03', { clock: 'kept' }],
  ['service-appeal-deposit', '2025-03-03', '2025-03-13'],
  ['service-appeal-deposit', '2025-03-03', '2025-05-03', { clock: 'kept' }],
  ['service-civil-deposit', '2025-03-05', '2025-03-15'], // an effect is not moved by a Saturday
  ['service-public', '2025-03-03', '2025-03-23'],
  ['service-public', '2025-03-03', '2025-05-02', { clock: 'abroad' }],
  ['service-public', '2025-03-03', '2025-03-04', { clock: 'again' }],
  ['remedy-notice-missing', '2024-03-04', '2025-03-04'],
  ['remedy-notice-missing', '2024-03-04', '2025-03-24', { serviceKind: '公示送達' }],
  ['restitution-apa-10d', '2025-03-03', '2025-03-13'],
  ['restitution-apa-10d', '2025-03-03', '2025-03-10', { missedOn: day('2024-03-08') }],
])('%s from %s ends on %s', (rule, trigger, on, params) => {
  expect(due(rule, trigger, params)).toBe(on)
})

test('行政程序法 §48 V: a suspension of business counts its first day and ends on a closed one', () => {
  expect(due('adverse-term', '2025-03-03', { days: 90 })).toBe('2025-05-31')
  expect(told('adverse-term', '2025-03-03', { days: 90 })).toContain('行政程序法 §48 V')
  expect(due('adverse-term', '2025-03-03')).toMatch(/^open: /)
})

test('§48 V, the exception: time to put something right is counted as usual, which is longer', () => {
  expect(due('adverse-order', '2025-03-01', { days: 14 })).toBe('2025-03-17') // 3/15 is a Saturday
  expect(told('adverse-order', '2025-03-01', { days: 14 })).toContain('§48 V 但書')
})
