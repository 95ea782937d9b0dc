import { CalendarDateTime } from '@internationalized/date'
import { type Day, dayFromParts, daysInMonth, endOf, numberFromParts, officeTimeZone, partsOf, startOf, weekday } from './day.ts'

/**
 * The day that people wrote: 110/04/09, 110-04-09, 110.4.9, 2021-04-09, 2021/4/9, 民國110年4月9日, 110年4月9日,
 * 1100409, 20210409, 民國前1年12月31日; full-width digits and signs; a weekday such as (五) may follow and must be right.
 * A year of one to three digits is ROC, of four Gregorian. Null when unreadable or when no such day exists.
 */
export function parseDay(text: string): Day | null {
  const read = readDay(text)
  return 'day' in read ? read.day : null
}

/**
 * Such a day, alone (then its first instant) or followed by a time: T or space, 09:30, 09:30:15, 上午9時30分, 下午 2:05,
 * with Z or an offset such as +08:00, else Taipei time.
 */
export function parseInstant(text: string): Date | null {
  const read = readInstant(text)
  if ('why' in read) return null
  return read.instant ?? startOf(read.day)
}

/** As parseInstant, but a day without a time means its last instant (1 ms before the next day). */
export function parseInstantEnd(text: string): Date | null {
  const read = readInstant(text)
  if ('why' in read) return null
  return read.instant ?? new Date(endOf(read.day).getTime() - 1)
}

/** Whether the text names a time of day besides the day. False also when unreadable. */
export function hasClockTime(text: string): boolean {
  const read = readInstant(text)
  return !('why' in read) && read.instant !== null
}

/** Why parseDay says null, as a sentence; null when it does not. */
export function whyNotDay(text: string): string | null {
  const read = readDay(text)
  return 'why' in read ? read.why : null
}

/** Why parseInstant says null, as a sentence; null when it does not. */
export function whyNotInstant(text: string): string | null {
  const read = readInstant(text)
  return 'why' in read ? read.why : null
}

type Why = { why: string }
type WrittenDay = { era: string; year: string; month: string; date: string; weekday: string; written: string; rest: string }

function readDay(text: string): { day: Day } | Why {
  const plain = plainText(text)
  const written = splitDay(plain)
  if (!written || written.rest !== '') return unreadable(plain)
  return dayAsWritten(written)
}

function readInstant(text: string): { day: Day; instant: Date | null } | Why {
  const plain = plainText(text)
  const written = splitDay(plain)
  if (!written) return unreadable(plain)
  const read = dayAsWritten(written)
  if ('why' in read || written.rest === '') return 'why' in read ? read : { day: read.day, instant: null }
  return readTime(read.day, written.rest, plain)
}

const eraForm = '(?<era>(?:中華民國|民國|民)前?|西元|公元)?\\s*'
const weekdayForm = '\\s*(?:\\((?:星期|週|周)?(?<weekday>[一二三四五六日天])\\)|(?:星期|週|周)(?<spelled>[一二三四五六日天]))'
const restForm = '(?<rest>.*)$'
const dayForms = [
  new RegExp(`^${eraForm}(?<year>\\d{1,4}|元)\\s*年\\s*(?<month>\\d{1,2})\\s*月\\s*(?<date>\\d{1,2})\\s*[日號](?:${weekdayForm})?${restForm}`, 's'),
  new RegExp(`^${eraForm}(?<year>\\d{1,4})\\s*(?<sign>[-/.])\\s*(?<month>\\d{1,2})\\s*\\k<sign>\\s*(?<date>\\d{1,2})(?:${weekdayForm}|(?!\\d))${restForm}`, 's'),
  new RegExp(`^${eraForm}(?<year>\\d{3,4})(?<month>\\d\\d)(?<date>\\d\\d)(?:${weekdayForm}|(?!\\d))${restForm}`, 's'),
]

function splitDay(plain: string): WrittenDay | null {
  for (const form of dayForms) {
    const groups = form.exec(plain)?.groups
    if (!groups) continue
    const { era = '', year = '', month = '', date = '', rest = '' } = groups
    const written = rest === '' ? plain : plain.slice(0, plain.length - rest.length).trim()
    return { era, year, month, date, weekday: groups.weekday ?? groups.spelled ?? '', written, rest: rest.trim() }
  }
  return null
}

function dayAsWritten({ era, year, month, date, weekday: named, written }: WrittenDay): { day: Day } | Why {
  const gregorianYear = yearAsWritten(era, year)
  if (gregorianYear === null) return { why: `「${written}」的年份看不懂：民國年寫 1 到 3 碼，西元年寫 4 碼` }
  if (+month < 1 || +month > 12) return { why: `${written} 不是存在的日期（沒有 ${+month} 月）` }
  if (+date < 1) return { why: `${written} 不是存在的日期（沒有 0 日）` }
  const day = dayFromParts(gregorianYear, +month, +date)
  if (!day) {
    const last = daysInMonth(gregorianYear, +month)
    return { why: `${written} 不是存在的日期（${era}${year.length < 4 && year !== '元' ? +year : year} 年 ${+month} 月${last < 31 ? '只' : ''}有 ${last} 天）` }
  }
  if (named && weekday(day) !== named.replace('天', '日')) return { why: `「${written}」的星期不對，那一天是星期${weekday(day)}` }
  return { day }
}

function yearAsWritten(era: string, year: string): number | null {
  const number = year === '元' ? 1 : +year
  if (number < 1) return null
  if (era === '西元' || era === '公元') return year.length === 4 && number >= 1000 ? number : null
  if (era.endsWith('前')) return number <= 1911 && year.length < 4 ? 1912 - number : null
  if (year.length < 4) return year === '元' && era === '' ? null : number + 1911
  return era === '' && number >= 1000 ? number : null
}

const timeForm =
  /^T?\s*(?<half>上午|下午|早上|凌晨|中午|晚上)?\s*(?<hour>\d{1,2})\s*(?:(?:[:時點]\s*(?<minute>\d{1,2})(?:\s*分)?(?:\s*:?\s*(?<second>\d{1,2})(?:\.(?<fraction>\d{1,9}))?(?:\s*秒)?)?)|[時點]整?)\s*(?<half2>[AP]M)?\s*(?<zone>Z|[+-]\d\d(?::?\d\d)?)?$/i

function readTime(day: Day, rest: string, plain: string): { day: Day; instant: Date } | Why {
  const groups = timeForm.exec(rest)?.groups
  if (!groups) return unreadable(plain)
  const hour = hourOfDay(groups.half ?? groups.half2?.toUpperCase(), +groups.hour!)
  const minute = +(groups.minute ?? 0)
  const second = +(groups.second ?? 0)
  const millisecond = Math.floor(+`0.${groups.fraction ?? 0}` * 1000)
  const isMidnightAtEnd = hour === 24 && minute === 0 && second === 0 && millisecond === 0
  if (hour === null || hour > 24 || (hour === 24 && !isMidnightAtEnd) || minute > 59 || second > 59) {
    return { why: `「${clip(rest)}」不是存在的時間，請寫成 09:30 或 下午2時5分` }
  }
  if (groups.zone) {
    const offset = offsetMinutes(groups.zone)
    if (offset === null) return { why: `「${groups.zone}」不是存在的時區，臺灣是 +08:00` }
    const { year, month, date } = partsOf(day)
    const minutes = (numberFromParts(year, month, date) * 24 + hour) * 60 + minute - offset
    return { day, instant: new Date(minutes * 60_000 + second * 1000 + millisecond) }
  }
  if (hour === 24) return { day, instant: endOf(day) }
  // No clock has been set forward since 1980: plain sums, a tenth of the time when a decade is imported.
  if (day >= '1980-01-01') return { day, instant: new Date(startOf(day).getTime() + ((hour * 60 + minute) * 60 + second) * 1000 + millisecond) }
  const { year, month, date } = partsOf(day)
  return { day, instant: new CalendarDateTime(year, month, date, hour, minute, second, millisecond).toDate(officeTimeZone) }
}

// 下午 12:30 is half past noon, 上午 12:30 half past midnight, as Taiwan's spreadsheets print them; 晚上 12 時 could be either day.
function hourOfDay(half: string | undefined, hour: number): number | null {
  switch (half) {
    case undefined:
      return hour
    case '上午': case '早上': case '凌晨': case 'AM':
      return hour > 12 ? null : hour % 12
    case '晚上':
      return hour === 12 || hour < 5 ? null : hour < 12 ? hour + 12 : hour
    case '中午':
      return hour === 1 || hour === 2 ? hour + 12 : hour >= 11 && hour <= 14 ? hour : null
    default:
      return hour < 12 ? hour + 12 : hour > 23 ? null : hour
  }
}

function offsetMinutes(zone: string): number | null {
  if (zone.toUpperCase() === 'Z') return 0
  const hours = +zone.slice(1, 3)
  const minutes = +(zone.slice(3).replace(':', '') || 0)
  if (hours > 14 || minutes > 59) return null
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

// NFKC makes full-width digits and signs plain; the left-to-right mark comes along when dates are copied from Windows.
function plainText(text: string): string {
  return text.slice(0, 200).normalize('NFKC').replace(/[\u200b\u200e\ufeff]/g, '').replace(/[‐‑‒–—−]/g, '-').trim()
}

const unreadable = (plain: string): Why => ({
  why: plain === '' ? '沒有填日期' : `「${clip(plain)}」讀不出日期，請寫成 110/4/9、110年4月9日 或 2021-04-09`,
})

const clip = (text: string): string => {
  const characters = Array.from(text)
  return characters.length <= 30 ? text : `${characters.slice(0, 30).join('')}…`
}
