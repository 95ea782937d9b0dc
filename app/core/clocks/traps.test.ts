import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { addDays, day, parseInstant } from '../time.ts'
import { officeCalendar } from './calendar.ts'
import { computeDeadline } from './compute.ts'
import { due, told } from './due-for-tests.ts'
import { incidentLevel } from './incident-levels.ts'
import { judge } from './judge.ts'
import { awaitsConfirmation } from './rule.ts'
import { rulebook } from './rules.ts'
import { amountClassOf } from './thresholds.ts'

// The traps for naive software of the county's rules, each by its own sentence. What a trap says of more than periods is
// tested with the work system that it is about.

test('trap 1: Only the last day is tested for holidays; but make-up Saturdays are open and compensatory Fridays are closed.', () => {
  expect(due('appeal-filing-30d', '2023-01-08')).toBe('2023-02-07') // the New Year inside the period counts
  expect(due('appeal-filing-30d', '2023-01-05')).toBe('2023-02-04') // a make-up Saturday is a last day like any other
  expect(told('appeal-filing-30d', '2023-01-05')).toContain('補行上班日，不順延')
  expect(due('foi-correct-7d', '2026-02-20')).toBe('2026-03-02') // Friday 2/27 is a day off for the Saturday
  expect(due('appeal-filing-30d', '2024-04-06')).toBe('2024-05-06') // open, though the day before it was closed
})

test('trap 2: `addMonths(date, n)` is wrong whenever the day after the trigger is the 1st, or the target month is shorter.', () => {
  expect(due('appeal-decision-3mo', '2025-02-28')).toBe('2025-06-02') // whole months from 3/1: 5/31, not 5/28
  expect(due('appeal-decision-3mo', '2024-11-29')).toBe('2025-03-03') // no 2/30: 2/28
  expect(due('appeal-litigation-2mo', '2023-12-30')).toBe('2024-02-29') // no 2/31: 2/29 in a leap year
  expect(due('appeal-litigation-2mo', '2025-06-30')).toBe('2025-09-01') // whole months from 7/1: 8/31, a Sunday
  expect(due('sc-recourse-2y', '2022-02-28')).toBe('2024-02-29')
})

test('trap 3: Tender time counts the publication day and may or may not count the closing day depending on the cut-off hour.', () => {
  expect(due('tender-open', '2025-03-03', { tenderDays: 8, cutoff: 'office-closing' })).toBe('2025-03-10')
  expect(due('tender-open', '2025-03-03', { tenderDays: 8, cutoff: '10:00' })).toBe('2025-03-11T10:00+08:00')
})

test('trap 4: Regulations take effect on "day 3" counting publication; silence by the ministry = approved; failure to promulgate = in force anyway; silence by the council on 覆議 = its own resolution dies.', () => {
  expect(due('reg-effective-3rd-day', '2025-10-08')).toBe('2025-10-10') // a holiday makes no difference
  const silent = (rule: string, trigger: string) => judge(computeDeadline(rule, day(trigger)), null, day('2026-12-31'))
  expect(silent('reg-approval-1mo', '2026-01-30')).toMatchObject({ kind: 'lapsed', consequence: expect.stringContaining('視為核定') })
  expect(silent('reg-promulgate-30d', '2026-04-01')).toMatchObject({ kind: 'lapsed', consequence: expect.stringContaining('第三日起發生效力') })
  expect(due('reg-deemed-effective', '2026-05-04')).toBe('2026-05-06')
  expect(silent('council-reconsider-15d', '2026-04-01')).toMatchObject({ kind: 'lapsed', consequence: expect.stringContaining('原決議失效') })
})

test('trap 5: Two different deposit-service rules inside one case (disposition vs decision).', () => {
  expect(due('appeal-filing-30d', '2025-03-03', { serviceKind: '寄存送達' })).toBe('2025-04-02') // the disposition: at once
  expect(due('appeal-litigation-2mo', '2025-03-03', { serviceKind: '寄存送達' })).toBe('2025-05-13') // the decision: ten days later
  expect(told('appeal-filing-30d', '2025-03-03', { serviceKind: '寄存送達' })).toContain('即日發生效力')
})

test('trap 6: Receipt rule vs postmark rule differ per procedure.', () => {
  expect(told('appeal-filing-30d', '2025-03-03')).toContain('以機關收受之日為準，不以郵戳為準')
  expect(told('cp-objection-10d', '2025-03-03')).toContain('以交郵當日之郵戳為準')
  expect(rulebook.find('cp-small-objection-10d', day('2025-03-03'))!.filing!.by).toBe('postmark')
})

test('trap 7: 在途期間 depends on residence × appeal seat × representative, not on county of the agency that acted.', () => {
  const from = (residence: string, appealSeat: string, representativeAtSeat = false) => due('appeal-filing-30d', '2025-03-03', { residence, appealSeat, representativeAtSeat })
  expect(from('金門縣', '金門縣')).toBe('2025-04-02') // against a township: the county decides
  expect(from('金門縣', '臺北市')).toBe('2025-05-02') // against the county: the ministry decides
  expect(from('金門縣', '臺北市', true)).toBe('2025-04-02')
  expect(from('金門縣烏坵鄉', '金門縣')).toBe('2025-05-02')
  expect(from('臺北市', '金門縣')).toBe('2025-05-02')
})

test('trap 8: Working-day clocks exist only where the text says so (payment, document handling, petitions); statutory citizen clocks are calendar days.', () => {
  const inOfficeDays = rulebook.latest().filter(({ unit, counting }) => unit === 'wd' && counting === 'office-days').map(({ id }) => id)
  expect(inOfficeDays.every((id) => /^(petition|doc)-|^proc-pay-15wd$|^proc-public-view$/.test(id))).toBe(true)
  expect(inOfficeDays).toEqual(expect.arrayContaining(['petition-30wd', 'doc-normal-6wd', 'proc-pay-15wd']))
  for (const id of ['appeal-filing-30d', 'foi-decide-15d', 'cp-objection-10d', 'proc-objection-decide-15d', 'sc-open-negotiation-30d', 'pdp-access-15d']) expect(rulebook.find(id, day('2025-03-03'))!.unit).toBe('cd')
})

test('trap 9: 訴願 three months restart on each supplement of reasons.', () => {
  expect(due('appeal-decision-3mo', '2025-01-06', { lastReasonsOn: day('2025-02-28') })).toBe('2025-06-02')
  expect(due('appeal-decision-3mo', '2025-01-06', { lastReasonsOn: day('2025-03-10') })).toBe('2025-06-10')
  expect(told('appeal-decision-3mo', '2025-01-06', { lastReasonsOn: day('2025-03-10') })).toContain('期間重行起算')
  // within the extension: two months at most from the last reasons
  expect(due('appeal-decision-3mo', '2025-01-06', { extensionMonths: 2, lastReasonsOn: day('2025-05-05') })).toBe('2025-07-07')
})

test('trap 10: Small consumer cases: an objector who fails to appear at the second meeting is bound by the plan he objected to.', () => {
  expect(told('cp-second-meeting-20d', '2025-03-03')).toContain('提出異議之當事人無正當理由不到場者，視為依該方案成立調解（消費者保護法 §45-5 II）')
  expect(told('cp-objection-10d', '2025-03-03')).not.toContain('無正當理由不到場')
})

test('trap 12: Thresholds, holidays, cyber criteria and personal-data breach rules are versioned data.', () => {
  expect([amountClassOf(1_200_000, 'goods', day('2022-12-31')), amountClassOf(1_200_000, 'goods', day('2023-01-01'))]).toEqual(['公告金額', '未達公告金額'])
  expect([officeCalendar.isOpen(day('2025-05-01')), officeCalendar.isOpen(day('2026-05-01'))]).toEqual([true, false])
  const leak = { confidentiality: { of: 'sensitive', severity: 'minor' } } as const
  expect([incidentLevel(day('2026-01-04'), leak), incidentLevel(day('2026-01-05'), leak)]).toMatchObject([{ kind: 'level', level: 3 }, { kind: 'undetermined' }])
  expect(rulebook.versionsOf('cyber-report-1h').map(({ effectiveFrom }) => effectiveFrom)).toEqual(['2019-01-01', '2021-08-23', '2026-01-05'])
  expect(computeDeadline('pdp-breach-report', parseInstant('2026-03-03 10:00')!)).toMatchObject({ kind: 'undetermined', because: expect.stringContaining('草案') })
  expect(awaitsConfirmation(rulebook.latest().find(({ id }) => id === 'pdp-breach-report')!)).toBe(true)
})

test('trap 14: Clear-day counting backwards (notice of meeting, Dec 16 budget promulgation).', () => {
  expect(due('sc-notice-5d', '2025-10-20')).toBe('2025-10-14') // 15, 16, 17, 18 and 19 lie between
  expect(due('council-budget-dec16', '2026-01-01')).toBe('2025-12-16')
  expect(due('council-budget-oct31', '2026-01-01')).toBe('2025-10-31')
  for (let on = day('2025-01-01'); on < '2026-01-01'; on = addDays(on, 1)) expect(due('sc-notice-5d', on)).toBe(addDays(on, -6))
})

test('trap 15: 廢標 ≠ 流標 ≠ 取消 ≠ 撤銷決標: different notices, records, retention, re-tender periods.', () => {
  expect(due('tender-retender-cancelled', '2025-03-05')).toBe('2025-09-05') // 取消: six months
  expect(due('tender-retender-failed', '2025-03-05')).toBe('2025-06-05') // 流標、廢標、撤銷決標: three
  expect(due('proc-noaward-14d', '2025-03-03')).toBe('2025-03-17') // 廢標: no-award notice
  expect(due('proc-award-notice-30d', '2025-03-03')).toBe('2025-04-02') // 決標
})

const rulesPath = new URL('../../../../shared/domain/rules.md', import.meta.url)
test.skipIf(!existsSync(rulesPath))('each trap is tested by its own words (skipped where the rules are not at hand)', () => {
  const section = readFileSync(rulesPath, 'utf8').split('## 8.')[1]!.split('## 9.')[0]!
  const printed = Object.fromEntries([...section.matchAll(/^(\d+)\. (.+)$/gm)].map(([, number, sentence]) => [number, sentence!.trim()]))
  const { 11: _published, 13: _outcomes, ...periods } = printed // what is published, and the outcomes of appeals
  const named = Object.fromEntries([...readFileSync(import.meta.filename, 'utf8').matchAll(/^test\('trap (\d+): (.+)', \(\) => \{$/gm)].map(([, number, sentence]) => [number, sentence]))
  expect(named).toEqual(periods)
})
