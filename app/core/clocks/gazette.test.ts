import { expect, test } from 'vitest'
import { day, parseInstant } from '../time.ts'
import { officeCalendar, withClosures } from './calendar.ts'
import { computeDeadline } from './compute.ts'

const printed = (sent: string, calendar = officeCalendar): string => {
  const answer = computeDeadline('proc-gazette-lag', parseInstant(sent)!, {}, calendar)
  return answer.kind === 'due' ? answer.day : answer.because
}

// 115/6/8 is a Monday; no holiday until 115/6/19.
test.each([
  ['星期四下午', '2026-06-04 13:00', '2026-06-08'], ['星期五上午', '2026-06-05 11:59', '2026-06-08'],
  ['星期五下午', '2026-06-05 12:00', '2026-06-09'], ['星期六', '2026-06-06 09:00', '2026-06-09'], ['星期日', '2026-06-07 20:00', '2026-06-09'],
  ['星期一上午', '2026-06-08 09:00', '2026-06-09'], ['星期一下午', '2026-06-08 17:00', '2026-06-10'], ['星期二上午', '2026-06-09 09:00', '2026-06-10'],
  ['星期二下午', '2026-06-09 23:59', '2026-06-11'], ['星期三上午', '2026-06-10 00:00', '2026-06-11'],
  ['星期三下午', '2026-06-10 13:00', '2026-06-12'], ['星期四上午', '2026-06-11 09:00', '2026-06-12'],
])('what is sent on %s (%s) is printed on %s', (_, sent, on) => {
  expect(printed(sent)).toBe(on)
})

test('holidays and closures shift the gazette', () => {
  expect(printed('2026-02-12 15:00')).toBe('2026-02-23')
  expect(printed('2026-06-08 09:00', withClosures(officeCalendar, [{ day: day('2026-06-09'), name: '停止上班' }]))).toBe('2026-06-10')
})

test('without the hour of sending the day cannot be told', () => {
  expect(computeDeadline('proc-gazette-lag', day('2026-06-08'))).toMatchObject({ kind: 'undetermined', because: expect.stringContaining('時刻') })
})
