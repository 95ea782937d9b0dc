import { expect, test } from 'vitest'
import { day } from '../../time.ts'
import { computeDeadline } from '../compute.ts'
import { due, type Example, told } from '../due-for-tests.ts'
import { judge } from '../judge.ts'

test.each<Example>([
  ['cp-business-15d', '2021-09-05', '2021-09-22'],
  ['cp-correction', '2025-03-03', '2025-03-10', { days: 7 }],
  ['cp-meeting-30d', '2025-03-03', '2025-04-02'],
  ['cp-meeting-30d', '2025-03-03', '2025-04-14', { extensionDays: 10 }], // 4/12 is a Saturday
  ['cp-objection-10d', '2025-09-18', '2025-09-30'],
  ['cp-objection-10d', '2025-09-08', '2025-09-30', { serviceKind: '寄存送達' }],
  ['cp-small-objection-10d', '2025-03-03', '2025-03-13'],
  ['cp-small-objection-10d', '2025-09-08', '2025-09-30', { serviceKind: '寄存送達' }],
  ['cp-second-meeting-20d', '2025-09-18', '2025-10-08'],
  ['cp-certificate-7d', '2025-09-22', '2025-09-30'],
  ['cp-court-10d', '2022-08-30', '2022-09-12'],
  ['cp-annul-30d', '2025-03-03', '2025-04-02'],
  ['cp-annul-30d', '2025-03-03', '2025-04-14', { serviceKind: '寄存送達' }],
  ['cp-court-fee-3mo', '2025-02-28', '2025-06-02'],
  ['la-review-30d', '2025-03-03', '2025-04-02'],
  ['la-correction', '2025-03-03', '2025-03-17', { days: 14 }],
])('%s from %s ends on %s', (rule, trigger, on, params) => {
  expect(due(rule, trigger, params)).toBe(on)
})

test('a meeting is put off by ten days at most, and a plan in a small case is never served by public notice', () => {
  expect(due('cp-meeting-30d', '2025-03-03', { extensionDays: 11 })).toMatch(/展期最長 10 日/)
  expect(due('cp-small-objection-10d', '2025-03-03', { serviceKind: '公示送達' })).toMatch(/^undetermined: .*不適用公示送達/)
  expect(due('cp-objection-10d', '2025-03-03', { serviceKind: '公示送達' })).toBe('2025-04-02')
})

test('silence on a plan settles the dispute by it', () => {
  expect(judge(computeDeadline('cp-objection-10d', day('2025-03-03')), null, day('2025-03-14'))).toMatchObject({ kind: 'lapsed', consequence: expect.stringContaining('視為已依該方案成立調解') })
  expect(told('cp-objection-10d', '2025-03-03')).toContain('郵戳')
})

test('periods set case by case are open until they are', () => {
  for (const rule of ['cp-correction', 'la-correction']) expect(due(rule, '2025-03-03')).toMatch(/^open: /)
})
