import { expect, test } from 'vitest'
import { officeCalendar } from '../../core/clocks/calendar.ts'
import { isoMinute } from '../../core/time/print.ts'
import { day, parseInstant } from '../../core/time.ts'
import { closedUntil, closesAt, holdUntil, nextTurn, offerUntil, refuseCancel, refuseTime, remindsFrom, seriesDays, slotTimes, type Turn } from './rules.ts'
import { usualRules } from './service-rules.ts'

const at = (text: string) => parseInstant(text)!

test('times lie whole within the hours', () => {
  expect(slotTimes(day('2021-04-07'), '14:00', '17:00', 20)).toHaveLength(9)
  expect(slotTimes(day('2021-04-07'), '14:00', '15:10', 30).map(isoMinute)).toEqual(['2021-04-07T14:00+08:00', '2021-04-07T14:30+08:00'])
  expect(slotTimes(day('2021-04-07'), '14:00', '14:10', 20)).toEqual([])
})

test('a series leaves out the days on which the office is closed, and those the calendar does not know', () => {
  const days = seriesDays(day('2021-09-10'), day('2021-09-30'), 2, 1, officeCalendar)
  expect(days).toEqual([{ day: '2021-09-14', skipped: null }, { day: '2021-09-21', skipped: 'closed' }, { day: '2021-09-28', skipped: null }]) // 中秋節
  expect(seriesDays(day('2021-09-01'), day('2021-09-30'), 7, 2, officeCalendar).map((one) => one.day)).toEqual(['2021-09-05', '2021-09-19'])
  expect(seriesDays(day('2021-09-01'), day('2021-09-01'), 3, 1, officeCalendar).map((one) => one.day)).toEqual(['2021-09-01'])
  expect(seriesDays(day('2090-01-01'), day('2090-01-10'), 3, 1, officeCalendar)[0]!.skipped).toBe('unknown')
})

test('a hold lasts a day, but not into the hour before the time', () => {
  expect(holdUntil(at('110/4/1 10:00'), at('110/4/7 14:00'), usualRules)).toEqual(at('110/4/2 10:00'))
  expect(holdUntil(at('110/4/7 09:00'), at('110/4/7 14:00'), usualRules)).toEqual(at('110/4/7 13:00'))
  expect(holdUntil(at('110/4/7 09:00'), null, usualRules)).toEqual(at('110/4/8 09:00'))
  expect(holdUntil(at('110/4/1 10:00'), at('110/4/7 14:00'), { ...usualRules, holdHours: 2 })).toEqual(at('110/4/1 12:00'))
})

test('other rules, other hours', () => {
  const rules = { ...usualRules, offerHours: 6, shortOfferHours: 2, closesHours: 0, remindHour: 17 }
  expect(offerUntil(at('110/4/7 08:00'), at('110/4/7 14:00'), rules)).toEqual(at('110/4/7 14:00'))
  expect(offerUntil(at('110/4/7 08:01'), at('110/4/7 14:00'), rules)).toEqual(at('110/4/7 10:01'))
  expect(offerUntil(at('110/4/7 12:01'), at('110/4/7 14:00'), rules)).toBe(null)
  expect([closesAt(at('110/4/7 14:00'), rules), closedUntil(at('110/4/7 13:00'), usualRules)]).toEqual([at('110/4/7 14:00'), at('110/4/7 14:00')])
  expect([remindsFrom(day('2021-04-07'), usualRules), remindsFrom(day('2021-04-07'), rules)]).toEqual([at('110/4/7 08:30'), at('110/4/7 17:30')])
})

test('an offer stands a day, three hours when it is near, and is none when it is too late', () => {
  expect(offerUntil(at('110/4/1 10:00'), at('110/4/7 14:00'), usualRules)).toEqual(at('110/4/2 10:00'))
  expect(offerUntil(at('110/4/7 09:00'), at('110/4/7 14:00'), usualRules)).toEqual(at('110/4/7 12:00'))
  expect(offerUntil(at('110/4/7 10:30'), at('110/4/7 14:00'), usualRules)).toBe(null)
})

test('what is over cannot be booked or cancelled', () => {
  expect(refuseTime(at('110/4/7 12:59'), at('110/4/7 14:00'), usualRules)).toBe(null)
  expect(refuseTime(at('110/4/7 13:00'), at('110/4/7 14:00'), usualRules)?.message).toContain('現場')
  expect(refuseTime(at('110/4/7 14:00'), at('110/4/7 14:00'), usualRules)?.message).toContain('已經過了')
  expect(refuseCancel('booked', at('110/4/7 14:00'), at('110/4/7 13:59'))).toBe(null)
  expect(refuseCancel('booked', at('110/4/7 14:00'), at('110/4/7 14:00'))?.code).toBe('advice.begun')
  expect(refuseCancel('waiting', null, at('110/4/7 14:00'))).toBe(null)
  expect([refuseCancel('arrived', null, at('110/4/7 14:00'))?.code, refuseCancel('closed', null, at('110/4/7 14:00'))?.code]).toEqual(['advice.there', 'advice.over'])
})

test('at the desk: booked and due, then walked in, then early', () => {
  const turn = (ticket: number, slotAt: string | null, deskId: number | null = slotAt ? 1 : null, specialityId = 7): Turn => ({ ticket, slotAt: slotAt ? at(`110/4/7 ${slotAt}`) : null, deskId, specialityId })
  const desk = { id: 1, specialities: [7] }
  const waiting = [turn(1, '15:00'), turn(2, null), turn(3, '14:20'), turn(4, '14:00', 2), turn(5, null, null, 8)]
  const order = [3, 2, 1]
  for (const ticket of order) {
    const next = nextTurn(waiting, desk, at('110/4/7 14:30'))!
    expect(next.ticket).toBe(ticket)
    waiting.splice(waiting.indexOf(next), 1)
  }
  expect(nextTurn(waiting, desk, at('110/4/7 14:30'))).toBe(null)
})
