import { expect, test } from 'vitest'
import { type DayEvent, escapeText, foldLine, writeCalendar } from './ical.ts'
import { day } from './time.ts'

const event: DayEvent = { uid: 'a1@windlion', day: day('2026-12-31'), title: '陳115-000001 人民陳情之答復', changedAt: new Date('2026-11-24T01:02:03.456Z'), sequence: 7 }
const unfold = (text: string) => text.replaceAll('\r\n ', '')

test('a due day is an event of one whole day that ends with the next', () => {
  const text = writeCalendar('限辦', [event])
  expect(text.startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n')).toBe(true)
  expect(text.endsWith('END:VEVENT\r\nEND:VCALENDAR\r\n')).toBe(true)
  expect(text).toContain('DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n')
  expect(text).toContain('DTSTAMP:20261124T010203Z\r\n')
  expect(text).toContain('SEQUENCE:7\r\n')
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
})

test('what does not take place says so and makes nobody busy', () => {
  const at = { from: new Date('2026-12-31T01:30Z'), to: new Date('2026-12-31T03:30Z') }
  expect(writeCalendar('會議', [{ ...event, at }])).not.toContain('STATUS:')
  expect(writeCalendar('會議', [{ ...event, at, cancelled: true }])).toMatch(/STATUS:CANCELLED\r\n[^]*TRANSP:TRANSPARENT/)
})

test('what a text may not hold is escaped, control characters are left out', () => {
  expect(escapeText('a,b;c\\d\r\n第二行\u0007')).toBe('a\\,b\\;c\\\\d\\n第二行')
  expect(writeCalendar('甲,乙', [])).toContain('X-WR-CALNAME:甲\\,乙\r\n')
})

test('no line is longer than 75 octets and no character is cut', () => {
  const title = `SUMMARY:${'限辦日期，𠮷堃'.repeat(30)}`
  const folded = foldLine(title)
  for (const line of folded.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  expect(folded).not.toContain('\uFFFD')
  expect(Buffer.from(folded).toString()).toBe(folded)
  expect(unfold(folded)).toBe(title)
})

test('a line of exactly 75 octets stays whole, one of 76 is folded', () => {
  expect(foldLine('a'.repeat(75))).toBe('a'.repeat(75))
  expect(foldLine('a'.repeat(76))).toBe(`${'a'.repeat(75)}\r\n a`)
  expect(foldLine('限'.repeat(26))).toBe(`${'限'.repeat(25)}\r\n 限`)
})

test('an address cannot bring a line of its own into the calendar', () => {
  const text = writeCalendar('x', [{ ...event, url: 'https://a.example/x\r\nATTENDEE:mailto:b', title: 'a\r\nEND:VEVENT' }])
  expect(text).not.toContain('\r\nATTENDEE')
  expect(text.match(/\r\nEND:VEVENT/g)).toHaveLength(1)
})
