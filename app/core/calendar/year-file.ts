import { toUtf8 } from '../tabular/encoding.ts'
import { readTable } from '../tabular/read.ts'
import { checkTable, optional, type Parse, required } from '../tabular/schema.ts'
import { text } from '../tabular/cells.ts'
import { printProblem, type SourceFile, UnreadableFile, uploadLimits } from '../tabular/table.ts'
import { type Day, dayFromNumber, dayFromParts, dayNumber, isDay, numberFromParts, parseDay, rocDay, weekday, weekdayOfNumber, yearOf } from '../time.ts'
import type { YearDay } from './tables.ts'

/** One year as a file gives it: what differs from Monday to Friday, and named days. */
export type OfficeYear = { year: number; days: YearDay[] }
export type YearFile = { years: OfficeYear[]; source: string } | { problems: string[] }

const firstYear = 2000 // before, Saturday mornings were worked
const lastYear = 2100

/**
 * A year's office calendar from its file: the government's open-data CSV (西元日期,星期,是否放假,備註, in UTF-8 or Big5, also as
 * XLSX or ODS), or JSON like this project's office-calendar.json. Whatever does not add up to whole years is refused, each
 * problem one zh-TW sentence.
 */
export function readYearFile(file: SourceFile): YearFile {
  const read = looksLikeJson(file.bytes) ? readJson(file) : readDays(file)
  if ('problems' in read) return read
  const problems = read.years.flatMap(refuseYear)
  return problems.length ? { problems } : read
}

const looksLikeJson = (bytes: Uint8Array): boolean => /^[\s\uFEFF]*[[{]/.test(Buffer.from(bytes.subarray(0, 200)).toString('utf8'))

/** 政府資料開放平臺 dataset 14718: every day of the year in a row of its own; 是否放假 0 is an office day, 2 a day off. */
function readDays(file: SourceFile): YearFile {
  const { table, problems } = readTable(file, { limits: uploadLimits })
  const columns = { day: required('西元日期', compactDay), weekday: required('星期', text(3)), off: required('是否放假', offDay), note: optional('備註', text(40)) }
  if (!table) return { problems: problems.map(printProblem) }
  const checked = checkTable(table, columns, problems)
  const found = [...problems, ...checked.problems].map(printProblem)
  const at = (row: { number: number }, reason: string) => found.push(printProblem({ file: table.file, row: row.number, column: '西元日期', reason }))
  const seen = new Map<Day, number>()
  for (const { row, value } of checked.rows) {
    const before = seen.get(value.day)
    if (before) at(row, `${rocDay(value.day)} 已經在第 ${before} 列，一天只能有一列`)
    seen.set(value.day, row.number)
    const name = value.weekday.replace(/^(星期|週|周)/, '')
    if (name !== weekday(value.day)) found.push(printProblem({ file: table.file, row: row.number, column: '星期', reason: `${rocDay(value.day)} 是星期${weekday(value.day)}，不是「${value.weekday}」` }))
  }
  if (found.length) return { problems: shortened(found) }
  const years = [...new Set([...seen.keys()].map(yearOf))]
  if (years.length !== 1) return { problems: [years.length ? `檔案裡有 ${years.map((year) => year - 1911).join('、')} 年的日子，一個檔案只能是一年` : '檔案裡沒有日子'] }
  const missing = daysOf(years[0]!).filter((day) => !seen.has(day))
  if (missing.length) return { problems: [`${years[0]! - 1911} 年少了 ${missing.length} 天：${missing.slice(0, 5).map(rocDay).join('、')}${missing.length > 5 ? ' 等' : ''}，請用完整的檔案`] }
  const days = checked.rows.map(({ value }) => ({ day: value.day, open: !value.off, name: (value.note ?? '').trim() }))
  return { years: [{ year: years[0]!, days: keepTelling(days) }], source: `${table.file}（政府行政機關辦公日曆表）` }
}

const compactDay: Parse<Day> = (cell) => {
  const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(cell.trim())
  const day = parts ? dayFromParts(+parts[1]!, +parts[2]!, +parts[3]!) : parseDay(cell)
  return day ? { value: day } : { reason: `「${cell}」不是日期，要像 20280101` }
}

const offDay: Parse<boolean> = (cell) => (cell === '0' ? { value: false } : cell === '2' ? { value: true } : { reason: `「${cell}」要是 0（上班）或 2（放假）` })

type JsonDay = { day?: unknown; date?: unknown; open?: unknown; isHoliday?: unknown; name?: unknown; note?: unknown }

/** {years: {"2028": [{day, open, name}]}}, or a plain list of {date, isHoliday, note}; both give only what differs. */
function readJson(file: SourceFile): YearFile {
  let data: unknown
  try {
    data = JSON.parse(Buffer.from(toUtf8(file.bytes).text).toString('utf8'))
  } catch (error) {
    if (error instanceof UnreadableFile) return { problems: [error.message] }
    return { problems: [`${file.name} 不是完整的 JSON，請由原系統重新匯出`] }
  }
  const source = typeof (data as { source?: unknown }).source === 'string' ? String((data as { source: string }).source).slice(0, 300) : file.name
  const byYear = Array.isArray(data) ? listByYear(data) : (data as { years?: unknown }).years
  if (typeof byYear !== 'object' || byYear === null || Object.keys(byYear).length === 0) return { problems: [`${file.name} 裡沒有 years：格式要和系統的 office-calendar.json 相同`] }
  const problems: string[] = []
  const years = Object.entries(byYear as Record<string, unknown>).map(([name, list]): OfficeYear => {
    const year = +name
    if (!Number.isInteger(year) || !Array.isArray(list)) problems.push(`years 的「${name}」要是西元年，內容是日子的清單`)
    const days = (Array.isArray(list) ? list : []).flatMap((each: JsonDay) => {
      const day = each?.day ?? each?.date
      const open = each?.open ?? (typeof each?.isHoliday === 'boolean' ? !each.isHoliday : undefined)
      const label = each?.name ?? each?.note ?? ''
      if (!isDay(day) || typeof open !== 'boolean' || typeof label !== 'string') problems.push(`${name} 年的 ${JSON.stringify(each)?.slice(0, 80)} 看不懂：每一天要有 day、open、name`)
      else if (yearOf(day) !== year) problems.push(`${rocDay(day)} 列在 ${year - 1911} 年之下，年度不符`)
      else return [{ day, open, name: label.trim().slice(0, 40) }]
      return []
    })
    const twice = days.find(({ day }, i) => days.findIndex((other) => other.day === day) !== i)
    if (twice) problems.push(`${rocDay(twice.day)} 出現兩次，一天只能有一筆`)
    return { year, days: keepTelling(days) }
  })
  return problems.length ? { problems: shortened(problems) } : { years: years.toSorted((a, b) => a.year - b.year), source }
}

function listByYear(list: unknown[]): Record<string, unknown[]> {
  const years: Record<string, unknown[]> = {}
  for (const each of list) {
    const day = String((each as JsonDay)?.day ?? (each as JsonDay)?.date ?? '')
    ;(years[day.slice(0, 4)] ??= []).push(each)
  }
  return years
}

/** Without what says nothing: an ordinary working day or weekend without a name. */
function keepTelling(days: readonly YearDay[]): YearDay[] {
  return days
    .filter(({ day, open, name }) => open !== isWeekday(dayNumber(day)) || (name !== '' && !open))
    .map(({ day, open, name }) => ({ day, open, name: name || (open ? '補行上班' : '放假') }))
    .toSorted((a, b) => (a.day < b.day ? -1 : 1))
}

/** A year has 104 to 106 weekend days and, since 2000, ten holidays and more; fewer means that part of it is missing. */
const closedDaysMin = 108
const closedDaysMax = 135

function refuseYear({ year, days }: OfficeYear): string[] {
  if (year < firstYear || year > lastYear) return [`西元 ${year} 年不在可以載入的 ${firstYear} 至 ${lastYear} 年之間`]
  const differing = new Map(days.map(({ day, open }) => [day, open]))
  const closed = daysOf(year).filter((day) => !(differing.get(day) ?? isWeekday(dayNumber(day)))).length
  if (closed >= closedDaysMin && closed <= closedDaysMax) return []
  return [`${year - 1911} 年只算出 ${closed} 天放假，一般在 ${closedDaysMin} 至 ${closedDaysMax} 天之間：檔案可能不完整，請檢查`]
}

const isWeekday = (number: number): boolean => { const w = weekdayOfNumber(number); return w !== 0 && w !== 6 }

/** Every day of a year. */
export function daysOf(year: number): Day[] {
  const first = numberFromParts(year, 1, 1)
  return Array.from({ length: numberFromParts(year + 1, 1, 1) - first }, (_, i) => dayFromNumber(first + i))
}

const shortened = (problems: string[]): string[] => (problems.length > 20 ? [...problems.slice(0, 20), `另外還有 ${problems.length - 20} 個問題`] : problems)
