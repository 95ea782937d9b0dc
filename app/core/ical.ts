import { addDays, type Day } from './time.ts'

/** An event of a whole day, or with `at` from one instant to another. */
export type DayEvent = {
  /** the same for the same thing for ever: a calendar then moves the event instead of showing two */
  uid: string
  day: Day
  /** a meeting with somebody: makes busy */
  at?: { from: Date; to: Date }
  title: string
  text?: string
  place?: string
  url?: string
  category?: string
  /** when this event last changed */
  changedAt: Date
  /** grows with every change */
  sequence?: number
  /** it does not take place: with a higher sequence it takes the event out of calendars that have it */
  cancelled?: true
}

/**
 * A calendar as iCalendar text (RFC 5545): CRLF, lines folded at 75 octets. Whole days float, so no
 * time zone is needed. Events and not to-dos: Outlook and Google show no others of a subscribed address.
 */
export function writeCalendar(name: string, events: readonly DayEvent[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Windlion//Windlion//ZH',
    'CALSCALE:GREGORIAN',
    `X-WR-CALNAME:${escapeText(name)}`,
    'X-WR-TIMEZONE:Asia/Taipei',
    // how often to come again: RFC 7986 and, for Outlook, its own
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    ...events.flatMap(eventLines),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${foldLine(line)}\r\n`).join('')
}

function eventLines({ uid, day, at, title, text, place, url, category, changedAt, sequence = 0, cancelled }: DayEvent): string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${escapeText(uid)}`,
    `DTSTAMP:${utc(changedAt)}`,
    `LAST-MODIFIED:${utc(changedAt)}`,
    `SEQUENCE:${sequence}`,
    ...(cancelled ? ['STATUS:CANCELLED'] : []),
    // in UTC, so that no time zone need be described; the end of a day is not part of it: the day after
    ...(at ? [`DTSTART:${utc(at.from)}`, `DTEND:${utc(at.to)}`] : [`DTSTART;VALUE=DATE:${compact(day)}`, `DTEND;VALUE=DATE:${compact(addDays(day, 1))}`]),
    `SUMMARY:${escapeText(title)}`,
    ...(text ? [`DESCRIPTION:${escapeText(text)}`] : []),
    ...(place ? [`LOCATION:${escapeText(place)}`] : []),
    ...(url ? [`URL:${url.replace(/[\r\n\s]/g, '')}`] : []),
    ...(category ? [`CATEGORIES:${escapeText(category)}`] : []),
    // a due day does not make the officer busy
    `TRANSP:${at && !cancelled ? 'OPAQUE' : 'TRANSPARENT'}`,
    'END:VEVENT',
  ]
}

const lineOctetsMax = 75

/** Folds a line at 75 octets without cutting a character; a continuation begins with a space, which counts. §3.1 */
export function foldLine(line: string): string {
  if (Buffer.byteLength(line) <= lineOctetsMax) return line
  let folded = ''
  let octets = 0
  for (const character of line) {
    const size = Buffer.byteLength(character)
    if (octets + size > lineOctetsMax) {
      folded += '\r\n '
      octets = 1
    }
    folded += character
    octets += size
  }
  return folded
}

/** §3.3.11: backslash, semicolon, comma and line breaks; other control characters have no place in a text. */
export function escapeText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0009\u000B-\u001F\u007F]/g, '').replace(/[\\;,]/g, '\\$&').replaceAll('\n', '\\n')
}

const compact = (day: Day): string => day.replaceAll('-', '')
const utc = (instant: Date): string => instant.toISOString().replace(/[-:]|\.\d{3}/g, '')
