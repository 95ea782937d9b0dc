import { expect, test } from 'vitest'
import { day } from '../../time.ts'
import { due, type Example, told } from '../due-for-tests.ts'

test.each<Example>([
  ['sc-prescription', '2023-05-10', '2025-05-12'], // two years on is a Saturday
  ['sc-prescription', '2024-06-03', '2025-03-03', { damageOn: day('2020-03-02') }], // five years from the damage come first
  ['sc-prescription', '2020-03-02', '2025-03-03', { clock: 'damage' }],
  ['sc-recourse-2y', '2023-05-10', '2025-05-12'],
  ['sc-correction', '2025-03-03', '2025-03-17', { days: 14 }],
  ['sc-correction', '2025-03-03', '2025-03-10', { clock: 'power-of-attorney' }],
  ['sc-refusal-30d', '2025-03-03', '2025-04-02'],
  ['sc-open-negotiation-30d', '2026-01-28', '2026-03-02'],
  ['sc-notice-5d', '2025-10-20', '2025-10-14'],
  ['sc-negotiation-60d', '2025-07-01', '2025-09-01'],
  ['sc-negotiation-60d', '2025-07-01', '2025-09-01', { noticeSent: day('2025-06-10') }], // the meeting counts, not its notice
  ['sc-superior-20d', '2025-09-18', '2025-10-08'],
  ['sc-approval-15d', '2025-09-21', '2025-10-07'], // 10/6 中秋
  ['sc-agreement-service-10d', '2025-09-18', '2025-09-30'],
  ['sc-pay-30d', '2025-04-01', '2025-05-01'],
  ['sc-pay-30d', '2026-04-01', '2026-05-04'], // 勞動節 is closed for all since 115
  ['sc-semiannual-report', '2025-08-01', '2026-02-02'], // 1/31 is a Saturday
  ['sc-semiannual-report', '2025-07-31', '2025-07-31'],
])('%s from %s ends on %s', (rule, trigger, on, params) => {
  expect(due(rule, trigger, params)).toBe(on)
})

test('a notice of the meeting is in time on the latest day, a day later it is not', () => {
  expect(told('sc-notice-5d', '2025-10-20', { noticeSent: day('2025-10-14') })).toContain('在期限之內')
  expect(told('sc-notice-5d', '2025-10-20', { noticeSent: day('2025-10-15') })).toContain('已逾期限')
})

test('a reasonable period is open until it is set', () => {
  expect(due('sc-correction', '2025-03-03')).toMatch(/^open: /)
})
