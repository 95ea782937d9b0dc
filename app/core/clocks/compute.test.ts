import { expect, test } from 'vitest'
import { addDays, day, parseInstant } from '../time.ts'
import { type Answer, explain } from './answer.ts'
import { officeCalendar, withClosures } from './calendar.ts'
import { computeByRule, computeDeadline } from './compute.ts'
import { dueText } from './due-for-tests.ts'
import type { Pause, Rule } from './rule.ts'
import { rulebook } from './rules.ts'

// The engine by itself, whatever the book says.
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

/** Rules whose due day follows the trigger: not those counted back from an event. */
const forward = rulebook.latest().filter(({ draft, direction, unit, counting }) => !draft && !direction && unit !== 'h' && counting !== 'gazette')

test('over 2017–2027, by every rule, no due day is earlier than its trigger, closed, or earlier than that of the day before', () => {
  const wrong: string[] = []
  const computed = new Set<string>()
  for (const { id, roll } of forward) {
    let before = ''
    for (let trigger = day('2017-01-01'); trigger <= '2027-12-31'; trigger = addDays(trigger, 1)) {
      const answer = computeDeadline(id, trigger)
      if (answer.kind !== 'due') continue
      computed.add(id)
      if (answer.day < trigger || answer.day < before || answer.unrolled > answer.day) wrong.push(`${id} ${trigger}`)
      before = answer.day
      if (roll === 'none') continue
      if (!officeCalendar.isOpen(answer.day)) wrong.push(`${id} ${trigger} is due on closed ${answer.day}`)
      for (let d = answer.unrolled; d < answer.day; d = addDays(d, 1)) if (officeCalendar.isOpen(d)) wrong.push(`${id} ${trigger} skips open ${d}`)
    }
  }
  expect(wrong).toEqual([])
  expect(computed.size).toBeGreaterThan(100)
})

test('over 2017–2027 what is counted back from an event is before it, and moves with it', () => {
  const back = rulebook.latest().filter(({ direction }) => direction)
  expect(back.length).toBeGreaterThan(5)
  for (const { id } of back) {
    let before = ''
    for (let event = day('2017-01-01'); event <= '2027-12-31'; event = addDays(event, 1)) {
      const answer = computeDeadline(id, event)
      if (answer.kind !== 'due') throw new Error(`${id} ${event}: ${answer.because}`)
      if (answer.day >= event || answer.day < before) throw new Error(`${id} ${event}: ${answer.day}`)
      before = answer.day
    }
  }
})

test('office-day clocks agree with a plain walk from day to day', () => {
  const wrong: string[] = []
  let length = 0
  for (let trigger = day('2017-01-01'); trigger <= '2027-09-30'; trigger = addDays(trigger, 1)) {
    length = length % 60 + 1
    let walked = trigger
    for (let left = length; left > 0; ) { walked = addDays(walked, 1); if (officeCalendar.isOpen(walked)) left-- }
    if (dueText(computeDeadline('petition-30wd', trigger, { days: length })) !== walked) wrong.push(`${trigger} ${length}`)
  }
  expect(wrong).toEqual([])
})

test('a period of months ends on the day before the one that corresponds, found by a plain walk', () => {
  const wrong: string[] = []
  for (let trigger = day('2017-01-01'); trigger <= '2026-12-31'; trigger = addDays(trigger, 1)) {
    for (const length of [1, 2, 3, 12]) {
      const answer = computeByRule({ ...anyRule, unit: 'mo', length, roll: 'none' }, trigger)
      const start = addDays(trigger, 1)
      const months = +start.slice(0, 4) * 12 + +start.slice(5, 7) - 1 + length
      const corresponding = `${Math.floor(months / 12)}-${String(months % 12 + 1).padStart(2, '0')}-${start.slice(8)}`
      let end = addDays(trigger, length * 28 - 1) // the last day whose next is the corresponding day, or the first after a missing one
      while (addDays(end, 1) < corresponding && addDays(end, 1).slice(0, 7) <= corresponding.slice(0, 7)) end = addDays(end, 1)
      if (dueText(answer) !== end) wrong.push(`${trigger} ${length}: ${dueText(answer)}, not ${end}`)
    }
  }
  expect(wrong).toEqual([])
})
