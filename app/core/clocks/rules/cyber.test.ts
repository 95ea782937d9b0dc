import { expect, test } from 'vitest'
import { day, parseInstant } from '../../time.ts'
import { computeDeadline } from '../compute.ts'
import { due } from '../due-for-tests.ts'
import { incidentHours } from '../incident-levels.ts'
import { judge } from '../judge.ts'
import { rulebook } from '../rules.ts'

test('worked examples 41 and 42: hours run through New Year’s Eve', () => {
  expect(due('cyber-report-1h', '2026-02-16 23:30')).toBe('2026-02-17T00:30+08:00')
  expect(due('cyber-contain-72h-36h', '2026-02-16 23:30', { level: 2 })).toBe('2026-02-19T23:30+08:00')
})

test.each([[1, 8, 72], [2, 8, 72], [3, 2, 36], [4, 2, 36]] as const)('level %i leaves %i hours to review and %i to contain, as the incident form says', (level, review, contain) => {
  const from = (rule: string): number => {
    const answer = computeDeadline(rule, parseInstant('2026-03-06 18:00')!, { level })
    return answer.kind === 'due' ? (answer.instant!.getTime() - parseInstant('2026-03-06 18:00')!.getTime()) / 3_600_000 : 0
  }
  expect([from('cyber-review-8h-2h'), from('cyber-contain-72h-36h')]).toEqual([review, contain])
  expect(incidentHours(level)).toMatchObject({ review, contain })
})

test('hours run over nights, weekends, the change of day and of year', () => {
  expect(due('cyber-review-8h-2h', '2026-12-31 20:15', { level: 1 })).toBe('2027-01-01T04:15+08:00')
  expect(due('cyber-review-8h-2h', '2026-03-07 23:59', { level: 4 })).toBe('2026-03-08T01:59+08:00')
  expect(due('cyber-contain-72h-36h', '2026-03-06 18:00', { level: 4 })).toBe('2026-03-08T06:00+08:00')
  expect(due('cyber-contain-72h-36h', '2024-02-28 12:00', { level: 1 })).toBe('2024-03-02T12:00+08:00')
  expect(due('cyber-review-notify-1h', '2026-06-30T15:30:00Z')).toBe('2026-07-01T00:30+08:00')
  expect(due('cyber-regrade-1h', '2026-03-06 18:00')).toBe('2026-03-06T19:00+08:00')
})

test('without a level or a clock time nothing is guessed', () => {
  expect(due('cyber-contain-72h-36h', '2026-02-16 23:30')).toMatch(/^undetermined: .*level/)
  expect(due('cyber-contain-72h-36h', '2026-02-16', { level: 2 })).toMatch(/^undetermined: .*時刻/)
})

test('the report that comes at the due minute is in time, a minute later it is not', () => {
  const answer = computeDeadline('cyber-report-1h', parseInstant('2026-02-16 23:30')!)
  expect(judge(answer, parseInstant('2026-02-17 00:30')!, day('2026-02-20'))).toMatchObject({ kind: 'met' })
  expect(judge(answer, parseInstant('2026-02-17 00:31')!, day('2026-02-20'))).toMatchObject({ kind: 'lapsed' })
})

test('a changed level leaves the clock at the first knowledge, and the explanation says so', () => {
  const answer = computeDeadline('cyber-contain-72h-36h', parseInstant('2026-02-16 23:30')!, { level: 3 })
  expect(answer.kind === 'due' && answer.explanation.join()).toContain('仍自最初知悉時起算')
})

test('trap 12: each hour clock has the version of its day, and what is second-hand says so', () => {
  for (const rule of ['cyber-report-1h', 'cyber-regrade-1h', 'cyber-review-8h-2h', 'cyber-review-notify-1h', 'cyber-contain-72h-36h', 'cyber-final-1mo', 'cyber-drill-social-6mo', 'cyber-drill-report-1y', 'cyber-drill-result-1mo']) {
    const on = (text: string): [number, string] | null => { const found = rulebook.find(rule, day(text)); return found && [found.version, found.status] }
    expect([on('2018-12-31'), on('2021-08-22'), on('2021-08-23'), on('2026-01-04'), on('2026-01-05')])
      .toEqual([null, [1, 'U'], [2, 'V-M'], [2, 'V-M'], [3, 'S']])
  }
  const answer = computeDeadline('cyber-report-1h', parseInstant('2026-02-16 23:30')!)
  expect(answer.kind === 'due' && answer.explanation.join()).toContain('待法制單位確認')
})

test('the responsibility grade is submitted every two years, every three by the new text', () => {
  expect(due('cyber-grade-term', '2024-03-04')).toBe('2026-03-04')
  expect(due('cyber-grade-term', '2026-01-04')).toMatch(/^undetermined: |2028/)
  expect(rulebook.find('cyber-grade-term', day('2026-01-05'))).toMatchObject({ length: 3, status: 'S', configurable: true })
})

test('reports and drills are targets: the rolled day is due, the other is worked towards', () => {
  const answer = computeDeadline('cyber-final-1mo', day('2026-01-30'))
  expect(answer.kind === 'due' && [answer.unrolled, answer.day]).toEqual(['2026-02-28', '2026-03-02'])
  expect(due('cyber-final-1mo', '2026-01-30', { extensionMonths: 1 })).toBe('2026-03-30')
  expect(due('cyber-drill-result-1mo', '2025-03-03')).toBe('2025-04-07') // 4/3 begins a long weekend
  expect(due('cyber-drill-social-6mo', '2025-03-03')).toBe('2025-09-03')
  expect(due('cyber-drill-report-1y', '2025-03-03')).toBe('2026-03-03')
  expect(due('cyber-plan-yearly', '2025-03-03')).toBe('2026-03-03')
})
