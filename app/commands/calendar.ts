import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { changeCalendar, type Preview, previewChange } from '../core/calendar/apply.ts'
import { CalendarChange } from '../core/calendar/changes.ts'
import { refreshCalendar } from '../core/calendar/follow.ts'
import { closuresInForce, readStored, yearsInForce } from '../core/calendar/stored.ts'
import { findTownships, refuseTownships } from '../core/calendar/townships.ts'
import { daysOf, readYearFile } from '../core/calendar/year-file.ts'
import { officeCalendar } from '../core/clocks/calendar.ts'
import { type Db, write } from '../core/db.ts'
import { isRefusal, type Refusal, WrongUse } from '../core/errors.ts'
import { type Day, dayNumber, dayOf, parseDay, rocDay, weekday, weekdayOfNumber, whyNotDay } from '../core/time.ts'
import { readOptions } from './options.ts'
import { onSystem } from './system.ts'

export const usage = `calendar show 年
calendar load 檔案 [--apply]                 一年的辦公日曆：政府開放資料 CSV（西元日期,星期,是否放假,備註）或 office-calendar.json
calendar close 日 --name 事由 [--half morning|afternoon] [--townships 鄉鎮,鄉鎮] [--reason 說明] [--apply]
calendar reopen 日 [--half morning|afternoon] [--townships 鄉鎮,鄉鎮] [--reason 說明] [--apply]
不加 --apply 只列出會移動的案件，什麼都不改。`

const options = { apply: 'flag', name: 'text', half: 'text', townships: 'text', reason: 'text' } as const
type Given = { apply?: boolean; name?: string; half?: string; townships?: string; reason?: string }

/** `calendar show|load|close|reopen`: for the operator at the machine, whether or not the service is running. */
export async function calendarCommand(args: string[]): Promise<number> {
  const { words, given } = readOptions(args, options)
  const [what, subject, ...rest] = words
  if (!subject || rest.length) throw new WrongUse(`用法：\n${usage}`)
  switch (what) {
    case 'show': return show(readYear(subject))
    case 'load': return load(subject, given)
    case 'close': return close(readDay(subject), given)
    case 'reopen': return reopen(readDay(subject), given)
    default: throw new WrongUse(`沒有 calendar ${what ?? ''}，可用的有 show、load、close、reopen。用法：\n${usage}`)
  }
}

async function load(path: string, given: Given): Promise<number> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new WrongUse(error.code === 'ENOENT' ? `找不到檔案 ${path}` : `讀不到檔案 ${path}（${error.code}）`)
  })
  const read = readYearFile({ name: basename(path), bytes })
  if ('problems' in read) throw new WrongUse(read.problems.join('\n'))
  return onSystem(async ({ db }) => change(db, { what: 'load', ...read }, given))
}

async function close(day: Day, given: Given): Promise<number> {
  if (!given.name?.trim()) throw new WrongUse('請用 --name 寫出事由，例如 --name 颱風停止上班')
  return onSystem(async ({ db }) => {
    const townships = readTownships(given)
    const refused = refuseTownships(townships, await findTownships(db))
    if (refused) throw new WrongUse(refused)
    return change(db, { what: 'close', day, half: readHalf(given), townships, name: given.name!, reason: given.reason ?? '' }, given)
  })
}

async function reopen(day: Day, given: Given): Promise<number> {
  return onSystem(async ({ db }) => {
    const half = readHalf(given)
    const townships = readTownships(given).toSorted()
    const ofDay = closuresInForce(await readStored(db)).filter((each) => each.day === day)
    const found = ofDay.filter((each) => (given.half === undefined || each.half === half) && (given.townships === undefined || each.townships.join() === townships.join()))
    if (!ofDay.length) throw new WrongUse(`${rocDay(day)} 沒有登記停止上班，不必取消`)
    if (found.length !== 1) throw new WrongUse(`${rocDay(day)} 登記了 ${ofDay.length} 項停止上班，請用 --half 或 --townships 指出是哪一項`)
    return change(db, { what: 'reopen', closureId: found[0]!.id, reason: given.reason ?? '' }, given)
  })
}

/** Shows what would move; with --apply does it. */
async function change(db: Db, raw: CalendarChange, { apply }: Given): Promise<number> {
  const parsed = CalendarChange.safeParse(raw)
  if (!parsed.success) throw new WrongUse(parsed.error.issues.map((issue) => issue.message).join('\n'))
  const found = await previewChange(db, parsed.data)
  if (isRefusal(found)) throw new WrongUse(found.message)
  printMoves(found.value)
  if (!apply) {
    process.stdout.write('還沒有改變。要套用請加 --apply\n')
    return 0
  }
  const applied = await write(db, async (tx, now) => changeCalendar.within(tx, { person: null, onBehalfOf: null, now, today: dayOf(now) }, { change: found.value.change, seen: found.value.seen }).then(orThrow))
  await refreshCalendar(db)
  process.stdout.write(`已套用：${applied.words}，移動 ${applied.moved} 件，辦公日曆 ${applied.version}\n`)
  return 0
}

/** A refusal inside the transaction must undo it. */
function orThrow<T>(result: { value: T } | Refusal): T {
  if (isRefusal(result)) throw new WrongUse(result.message)
  return result.value
}

function printMoves({ words, before, after, moves }: Preview): void {
  const line = ({ name, rule, from, to, unitName, officerName }: Preview['moves'][number]) => [name, rule, from ?? '未定', to ?? '未定', unitName ?? '未分文', officerName ?? ''].join('\t')
  process.stdout.write(`${words}\n辦公日曆 ${before.version} → ${after.version}\n期限移動 ${moves.length} 件\n`)
  if (moves.length) process.stdout.write(`案號\t規則\t原到期日\t新到期日\t單位\t承辦人\n${moves.map(line).join('\n')}\n`)
}

async function show(year: number): Promise<number> {
  return onSystem(async ({ db }) => {
    const stored = await readStored(db)
    const days = daysOf(year)
    if (!officeCalendar.knows(days[0]!)) throw new WrongUse(`還沒有 ${year - 1911} 年的辦公日曆：只有 ${officeCalendar.firstDay.slice(0, 4)} 至 ${officeCalendar.lastDay.slice(0, 4)} 年，請用 calendar load 載入`)
    const open = days.filter((day) => officeCalendar.isOpen(day)).length
    process.stdout.write(`${year - 1911} 年（西元 ${year} 年）上班 ${open} 天，放假 ${days.length - open} 天，辦公日曆 ${officeCalendar.version}\n`)
    const loaded = yearsInForce(stored).find((each) => each.year === year)
    if (loaded) process.stdout.write(`載入自 ${loaded.source}\n`)
    const closures = closuresInForce(stored).filter((each) => yearOfDay(each.day) === year)
    for (const day of days) {
      const here = closures.filter((each) => each.day === day)
      for (const { half, townships, name } of here) process.stdout.write(`${line(day)}\t${[name, half === 'morning' ? '上午' : half === 'afternoon' ? '下午' : '整天', ...townships].join(' ')}\n`)
      if (here.some(({ half, townships }) => half === null && townships.length === 0)) continue
      const isOpen = officeCalendar.isOpen(day)!
      if (!isOpen && officeCalendar.names.has(dayNumber(day))) process.stdout.write(`${line(day)}\t${officeCalendar.reasonClosed(day)}\n`)
      if (isOpen && [0, 6].includes(weekdayOfNumber(dayNumber(day)))) process.stdout.write(`${line(day)}\t補行上班\n`)
    }
    return 0
  })
}

const line = (day: Day) => `${rocDay(day)}（${weekday(day)}）`
const yearOfDay = (day: Day) => +day.slice(0, 4)

function readYear(text: string): number {
  const number = /^\d{2,4}$/.test(text) ? +text : NaN
  const year = number < 1000 ? number + 1911 : number
  if (!(year >= 1912 && year <= 2200)) throw new WrongUse(`「${text}」不是年度，例如 116 或 2027`)
  return year
}

function readDay(text: string): Day {
  const day = parseDay(text)
  if (!day) throw new WrongUse(whyNotDay(text) ?? `「${text}」不是日期`)
  return day
}

function readHalf({ half }: Given): 'morning' | 'afternoon' | null {
  if (half === undefined) return null
  if (half !== 'morning' && half !== 'afternoon') throw new WrongUse(`--half 要是 morning（上午）或 afternoon（下午），不是「${half}」`)
  return half
}

const readTownships = ({ townships }: Given): string[] => (townships ?? '').split(/[,、，\s]+/).filter(Boolean)
