import { expect, test } from 'vitest'
import { day } from '../../time.ts'
import { computeDeadline } from '../compute.ts'
import { due, told } from '../due-for-tests.ts'
import { judge } from '../judge.ts'
import type { DeadlineParams } from '../rule.ts'

test.each<[string, string, string, DeadlineParams?]>([
  ['proc-objection-doc', '2025-06-09', '2025-06-19', { tenderDays: 28 }], // 27
  ['proc-objection-doc', '2024-05-29', '2024-06-11', { tenderDays: 45 }], // 28
  ['proc-complaint-15d', '2023-09-14', '2023-10-02'], // 29
  ['proc-pay-15wd', '2023-01-13', '2023-02-10'], // 30
])('worked examples 27 to 30: %s from %s ends on %s', (rule, trigger, on, params) => {
  expect(due(rule, trigger, params)).toBe(on)
})

test.each([[1, 10], [28, 10], [40, 10], [41, 11], [44, 11], [45, 12]])('of a tender time of %i days vendors have %i to object to the documents', (tenderDays, days) => {
  expect(due('proc-objection-doc', '2025-03-03', { tenderDays })).toBe(due('proc-objection-doc', '2025-03-03', { tenderDays: days * 4 }))
  const answer = computeDeadline('proc-objection-doc', day('2025-03-03'), { tenderDays })
  expect(answer.kind === 'due' && answer.calculation.length).toBe(days)
})

test('the share of the tender time is told with its figures', () => {
  expect(told('proc-objection-doc', '2025-06-09', { tenderDays: 28 })).toContain('10 日，等標期 28 日的四分之一計 7 日，以 10 日計')
  expect(due('proc-objection-doc', '2025-06-09')).toMatch(/^undetermined: .*tenderDays/)
})

test('questions may be asked during a quarter of the tender time, and answered a quarter before it ends', () => {
  expect(due('proc-clarify-quarter', '2025-03-03', { tenderDays: 14 })).toBe('2025-03-07')
  expect(due('proc-clarify-tail', '2025-03-10', { tenderDays: 21 })).toBe('2025-03-17') // six days on is a Sunday
})

test('an objection to the result ends fifteen days after the award, if its own ten days end later', () => {
  expect(due('proc-objection-result', '2025-03-10', { awardedOn: day('2025-03-10') })).toBe('2025-03-20')
  expect(due('proc-objection-result', '2025-03-14', { awardedOn: day('2025-03-10') })).toBe('2025-03-24')
  expect(due('proc-objection-result', '2025-03-15', { awardedOn: day('2025-03-10') })).toBe('2025-03-25')
  expect(due('proc-objection-result', '2025-03-24', { awardedOn: day('2025-03-10') })).toBe('2025-03-25')
  expect(due('proc-objection-result', '2025-03-24')).toBe('2025-04-07') // ten days on is the holiday of 4/3
  expect(told('proc-objection-result', '2025-03-24', { awardedOn: day('2025-03-10') })).toContain('114年3月10日（一）決標，加 15 日，至遲為 114年3月25日（二）')
})

test('a bid bond may be claimed for five years, never after fifteen from the award', () => {
  expect(due('proc-bond-claim-5y', '2021-03-10')).toBe('2026-03-10')
  expect(due('proc-bond-claim-5y', '2023-03-10', { awardedOn: day('2012-05-01') })).toBe('2027-05-03') // 116/5/1 is closed
})

test.each<[string, string, string, DeadlineParams?]>([
  ['proc-objection-change', '2025-03-03', '2025-03-13'],
  ['proc-objection-decide-15d', '2025-03-03', '2025-03-18'],
  ['proc-complaint-reply-10d', '2025-03-03', '2025-03-13'],
  ['proc-complaint-40d', '2025-03-03', '2025-04-14'],
  ['proc-complaint-40d', '2025-03-03', '2025-05-22', { extensionDays: 40 }],
  ['proc-complaint-40d', '2025-03-03', '2025-04-21', { lastReasonsOn: day('2025-03-12') }],
  ['proc-judgment-10d', '2025-03-03', '2025-03-13'],
  ['proc-remedy-20d', '2025-03-03', '2025-03-24'],
  ['proc-disobey-15d', '2025-03-03', '2025-03-18'],
  ['proc-disobey-15d', '2025-03-18', '2025-04-02', { clock: 'superior' }],
  ['proc-award-notice-30d', '2025-03-03', '2025-04-02'],
  ['proc-noaward-14d', '2025-03-03', '2025-03-17'],
  ['proc-blacklist-statement-10d', '2025-03-03', '2025-03-13'],
  ['proc-blacklist-objection-20d', '2025-03-03', '2025-03-24'],
  ['proc-perf-bond-14d', '2025-03-03', '2025-03-17'],
  ['proc-completion-7d', '2025-03-03', '2025-03-10'],
  ['proc-first-inspection-30d', '2025-03-03', '2025-04-02'],
  ['proc-acceptance-20d', '2025-03-03', '2025-03-24'],
  ['proc-acceptance-30d', '2025-03-03', '2025-04-02'],
  ['proc-acceptance-30d', '2025-03-03', '2025-04-14', { extensionDays: 10 }],
  ['proc-certificate-15d', '2025-03-03', '2025-03-18'],
  ['proc-mediation-4mo', '2025-03-03', '2025-07-03'],
  ['proc-mediation-4mo', '2025-03-03', '2025-03-18', { clock: 'reply' }],
  ['proc-mediation-4mo', '2025-03-03', '2025-03-13', { clock: 'objection' }],
  ['proc-supervise-5d', '2025-03-17', '2025-03-11'],
  ['proc-supervise-5d', '2025-03-17', '2025-03-13', { clock: 'award' }],
  ['proc-public-view', '2025-03-03', '2025-03-10'],
])('%s from %s is due on %s', (rule, trigger, on, params) => {
  expect(due(rule, trigger, params)).toBe(on)
})

test('with upstream subsidy payment has thirty working days, and days waiting for corrections do not count', () => {
  expect(due('proc-pay-15wd', '2025-03-03')).toBe('2025-03-24')
  expect(due('proc-pay-15wd', '2025-03-03', { clock: 'review' })).toBe('2025-03-24')
  expect(due('proc-pay-15wd', '2025-03-03', { clock: 'subsidy' })).toBe('2025-04-16')
  expect(due('proc-pay-15wd', '2025-03-03', { pauses: [{ from: day('2025-03-05'), to: day('2025-03-07') }] })).toBe('2025-03-26')
})

test('a listed vendor is barred for a time that its record decides, and the last day is never moved', () => {
  const until = (clock: string): string => due('proc-blacklist-terms', '2025-03-03', { clock })
  expect([until('three-years'), until('one-year'), until('first-record'), until('second-record'), until('further-record')])
    .toEqual(['2028-03-03', '2026-03-03', '2025-06-03', '2025-09-03', '2026-03-03'])
  expect(due('proc-blacklist-terms', '2025-03-03')).toMatch(/^open: /)
  expect(told('proc-blacklist-terms', '2025-03-03', { clock: 'first-record' })).toContain('停權末日')
})

test('what follows from silence is said', () => {
  expect(judge(computeDeadline('proc-blacklist-objection-20d', day('2025-03-03')), null, day('2025-03-25')))
    .toMatchObject({ kind: 'lapsed', consequence: expect.stringContaining('刊登政府採購公報') })
  expect(judge(computeDeadline('proc-objection-decide-15d', day('2025-03-03')), null, day('2025-03-18'))).toMatchObject({ kind: 'running' })
})
