import { addDays, type Day, dayFromNumber, dayNumber, isDay, numberFromParts, weekday, weekdayOfNumber } from '../time.ts'
import officeCalendarData from './office-calendar.json' with { type: 'json' }

/** Days that differ from a Monday-to-Friday week, and holidays whose name matters, by Gregorian year without gaps. */
export type CalendarData = {
  version: string
  source: string
  years: Record<string, { day: string; open: boolean; name: string }[]>
}

/**
 * A day on which the office is shut besides the calendar: 停止上班. A half day never shifts a period. Without `townships`
 * it is the whole county; with them, only `calendar.at(township)` knows of it.
 */
export type Closure = { day: Day; name: string; half?: 'morning' | 'afternoon'; townships?: readonly string[] }

/** What day-number functions give where the calendar does not reach. */
export const outside = -0x8000_0000

/**
 * Which days the offices work, for the years it knows. Questions about other years answer null: never a guess.
 * All counting is by table look-up, O(1).
 */
export class Calendar {
  readonly version: string
  readonly firstDay: Day
  readonly lastDay: Day
  readonly firstNumber: number
  readonly lastNumber: number
  readonly names: ReadonlyMap<number, string>
  readonly halfClosures: ReadonlyMap<number, Closure>
  /** Every closure laid over it; those of single townships close nothing here, see `at`. */
  readonly closures: readonly Closure[]
  private readonly closureNames: ReadonlyMap<number, string>
  private readonly ofTownships = new Map<string, Calendar>()
  private readonly openNumbers: Int32Array // the open days in order
  private readonly openBefore: Int32Array // how many open days lie before the day at this index
  private readonly dayTexts: Day[]

  constructor(version: string, firstNumber: number, open: boolean[], names: ReadonlyMap<number, string>, halfClosures: ReadonlyMap<number, Closure>, closures: readonly Closure[] = []) {
    this.version = version
    this.closures = closures
    this.closureNames = new Map(closures.filter(({ townships }) => !townships?.length).map(({ day, name }) => [dayNumber(day), name]))
    this.firstNumber = firstNumber
    this.lastNumber = firstNumber + open.length - 1
    this.names = names
    this.halfClosures = halfClosures
    this.openBefore = new Int32Array(open.length + 1)
    open.forEach((isOpen, i) => { this.openBefore[i + 1] = this.openBefore[i]! + (isOpen ? 1 : 0) })
    this.openNumbers = Int32Array.from(open.flatMap((isOpen, i) => (isOpen ? [firstNumber + i] : [])))
    this.dayTexts = open.map((_, i) => dayFromNumber(firstNumber + i))
    this.firstDay = this.dayTexts[0]!
    this.lastDay = this.dayTexts[open.length - 1]!
  }

  /** The calendar of the offices in one township (金寧鄉 or 金門縣金寧鄉): its own closures are closed there too. */
  at(township: string): Calendar {
    const name = township.replace(/^..[縣市](?=.)/, '')
    let calendar = this.ofTownships.get(name)
    if (calendar) return calendar
    const own = this.closures.filter(({ townships }) => townships?.some((each) => each.endsWith(name)))
    calendar = own.length === 0 ? this : withClosures(this, own.map(({ townships: _all, ...closure }) => ({ ...closure, name: `${name}${closure.name}` })))
    if (own.length) this.ofTownships.set(name, calendar)
    return calendar
  }

  knows(day: Day): boolean {
    return this.knowsNumber(dayNumber(day))
  }

  isOpen(day: Day): boolean | null {
    const number = dayNumber(day)
    return this.knowsNumber(number) ? this.isOpenNumber(number) : null
  }

  /** The holiday's name, 補假, 停止上班, or 星期六 / 星期日; null when the office is open or the year unknown. */
  reasonClosed(day: Day): string | null {
    if (this.isOpen(day) !== false) return null
    return this.names.get(dayNumber(day)) ?? `星期${weekday(day)}`
  }

  /** The day itself when the office is open, else the first open day after it. */
  nextOpen(day: Day): Day | null {
    return this.dayAt(this.nextOpenNumber(dayNumber(day)))
  }

  /** The n-th office day after the day (n < 0: before it); for n = 0 the day itself. */
  addOfficeDays(day: Day, n: number): Day | null {
    return this.dayAt(this.addOfficeDaysNumber(dayNumber(day), n))
  }

  /** Office days after the first day up to and including the second; negative when the second is earlier. */
  officeDaysBetween(after: Day, upTo: Day): number | null {
    const count = this.officeDaysBetweenNumbers(dayNumber(after), dayNumber(upTo))
    return count === outside ? null : count
  }

  // The same in day numbers, for the engine: `outside` instead of null.

  knowsNumber(number: number): boolean {
    return number >= this.firstNumber && number <= this.lastNumber
  }

  /** Only for days that the calendar knows. */
  isOpenNumber(number: number): boolean {
    const i = number - this.firstNumber
    return this.openBefore[i + 1]! > this.openBefore[i]!
  }

  /** Closed by 停止上班, not by the calendar. */
  isClosureNumber(number: number): boolean {
    return this.closureNames.has(number) && this.names.get(number) === this.closureNames.get(number)
  }

  nextOpenNumber(number: number): number {
    if (!this.knowsNumber(number)) return outside
    return this.openNumbers[this.openBefore[number - this.firstNumber]!] ?? outside
  }

  addOfficeDaysNumber(number: number, n: number): number {
    // The day before the first known day may be counted from: only the days after it are looked at.
    if (!this.knowsNumber(number) && !(n > 0 && number === this.firstNumber - 1)) return outside
    if (n === 0) return number
    const i = number - this.firstNumber
    return this.openNumbers[n > 0 ? this.openBefore[i + 1]! + n - 1 : this.openBefore[i]! + n] ?? outside
  }

  officeDaysBetweenNumbers(after: number, upTo: number): number {
    if (after > upTo) {
      const back = this.officeDaysBetweenNumbers(upTo, after)
      return back === outside ? outside : -back
    }
    if (after < this.firstNumber - 1 || upTo > this.lastNumber) return outside
    return this.openBefore[upTo - this.firstNumber + 1]! - this.openBefore[after - this.firstNumber + 1]!
  }

  /** The Day of a number, without making its text anew for known years; null for `outside`. */
  dayAt(number: number): Day | null {
    if (number === outside) return null
    return this.dayTexts[number - this.firstNumber] ?? dayFromNumber(number)
  }
}

/** A calendar from its data. Throws RangeError when a year is missing between others or a day is wrong or out of place. */
export function calendarFrom(data: CalendarData): Calendar {
  const years = Object.keys(data.years).map(Number).toSorted((a, b) => a - b)
  const [first, last] = [years[0], years.at(-1)]
  if (first === undefined || last === undefined || last - first + 1 !== years.length) {
    throw new RangeError('an office calendar needs one year or more, without gaps')
  }
  const firstNumber = numberFromParts(first, 1, 1)
  const length = numberFromParts(last + 1, 1, 1) - firstNumber
  const open = Array.from({ length }, (_, i) => { const w = weekdayOfNumber(firstNumber + i); return w !== 0 && w !== 6 })
  const names = new Map<number, string>()
  for (const [year, days] of Object.entries(data.years)) {
    for (const { day, open: isOpen, name } of days) {
      if (!isDay(day) || !day.startsWith(year)) throw new RangeError(`${JSON.stringify(day)} is no day of ${year}`)
      const number = dayNumber(day)
      if (names.has(number)) throw new RangeError(`${day} is listed twice`)
      open[number - firstNumber] = isOpen
      names.set(number, name)
    }
  }
  return new Calendar(data.version, firstNumber, open, names, new Map())
}

/** The calendar with a county's closures laid over it. Days that it does not know are left out; its version tells them apart. */
export function withClosures(calendar: Calendar, closures: readonly Closure[]): Calendar {
  const known = closures.filter(({ day }) => calendar.knows(day)).toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  if (known.length === 0) return calendar
  const names = new Map(calendar.names)
  const halfClosures = new Map(calendar.halfClosures)
  const length = calendar.lastNumber - calendar.firstNumber + 1
  const open = Array.from({ length }, (_, i) => calendar.isOpenNumber(calendar.firstNumber + i))
  for (const closure of known) {
    const number = dayNumber(closure.day)
    if (closure.townships?.length) continue
    if (!open[number - calendar.firstNumber]) continue // shut already: the holiday keeps its name
    const other = halfClosures.get(number)
    if (closure.half && (!other || other.half === closure.half)) halfClosures.set(number, closure)
    else { // a whole day, or its other half too
      open[number - calendar.firstNumber] = false
      names.set(number, closure.name)
      halfClosures.delete(number)
    }
  }
  const version = `${calendar.version}+${fingerprint(known.map((c) => `${c.day} ${c.half ?? ''} ${c.name}${c.townships?.length ? ` ${c.townships.join()}` : ''}`).join('\n'))}`
  return new Calendar(version, calendar.firstNumber, open, names, halfClosures, [...calendar.closures, ...known])
}

// FNV-1a: only to tell one set of closures from another in the version's name.
function fingerprint(text: string): string {
  let hash = 0x811c_9dc5
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x0100_0193) >>> 0
  return hash.toString(16).padStart(8, '0')
}

/** 政府行政機關辦公日曆表 2017–2027 (106–116) as it comes with this program, without any county's closures. */
export const printedCalendarData: CalendarData = officeCalendarData
export const printedCalendar: Calendar = calendarFrom(printedCalendarData)

/**
 * The calendar in use: the printed one until `useCalendar`. Importers see each change at once (a live binding), so never
 * keep it in a constant of your own.
 */
export let officeCalendar: Calendar = printedCalendar

/** The first day from this one on, itself included, on which offices work; −1: backwards. Beyond the calendar every day counts as one. */
export function openDayFrom(day: Day, step: 1 | -1 = 1): Day {
  return officeCalendar.isOpen(day) === false ? openDayFrom(addDays(day, step), step) : day
}

/** Takes the county's calendar into use in this process; core/calendar calls it. */
export function useCalendar(calendar: Calendar): void {
  officeCalendar = calendar
}
