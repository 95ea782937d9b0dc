import { expect, test } from 'vitest'
import { day } from '../../time.ts'
import { computeDeadline } from '../compute.ts'
import { due, type Example, told } from '../due-for-tests.ts'
import { judge } from '../judge.ts'

test.each<Example>([
  ['reg-notice', '2025-03-03', '2025-05-02'],
  ['reg-notice', '2025-03-03', '2025-03-17', { days: 14 }],
  ['reg-promulgate-30d', '2025-04-01', '2025-05-01'],
  ['reg-promulgate-30d', '2026-04-01', '2026-05-04'],
  ['reg-promulgate-30d', '2025-04-01', '2025-07-02', { resumedOn: day('2025-06-02') }],
  ['reg-approval-1mo', '2026-01-30', '2026-03-02'],
  ['reg-approval-1mo', '2026-01-30', '2026-03-30', { extensionMonths: 1 }],
  ['reg-after-approval-30d', '2025-03-03', '2025-04-02'],
  ['reg-effective-3rd-day', '2025-10-08', '2025-10-10'],
  ['reg-effective-3rd-day', '2025-02-27', '2025-03-01'],
  ['reg-effective-3rd-day', '2025-04-20', '2025-04-22', { promulgationDeadline: day('2025-05-01') }],
  ['reg-effective-3rd-day', '2025-05-10', '2025-05-03', { promulgationDeadline: day('2025-05-01') }], // in force already by law
  ['reg-deemed-effective', '2025-05-01', '2025-05-03'],
  ['reg-deemed-effective', '2025-04-01', '2025-05-03', { promulgationDeadline: day('2025-05-01') }],
  ['reg-repeal', '2025-10-08', '2025-10-10'],
  ['reg-sunset', '2025-12-31', '2025-11-30'],
  ['reg-sunset', '2025-03-31', '2025-02-28'],
])('%s from %s ends on %s', (rule, trigger, on, params) => {
  expect(due(rule, trigger, params)).toBe(on)
})

test('silence of the ministry approves, silence of the county puts in force', () => {
  expect(judge(computeDeadline('reg-approval-1mo', day('2026-01-30')), null, day('2026-03-03'))).toMatchObject({ kind: 'lapsed', consequence: expect.stringContaining('視為核定') })
  expect(judge(computeDeadline('reg-promulgate-30d', day('2025-04-01')), null, day('2025-05-02'))).toMatchObject({ kind: 'lapsed', consequence: expect.stringContaining('第三日起發生效力') })
})

test('what is read by analogy or from policy says so', () => {
  for (const rule of ['reg-notice', 'reg-repeal', 'reg-sunset']) expect(told(rule, '2025-10-08')).toContain('待法制單位確認')
  expect(told('reg-effective-3rd-day', '2025-10-08')).not.toContain('待法制單位確認')
})
