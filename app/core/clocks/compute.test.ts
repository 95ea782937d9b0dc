import { expect, test } from 'vitest'
import { addDays, day, dayOf, isoMinute, parseInstant } from '../time.ts'
import { type Answer, explain } from './answer.ts'
import { officeCalendar, withClosures } from './calendar.ts'
import { computeByRule, computeDeadline } from './compute.ts'
import type { DeadlineParams, Pause, Rule } from './rule.ts'

const dueText = (answer: Answer): string =>
  answer.kind !== 'due' ? `${answer.kind}: ${answer.because}` : answer.instant ? isoMinute(answer.instant) : answer.day

type Example = [rule: string, trigger: string, due: string, params?: DeadlineParams]

test.each<Example>([
  ['appeal-filing-30d', '2024-01-10', '2024-02-15'],
  ['appeal-filing-30d', '2023-01-08', '2023-02-07'],
  ['appeal-filing-30d', '2023-01-05', '2023-02-04'],
  ['appeal-filing-30d', '2024-03-14', '2024-04-15'],
  ['appeal-decision-3mo', '2025-02-28', '2025-06-02'],
  ['appeal-decision-3mo', '2024-11-29', '2025-03-03'],
  ['appeal-decision-3mo', '2024-08-31', '2025-02-03', { extensionMonths: 2 }],
  ['appeal-litigation-2mo', '2024-12-30', '2025-03-03'],
  ['appeal-litigation-2mo', '2025-03-03', '2025-05-13', { serviceKind: '寄存送達' }],
  ['appeal-filing-30d', '2025-03-03', '2025-04-02', { serviceKind: '寄存送達' }],
  ['sc-notice-5d', '2025-10-20', '2025-10-14'],
  ['doc-normal-6wd', '2024-02-06', '2024-02-20'],
  ['petition-30wd', '2025-01-02', '2025-02-19'],
  ['foi-decide-15d', '2025-09-15', '2025-09-30'],
  ['foi-decide-15d', '2023-01-10', '2023-01-30'],
  ['reg-promulgate-30d', '2025-04-01', '2025-05-01'],
  ['reg-promulgate-30d', '2026-04-01', '2026-05-04'],
  ['reg-effective-3rd-day', '2025-10-08', '2025-10-10'],
  ['cyber-report-1h', '2026-02-16 23:30', '2026-02-17T00:30+08:00'],
  ['appeal-filing-30d', '2026-08-03', '2026-09-03', { closures: [day('2026-09-02')] }],
])('worked example: %s from %s is due %s', (rule, trigger, due, params) => {
  const instant = parseInstant(trigger)!
  expect(dueText(computeDeadline(rule, trigger.length > 10 ? instant : dayOf(instant), params))).toBe(due)
})

// Worked examples of rules that are not in the book yet: the engine must already be right about them.
const anyRule: Rule = {
  id: 'any', version: 1, title: '任一期間', trigger: '起算', citation: '民法 §120', status: 'V-M', effectiveFrom: null, effectiveTo: null,
  unit: 'cd', length: 1, roll: 'next-open', counting: 'civil', configurable: false, onLapse: '',
}
test.each([
  ['cd', 60, '2025-02-27', '2025-04-28'], ['cd', 60, '2025-08-26', '2025-10-27'], ['cd', 60, '2024-07-16', '2024-09-16'],
  ['cd', 20, '2022-01-12', '2022-02-07'], ['cd', 10, '2025-01-17', '2025-02-03'], ['cd', 20, '2024-09-20', '2024-10-11'],
  ['cd', 30, '2026-01-28', '2026-03-02'], ['cd', 60, '2025-07-01', '2025-09-01'], ['cd', 10, '2025-09-18', '2025-09-30'],
  ['cd', 15, '2021-09-05', '2021-09-22'], ['cd', 10, '2022-08-30', '2022-09-12'], ['cd', 10, '2025-06-09', '2025-06-19'],
  ['cd', 12, '2024-05-29', '2024-06-11'], ['cd', 15, '2023-09-14', '2023-10-02'], ['wd', 15, '2023-01-13', '2023-02-10'],
  ['cd', 7, '2026-02-09', '2026-02-23'], ['cd', 30, '2021-09-21', '2021-10-21'], ['mo', 1, '2026-01-30', '2026-03-02'],
  ['y', 2, '2022-02-28', '2024-02-29'], ['y', 1, '2024-02-28', '2025-03-03'],
] as const)('a period of %s × %i from %s ends on %s', (unit, length, trigger, due) => {
  expect(dueText(computeByRule({ ...anyRule, unit, length }, day(trigger)))).toBe(due)
})

test('seventy-two hours run through New Year', () => {
  expect(dueText(computeByRule({ ...anyRule, unit: 'h', length: 72, roll: 'none' }, parseInstant('2026-02-16 23:30')!))).toBe('2026-02-19T23:30+08:00')
})

test('an hour clock without a clock time cannot be determined', () => {
  expect(computeDeadline('cyber-report-1h', day('2026-02-16'))).toMatchObject({ kind: 'undetermined', because: expect.stringContaining('時刻') })
})

const versionAt = (text: string): string => {
  const answer = computeDeadline('cyber-report-1h', parseInstant(text)!)
  return answer.kind === 'due' ? answer.ruleVersion : answer.because
}

test('the version in force on the trigger day applies', () => {
  expect(versionAt('2026-01-04 23:59')).toBe('cyber-report-1h@2')
  expect(versionAt('2026-01-05 00:00')).toBe('cyber-report-1h@3')
  expect(versionAt('2018-12-31 10:00')).toBe('107/12/31 沒有適用的 cyber-report-1h 條文版本')
})

test('an extension is added before the one roll', () => {
  // 15 days end on a closed 112/1/25; with five more the period ends on Monday 112/1/30 itself.
  expect(dueText(computeDeadline('foi-decide-15d', day('2023-01-10'), { extensionDays: 5 }))).toBe('2023-01-30')
  expect(dueText(computeDeadline('petition-30wd', day('2025-01-02'), { extensionDays: 10 }))).toBe(officeCalendar.addOfficeDays(day('2025-02-19'), 10))
})

test('an extension longer than the law allows is not computed', () => {
  expect(dueText(computeDeadline('foi-decide-15d', day('2023-01-10'), { extensionDays: 16 }))).toMatch(/^undetermined: 展期最長 15 日/)
  expect(dueText(computeDeadline('appeal-decision-3mo', day('2024-08-31'), { extensionMonths: 3 }))).toMatch(/^undetermined: 展期最長 2 個月/)
  expect(dueText(computeDeadline('appeal-filing-30d', day('2024-01-10'), { extensionDays: 1 }))).toMatch(/^undetermined: appeal-filing-30d 用不到參數 extensionDays/)
  expect(dueText(computeDeadline('petition-as-application', day('2025-01-02'), { days: 30, extensionDays: 31 }))).toMatch(/展期最長 30 日/)
  expect(dueText(computeDeadline('petition-as-application', day('2025-01-02'), { days: 30, extensionDays: 30 }))).toBe('2025-03-03')
})

test('the decision period starts anew from corrections and reasons', () => {
  expect(dueText(computeDeadline('appeal-decision-3mo', day('2025-01-06'), { correctedOn: day('2025-02-28') }))).toBe('2025-06-02')
  expect(dueText(computeDeadline('appeal-decision-3mo', day('2025-01-06'), { correctedOn: day('2025-01-20'), lastReasonsOn: day('2025-02-28') }))).toBe('2025-06-02')
  expect(dueText(computeDeadline('appeal-decision-3mo', day('2025-01-06'), { lastReasonsOn: day('2025-01-05') }))).toMatch(/^undetermined: lastReasonsOn 114\/1\/5 早於/)
})

test('reasons filed within the extension give two months, not three and two', () => {
  expect(dueText(computeDeadline('appeal-decision-3mo', day('2025-01-06'), { extensionMonths: 2, lastReasonsOn: day('2025-05-05') }))).toBe('2025-07-07')
  expect(dueText(computeDeadline('appeal-decision-3mo', day('2025-01-06'), { extensionMonths: 2, lastReasonsOn: day('2025-04-01') }))).toBe('2025-09-01')
})

test('simple petitions of several units or in a foreign language have five office days', () => {
  expect(dueText(computeDeadline('petition-simple-3wd', day('2025-01-24')))).toBe('2025-02-05')
  for (const clock of ['several-units', 'foreign-language']) {
    expect(dueText(computeDeadline('petition-simple-3wd', day('2025-01-24'), { clock }))).toBe('2025-02-07')
  }
  expect(dueText(computeDeadline('petition-simple-3wd', day('2025-01-24'), { clock: 'night' }))).toMatch(/clock 要是 several-units、foreign-language/)
})

test('a resident has three days to confirm, at least until an office day', () => {
  expect(dueText(computeDeadline('petition-confirm-3cd', day('2021-09-17')))).toBe('2021-09-22') // 中秋連假
})

test('a county can set its own length and unit', () => {
  expect(dueText(computeDeadline('petition-30wd', day('2025-01-02'), { days: 20 }))).toBe(officeCalendar.addOfficeDays(day('2025-01-02'), 20))
  expect(dueText(computeByRule({ ...anyRule, length: 30 }, day('2025-01-02')))).toBe('2025-02-03')
})

test('a period without a length is open until the agency sets it', () => {
  expect(dueText(computeDeadline('petition-supplement', day('2025-01-02')))).toMatch(/^open: /)
  expect(dueText(computeDeadline('petition-supplement', day('2025-01-02'), { days: 7 }))).toBe('2025-01-09')
})

test('the days of waiting for a supplement are given back', () => {
  const from = day('2025-01-10')
  const waited = (to: string): string => dueText(computeDeadline('petition-30wd', day('2025-01-02'), { pauses: [{ from, to: day(to) }] }))
  expect(waited('2025-01-10')).toBe('2025-02-19')
  expect(waited('2025-01-13')).toBe('2025-02-20')
  expect(waited('2025-02-03')).toBe(officeCalendar.addOfficeDays(day('2025-02-19'), officeCalendar.officeDaysBetween(from, day('2025-02-03'))!))
})

const withPauses = (...pauses: Pause[]): Answer => computeDeadline('petition-30wd', day('2025-01-02'), { pauses })

test('overlapping pauses give a day back once, and a pause after the end gives none', () => {
  const one = dueText(withPauses({ from: day('2025-01-10'), to: day('2025-01-20') }))
  expect(dueText(withPauses({ from: day('2025-01-13'), to: day('2025-01-20') }, { from: day('2025-01-10'), to: day('2025-01-15') }))).toBe(one)
  expect(dueText(withPauses({ from: day('2025-02-20'), to: day('2025-02-27') }))).toBe('2025-02-19')
  expect(dueText(withPauses({ from: day('2024-12-01'), to: day('2025-01-02') }))).toBe('2025-02-19')
  expect(dueText(withPauses({ from: day('2025-02-19'), to: day('2025-02-27') }))).toBe('2025-02-27')
  expect(dueText(withPauses({ from: day('2025-01-20'), to: day('2025-01-10') }))).toMatch(/前後顛倒/)
})

test('while a pause has no end the clock stands still, unless it had run out before', () => {
  expect(withPauses({ from: day('2025-01-10'), reason: '等候補正' })).toEqual({ kind: 'paused', because: '自 114/1/10 起停止計算，等候補正' })
  expect(dueText(withPauses({ from: day('2025-02-20'), reason: '等候補正' }))).toBe('2025-02-19')
})

test('a calendar-day period moves by the calendar days it stood still', () => {
  expect(dueText(computeDeadline('reg-promulgate-30d', day('2025-04-01'), { pauses: [{ from: day('2025-04-10'), to: day('2025-04-20') }] }))).toBe('2025-05-12')
})

test('what the office calendar does not reach is undetermined, never guessed', () => {
  for (const [rule, trigger] of [['petition-30wd', '2027-12-20'], ['petition-30wd', '2016-06-01'], ['appeal-filing-30d', '2027-12-20'], ['appeal-filing-30d', '2016-01-01'], ['foi-decide-15d', '9999-12-31'], ['reg-effective-3rd-day', '9999-12-31'], ['petition-30wd', '0001-01-01']]) {
    expect(computeDeadline(rule!, day(trigger!)).kind).toBe('undetermined')
  }
  expect(dueText(computeDeadline('reg-effective-3rd-day', day('2040-01-01')))).toBe('2040-01-03') // asks no calendar
  expect(computeDeadline('cyber-report-1h', parseInstant('9999-12-31 23:30')!).kind).toBe('undetermined')
  expect(computeDeadline('no-such-rule', day('2025-01-02'))).toEqual({ kind: 'undetermined', because: '沒有「no-such-rule」這條規則' })
})

test('a draft rule is off', () => {
  expect(dueText(computeByRule({ ...anyRule, draft: true }, day('2025-01-02')))).toMatch(/^undetermined: .*草案/)
})

test('an internal target keeps its unrolled day beside the due day', () => {
  const answer = computeByRule({ ...anyRule, length: 10, roll: 'target' }, day('2025-01-17'))
  expect(answer).toMatchObject({ day: '2025-02-03', unrolled: '2025-01-27' })
  expect(explain(answer)).toContain('機關內部仍以 114/1/27 為作業目標')
})

test('a period under the APA that ends on a plain Saturday asks for a person on Monday afternoon', () => {
  const saturday = computeDeadline('foi-decide-15d', day('2025-02-07'))
  expect(saturday).toMatchObject({ day: '2025-02-24', unrolled: '2025-02-22', noonAdvisory: true })
  expect(computeDeadline('foi-decide-15d', day('2023-01-10'))).toMatchObject({ noonAdvisory: false })
  expect(computeDeadline('appeal-filing-30d', day('2024-03-14'))).toMatchObject({ noonAdvisory: false })
})

test('a half-day closure does not move the day but is told', () => {
  const calendar = withClosures(officeCalendar, [{ day: day('2026-09-02'), name: '颱風停止上班', half: 'afternoon' }])
  const answer = computeDeadline('appeal-filing-30d', day('2026-08-03'), {}, calendar)
  expect(dueText(answer)).toBe('2026-09-02')
  expect(explain(answer)).toContain('當日下午颱風停止上班，半日不順延')
})

test('over 2017–2027 no due day is earlier than its trigger, closed, or earlier than that of the day before', () => {
  const rules = ['petition-30wd', 'petition-simple-3wd', 'petition-confirm-3cd', 'petition-as-application', 'appeal-filing-30d', 'appeal-decision-3mo', 'appeal-litigation-2mo', 'foi-decide-15d', 'doc-normal-6wd', 'reg-promulgate-30d']
  const wrong: string[] = []
  for (const rule of rules) {
    let before = ''
    for (let trigger = day('2017-01-01'); trigger <= '2027-12-31'; trigger = addDays(trigger, 1)) {
      const answer = computeDeadline(rule, trigger)
      if (answer.kind !== 'due') { if (trigger < '2027-09-01') wrong.push(`${rule} ${trigger} has no due day`); continue }
      if (answer.day <= trigger || answer.day < before || answer.unrolled > answer.day) wrong.push(`${rule} ${trigger}`)
      if (!officeCalendar.isOpen(answer.day)) wrong.push(`${rule} ${trigger} is due on closed ${answer.day}`)
      for (let d = answer.unrolled; d < answer.day; d = addDays(d, 1)) if (officeCalendar.isOpen(d)) wrong.push(`${rule} ${trigger} skips open ${d}`)
      before = answer.day
    }
  }
  expect(wrong).toEqual([])
})

test('office-day clocks agree with a plain walk from day to day', () => {
  const wrong: string[] = []
  for (let trigger = day('2017-01-01'); trigger <= '2027-09-30'; trigger = addDays(trigger, 1)) {
    let walked = trigger
    for (let left = 30; left > 0; ) { walked = addDays(walked, 1); if (officeCalendar.isOpen(walked)) left-- }
    if (dueText(computeDeadline('petition-30wd', trigger)) !== walked) wrong.push(trigger)
  }
  expect(wrong).toEqual([])
})
