import { expect, test } from 'vitest'
import { day } from '../../time.ts'
import { computeDeadline } from '../compute.ts'
import { due } from '../due-for-tests.ts'
import { judge } from '../judge.ts'
import type { DeadlineParams } from '../rule.ts'

test('trap 14: the budget reaches the council by 10/31, is passed by 11/30 and promulgated by 12/16', () => {
  for (const year of [2024, 2025, 2026, 2027]) {
    expect(due('council-budget-oct31', `${year}-01-01`)).toBe(`${year - 1}-10-31`)
    expect(due('plan-budget-link', `${year}-01-01`)).toBe(`${year - 1}-10-31`)
    expect(due('council-budget-nov30', `${year}-01-01`)).toBe(`${year - 1}-11-30`)
    expect(due('council-budget-dec16', `${year}-01-01`)).toBe(`${year - 1}-12-16`)
  }
})

test('a latest day on which offices are closed is told with the office day before it', () => {
  const answer = computeDeadline('council-budget-oct31', day('2027-01-01'))
  expect(answer.kind === 'due' && answer.explanation).toContain('該日不上班，期限不因此延後；須於上班時間送達的，請提前至 115年10月30日（五）。')
})

test.each<[string, string, string, DeadlineParams?]>([
  ['council-regular', '2025-05-01', '2025-05-30'],
  ['council-regular', '2025-05-01', '2025-06-09', { clock: 'members-41' }],
  ['council-budget-ext', '2025-11-28', '2025-12-03'],
  ['council-extra-10d', '2025-03-03', '2025-03-13'],
  ['council-extra-10d', '2025-03-07', '2025-03-11', { clock: 'session' }],
  ['council-reconsider-30d', '2025-03-03', '2025-04-02'],
  ['council-reconsider-15d', '2025-03-03', '2025-03-18'],
  ['council-reconsider-15d', '2025-03-03', '2025-03-10', { clock: 'recess-call' }],
  ['council-reconsider-15d', '2025-03-10', '2025-03-13', { clock: 'recess-decide' }],
  ['council-accounts-apr30', '2024-12-31', '2025-04-30'],
  ['council-accounts-apr30', '2025-04-30', '2025-07-31', { clock: 'audit' }],
  ['directive-minutes', '2025-03-03', '2025-03-10'],
  ['directive-minutes', '2025-03-03', '2025-03-06', { days: 3 }],
  ['directive-tracking', '2025-03-03', '2025-03-31', { days: 28 }],
  ['card-records-5y', '2022-03-02', '2027-03-02'],
  ['plan-offshore-4y', '2023-01-01', '2026-12-31'],
  ['plan-offshore-approval', '2022-06-15', '2026-06-15'],
  ['plan-offshore-landuse-1y', '2025-03-03', '2026-03-03'],
])('%s from %s ends on %s', (rule, trigger, on, params) => {
  expect(due(rule, trigger, params)).toBe(on)
})

test('trap 4: silence of the council on a reconsideration ends its own resolution', () => {
  expect(judge(computeDeadline('council-reconsider-15d', day('2025-03-03')), null, day('2025-03-19')))
    .toMatchObject({ kind: 'lapsed', consequence: expect.stringContaining('原決議失效') })
})

test('a directive without an ordered day stays open', () => {
  expect(due('directive-tracking', '2025-03-03')).toMatch(/^open: /)
})
