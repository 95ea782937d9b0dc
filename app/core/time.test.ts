import { expect, test } from 'vitest'
import {
  addDays, clockTimeOf, day, dayFromNumber, dayNumber, dayOf, daysBetween, endOf, hasClockTime, isDay, isoInstant, isoMinute,
  lastDayOfMonth, monthOf, parseDay, parseInstant, parseInstantEnd, partsOf, relativeOfficeDays, rocDateTime, rocDay, rocLongDay,
  rocMonth, rocYear, startOf, weekday, whyNotDay, whyNotInstant,
} from './time.ts'

test('a day begins at midnight in Taipei, wherever the computer stands', () => {
  expect(startOf(day('2021-04-09')).toISOString()).toBe('2021-04-08T16:00:00.000Z')
  expect(endOf(day('2021-04-09'))).toEqual(startOf(day('2021-04-10')))
  expect(dayOf(new Date('2021-04-08T15:59:59.999Z'))).toBe('2021-04-08')
  expect(dayOf(new Date('2021-04-08T16:00:00Z'))).toBe('2021-04-09')
  expect(clockTimeOf(new Date('2021-04-08T15:59:07.089Z'))).toEqual({ hour: 23, minute: 59, second: 7, millisecond: 89 })
})

test('the hours of another process time zone change nothing', () => {
  const before = process.env.TZ
  for (const zone of ['America/New_York', 'Pacific/Kiritimati', 'UTC']) {
    process.env.TZ = zone
    expect(parseInstant('110/4/9 09:30')?.toISOString()).toBe('2021-04-09T01:30:00.000Z')
    expect(rocDateTime(new Date('2021-03-14T07:05:00Z'))).toBe('110/3/14 15:05')
  }
  if (before === undefined) delete process.env.TZ
  else process.env.TZ = before
})

test('days of daylight saving time and of early years do not shift', () => {
  for (const text of ['1896-01-01', '1937-10-01', '1945-09-21', '1952-03-01', '1960-06-01', '1979-07-01', '1979-10-01', '0001-01-01']) {
    expect(dayOf(startOf(day(text)))).toBe(text)
    if (text > '0001-01-01') expect(dayOf(new Date(startOf(day(text)).getTime() - 1))).toBe(addDays(day(text), -1))
  }
  expect(isoInstant(startOf(day('1960-06-02')))).toBe('1960-06-02T00:00:00+09:00')
})

test('every day from 1850 to 2150 has its own number, weekday and neighbours', () => {
  const names = ['日', '一', '二', '三', '四', '五', '六']
  for (let n = dayNumber(day('1850-01-01')); n <= dayNumber(day('2150-12-31')); n++) {
    const utc = new Date(n * 86_400_000)
    const d = dayFromNumber(n)
    if (d !== utc.toISOString().slice(0, 10) || dayNumber(d) !== n || weekday(d) !== names[utc.getUTCDay()]) expect.fail(d)
  }
})

test('day arithmetic crosses months, leap days and years', () => {
  expect(addDays(day('2024-02-28'), 1)).toBe('2024-02-29')
  expect(addDays(day('2100-02-28'), 1)).toBe('2100-03-01')
  expect(addDays(day('2021-01-01'), -1)).toBe('2020-12-31')
  expect(daysBetween(day('2021-04-01'), day('2021-09-30'))).toBe(182)
  expect(lastDayOfMonth(day('2024-02-10'))).toBe('2024-02-29')
  expect(partsOf(day('2021-04-09'))).toEqual({ year: 2021, month: 4, date: 9 })
  expect(monthOf(day('2021-04-09'))).toBe('2021-04')
  expect(() => addDays(day('9999-12-31'), 1)).toThrow(RangeError)
  expect(endOf(day('9999-12-31')).getUTCFullYear()).toBe(9999)
})

test('only an existing ISO day is a Day', () => {
  expect(isDay('2024-02-29')).toBe(true)
  for (const wrong of ['2023-02-29', '2021-4-9', '110-04-09', '2021-13-01', '2021-00-10', '', null, 20210409]) expect(isDay(wrong)).toBe(false)
  expect(() => day('2023-02-29')).toThrow(RangeError)
})

test.each([
  ['110/04/09', '2021-04-09'], ['110-04-09', '2021-04-09'], ['110.4.9', '2021-04-09'], ['2021-04-09', '2021-04-09'],
  ['2021/4/9', '2021-04-09'], ['民國110年4月9日', '2021-04-09'], ['110年4月9日', '2021-04-09'], ['中華民國 110 年 4 月 9 日', '2021-04-09'],
  ['1100409', '2021-04-09'], ['20210409', '2021-04-09'], ['１１０／０４／０９', '2021-04-09'], ['１１０．４．９', '2021-04-09'],
  ['110－04－09', '2021-04-09'], ['民國１１０年４月９日', '2021-04-09'], [' 110/4/9 ', '2021-04-09'], ['99/1/2', '2010-01-02'],
  ['099/01/02', '2010-01-02'], ['1/1/1', '1912-01-01'], ['民國元年1月1日', '1912-01-01'], ['民國前1年12月31日', '1911-12-31'],
  ['西元2021年4月9日', '2021-04-09'], ['2021年4月9日', '2021-04-09'], ['110/4/9（五）', '2021-04-09'], ['110年4月9日 星期五', '2021-04-09'],
  ['113/2/29', '2024-02-29'], ['\u200e2021/\u200e4/\u200e9', '2021-04-09'],
])('an office reads %s as %s', (text, expected) => {
  expect(parseDay(text)).toBe(expected)
  expect(whyNotDay(text)).toBeNull()
})

test.each([
  ['110-02-30', '110-02-30 不是存在的日期（110 年 2 月只有 28 天）'],
  ['115年2月29日', '115年2月29日 不是存在的日期（115 年 2 月只有 28 天）'],
  ['2021/4/31', '2021/4/31 不是存在的日期（2021 年 4 月只有 30 天）'],
  ['110/1/32', '110/1/32 不是存在的日期（110 年 1 月有 31 天）'],
  ['110/13/1', '110/13/1 不是存在的日期（沒有 13 月）'],
  ['110/4/0', '110/4/0 不是存在的日期（沒有 0 日）'],
  ['0110-04-09', '「0110-04-09」的年份看不懂：民國年寫 1 到 3 碼，西元年寫 4 碼'],
  ['民國2021年4月9日', '「民國2021年4月9日」的年份看不懂：民國年寫 1 到 3 碼，西元年寫 4 碼'],
  ['110/4/9(四)', '「110/4/9(四)」的星期不對，那一天是星期五'],
  ['', '沒有填日期'],
  ['昨天', '「昨天」讀不出日期，請寫成 110/4/9、110年4月9日 或 2021-04-09'],
])('%s is refused with a reason', (text, reason) => {
  expect(parseDay(text)).toBeNull()
  expect(whyNotDay(text)).toBe(reason)
})

test.each(['990102', '110/4-9', '110/4/091', '110/4', '4/9', '000/1/1', '110/4/9 09:30', '110/4/9 abc', '民國前1912/1/1', '110-04-09\u0000', '9'.repeat(100_000)])(
  '%s is no day',
  (text) => {
    expect(parseDay(text)).toBeNull()
    expect(whyNotDay(text)).not.toBeNull()
  },
)

test.each([
  ['110/04/09', '2021-04-09T00:00:00+08:00'], ['110/04/09 09:30', '2021-04-09T09:30:00+08:00'],
  ['110-04-09 9:30:15', '2021-04-09T09:30:15+08:00'], ['2021-04-09T09:30', '2021-04-09T09:30:00+08:00'],
  ['2021-04-09T09:30:15+08:00', '2021-04-09T09:30:15+08:00'], ['2021-04-09T01:30:00Z', '2021-04-09T09:30:00+08:00'],
  ['2021-04-09 09:30:15.123+08', '2021-04-09T09:30:15.123+08:00'], ['2021-04-09T00:00-05:30', '2021-04-09T13:30:00+08:00'],
  ['110年4月9日上午9時30分', '2021-04-09T09:30:00+08:00'], ['110年4月9日 下午 2:05', '2021-04-09T14:05:00+08:00'],
  ['民國110年4月9日下午2時', '2021-04-09T14:00:00+08:00'], ['110/4/9 下午12時30分', '2021-04-09T12:30:00+08:00'],
  ['2021/4/9 上午 12:30:00', '2021-04-09T00:30:00+08:00'], ['１１０／４／９　０９：３０', '2021-04-09T09:30:00+08:00'],
  ['1100409 09:30', '2021-04-09T09:30:00+08:00'], ['110/4/9 24:00', '2021-04-10T00:00:00+08:00'],
  ['2021/4/9 9:30 PM', '2021-04-09T21:30:00+08:00'], ['110/4/9(五) 16時5分', '2021-04-09T16:05:00+08:00'],
])('the instant %s is %s', (text, expected) => {
  const instant = parseInstant(text)
  expect(instant && isoInstant(instant)).toBe(expected)
  expect(whyNotInstant(text)).toBeNull()
})

test.each(['110/4/9 25:00', '110/4/9 09:60', '110/4/9 24:01', '110/4/9 上午13:00', '110/4/9 晚上12:00', '110/4/9 0930', '110/4/9Z', '110/2/30 09:30', '2021-04-09T09:30+25:00', '09:30'])(
  '%s is no instant',
  (text) => {
    expect(parseInstant(text)).toBeNull()
    expect(parseInstantEnd(text)).toBeNull()
    expect(whyNotInstant(text)).toMatch(/不是存在|讀不出/)
  },
)

test('an end without a time is the last instant of its day', () => {
  expect(parseInstantEnd('110/9/30')?.getTime()).toBe(startOf(day('2021-10-01')).getTime() - 1)
  expect(parseInstantEnd('110/9/30 17:00')?.toISOString()).toBe('2021-09-30T09:00:00.000Z')
  expect([hasClockTime('110/9/30'), hasClockTime('110/9/30 17:00'), hasClockTime('x')]).toEqual([false, true, false])
})

test('days and instants print as the office writes them', () => {
  const instant = new Date('2021-09-27T06:05:00Z')
  expect(rocDay(day('2021-09-27'))).toBe('110/9/27')
  expect(rocLongDay(day('2021-09-27'))).toBe('民國110年9月27日')
  expect([rocMonth(day('2021-09-27')), rocMonth('2021-09')]).toEqual(['110年9月', '110年9月'])
  expect(rocDateTime(instant)).toBe('110/9/27 14:05')
  expect(isoInstant(instant)).toBe('2021-09-27T14:05:00+08:00')
  expect(isoMinute(instant)).toBe('2021-09-27T14:05+08:00')
  expect(rocYear(day('1911-01-01'))).toBe(0)
  expect([rocDay(day('1911-12-31')), rocLongDay(day('1911-12-31')), rocMonth('1911-12')]).toEqual(['民國前1/12/31', '民國前1年12月31日', '民國前1年12月'])
  expect(rocLongDay(day('9999-12-31'))).toBe('民國8088年12月31日')
})

test('what is printed can be read again', () => {
  for (const text of ['2021-09-27', '1912-01-01', '1911-12-31', '2024-02-29']) {
    expect(parseDay(rocLongDay(day(text)))).toBe(text)
    expect(parseDay(rocDay(day(text)))).toBe(text)
  }
})

test('a due day says how far off it is', () => {
  const everyDay = (after: string, upTo: string): number => daysBetween(day(after), day(upTo))
  const today = day('2021-09-27')
  expect(relativeOfficeDays(today, day('2021-09-30'), everyDay)).toBe('還有 3 個工作日')
  expect(relativeOfficeDays(today, today, everyDay)).toBe('今天到期')
  expect(relativeOfficeDays(today, day('2021-09-25'), everyDay)).toBe('逾期 2 個工作日')
  expect(relativeOfficeDays(today, day('2021-09-25'), () => 0)).toBe('逾期 2 天')
  expect(relativeOfficeDays(today, day('2031-09-27'), () => null)).toBe('還有 3652 天')
})
