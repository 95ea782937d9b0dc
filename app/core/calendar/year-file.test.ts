import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { printedCalendarData } from '../clocks/calendar.ts'
import { dayNumber, weekday, weekdayOfNumber } from '../time.ts'
import { daysOf, readYearFile } from './year-file.ts'

const printed = printedCalendarData.years['2024']!

/** The government's file of 113, as it is published: every day in a row. */
function governmentCsv(year = 2024, change: (lines: string[]) => string[] = (lines) => lines): string {
  const named = new Map(printedCalendarData.years[year]!.map((each) => [each.day, each]))
  const lines = daysOf(year).map((day) => {
    const special = named.get(day)
    const open = special ? special.open : ![0, 6].includes(weekdayOfNumber(dayNumber(day)))
    return `${day.replaceAll('-', '')},${weekday(day)},${open ? 0 : 2},${special?.name ?? ''}`
  })
  return ['西元日期,星期,是否放假,備註', ...change(lines)].join('\r\n') + '\r\n'
}
const read = (content: string | Buffer | object, name = '113年辦公日曆表.csv') => readYearFile({ name, bytes: Buffer.isBuffer(content) ? content : Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)) })
const yearsOf = (file: ReturnType<typeof readYearFile>) => ('years' in file ? file.years : [])
const problemsOf = (file: ReturnType<typeof readYearFile>) => ('problems' in file ? file.problems.join('\n') : '')

test('the government’s file gives the printed year, in UTF-8, with a byte order mark, and in Big5', () => {
  const wanted = [{ year: 2024, days: printed.toSorted((a, b) => (a.day < b.day ? -1 : 1)) }]
  expect(yearsOf(read(governmentCsv()))).toEqual(wanted)
  expect(yearsOf(read('\uFEFF' + governmentCsv()))).toEqual(wanted)
  expect(yearsOf(read(iconv.encode(governmentCsv(), 'cp950')))).toEqual(wanted)
})

test('every printed year comes back from its file, make-up Saturdays too', () => {
  for (const year of Object.keys(printedCalendarData.years).map(Number)) {
    expect(yearsOf(read(governmentCsv(year)))[0]!.days).toEqual(printedCalendarData.years[year]!.toSorted((a, b) => (a.day < b.day ? -1 : 1)))
  }
})

test('the project’s own form and a list of days are read', () => {
  expect(yearsOf(read({ years: { 2024: printed } }, 'a.json'))[0]!.year).toBe(2024)
  expect(yearsOf(read(printed.map(({ day, open, name }) => ({ date: day, isHoliday: !open, note: name })), 'a.json'))[0]!.days).toHaveLength(printed.length)
})

test.each<[string, string | Buffer | object, string]>([
  ['a day left out', governmentCsv(2024, (lines) => lines.filter((line) => !line.startsWith('20240229'))), '少了 1 天：113/2/29'],
  ['a day given twice', governmentCsv(2024, (lines) => [...lines, lines[40]!]), '一天只能有一列'],
  ['a day of another year', governmentCsv(2024, (lines) => [...lines.slice(0, -1), '20250101,三,2,開國紀念日']), '一個檔案只能是一年'],
  ['a ragged row', governmentCsv(2024, (lines) => [...lines.slice(0, 9), '20240110,三', ...lines.slice(10)]), '11'],
  ['a wrong weekday', governmentCsv(2024, (lines) => lines.map((line) => line.replace('20240110,三', '20240110,四'))), '是星期三'],
  ['a word for the day off', governmentCsv(2024, (lines) => lines.map((line) => line.replace('20240110,三,0', '20240110,三,是'))), '要是 0（上班）或 2（放假）'],
  ['no date', governmentCsv(2024, (lines) => lines.map((line) => line.replace('20240110', '20240230'))), '不是日期'],
  ['another header', governmentCsv().replace('是否放假', '放假'), '是否放假'],
  ['an empty file', '', '空的'],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]), '圖片'],
  ['half a JSON', '{"years": {"2024": [', '不是完整的 JSON'],
  ['JSON of something else', { days: [] }, '沒有 years'],
  ['a JSON day under another year', { years: { 2024: [...printed, { day: '2025-01-01', open: false, name: '元旦' }] } }, '年度不符'],
  ['a JSON day twice', { years: { 2024: [...printed, printed[0]] } }, '出現兩次'],
  ['a JSON year with hardly a holiday', { years: { 2024: printed.slice(0, 1) } }, '可能不完整'],
  ['a year out of sight', { years: { 1999: [] } }, '不在可以載入'],
])('%s is refused with a sentence', (_what, content, sentence) => {
  expect(problemsOf(read(content))).toContain(sentence)
})
