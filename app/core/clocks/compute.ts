import { type Day, day as dayFromText, dayNumber, dayOf, endOf, isDayNumber, rocDay } from '../time.ts'
import { type Answer, type Calculation, Due, type Undetermined } from './answer.ts'
import { type Calendar, type Closure, officeCalendar, outside, withClosures } from './calendar.ts'
import { gazetteDeadline } from './gazette.ts'
import { refuseParams } from './params.ts'
import { findWithoutLength } from './rules/without-length.ts'
import { clearDaysBefore, clearMonthsBefore, daysEnd, hoursEnd, monthsEnd, nextFixedDate } from './periods.ts'
import type { DeadlineParams, PeriodUnit, Rule, Variant } from './rule.ts'
import { rulebook } from './rules.ts'
import { tenderDeadline } from './tender-deadline.ts'
import { findPlace, type TravelTime, travelTime } from './travel.ts'

const noParams: DeadlineParams = {}

/**
 * When the period of this rule ends, by the version in force on the trigger day. The trigger is a day in Taipei, or an
 * instant where hours count. Never throws for facts it cannot work with: they make the answer undetermined.
 */
export function computeDeadline(
  ruleId: string,
  trigger: Day | Date,
  params: DeadlineParams = noParams,
  calendar: Calendar = officeCalendar,
  rules = rulebook,
): Answer {
  const rule = rules.find(ruleId, trigger)
  if (rule) return computeByRule(rule, trigger, params, calendar)
  if (!rules.has(ruleId)) return openOrUnknown(ruleId)
  return undetermined(`${rocDay(typeof trigger === 'string' ? trigger : dayOf(trigger))} 沒有適用的 ${ruleId} 條文版本`)
}

/** A rule that names no length stays open, and says what its article asks for instead. */
function openOrUnknown(ruleId: string): Answer {
  const row = findWithoutLength(ruleId)
  if (!row) return undetermined(`沒有「${ruleId}」這條規則`)
  const mark = row.status === 'S' || row.status === 'U' ? '；待法制單位確認' : ''
  return { kind: 'open', because: `${row.title}沒有法定日數：${row.because}（${row.citation}${mark}）` }
}

/** The same for a rule at hand, for example one that the county has changed. */
export function computeByRule(rule: Rule, trigger: Day | Date, params: DeadlineParams = noParams, calendar: Calendar = officeCalendar): Answer {
  if (rule.draft) return undetermined(`${rule.id}（${rule.title}）還是草案，尚未施行，不予計算`)
  if (params !== noParams) {
    const refused = refuseParams(rule, params, trigger)
    if (refused) return undetermined(refused)
    if (params.closures) calendar = calendarWithClosures(calendar, params.closures)
    if (params.township !== undefined) calendar = calendarOfTownship(calendar, params.township)
  }
  if (rule.tender) return tenderDeadline(rule, trigger, params, calendar)
  if (rule.counting === 'gazette') return gazetteDeadline(rule, trigger, params, calendar)
  if (params.clock !== undefined) rule = variantOf(rule, params.clock)
  if (rule.levels && params.level === undefined) return undetermined(`${rule.title}的期間依事件等級而定，請以 level 寫出等級（1 至 4）`)
  if (rule.tenderShare && params.tenderDays === undefined) return undetermined(`${rule.title}的期間依等標期而定，請以 tenderDays 寫出等標期的日數`)
  const length = params.days ?? (rule.fixedDates ? 0 : lengthOf(rule, params))
  if (length === null) return { kind: 'open', because: `${rule.title}的期間由機關指定，尚未指定天數` }
  if (rule.unit === 'h') return hoursFrom(rule, trigger, params, calendar, length)
  return daysFrom(rule, trigger, params, calendar, length)
}

/** The rule as one of its clocks has it. */
function variantOf(rule: Rule, clock: string): Rule {
  const variant = rule.variants?.[clock]
  if (!variant) return rule
  let merged = mergedVariants.get(variant)
  if (!merged || merged.of !== rule) mergedVariants.set(variant, (merged = { of: rule, rule: { ...rule, ...variant, title: rule.title } }))
  return merged.rule
}

// Merged once: a rule with a clock is computed as often as one without.
const mergedVariants = new WeakMap<Variant, { of: Rule; rule: Rule }>()

function lengthOf({ length, levels, tenderShare }: Rule, { level, tenderDays }: DeadlineParams): number | null {
  if (levels && level !== undefined) return levels[level]
  if (tenderShare && tenderDays !== undefined) return Math.max(tenderShare.least ?? 1, Math.ceil(tenderDays / tenderShare.divisor))
  return length
}

function hoursFrom(rule: Rule, trigger: Day | Date, params: DeadlineParams, calendar: Calendar, length: number): Answer {
  if (typeof trigger === 'string') return undetermined(`${rule.title}以小時計算，請寫出${rule.trigger}的時刻，例如 ${rocDay(trigger)} 09:30`)
  const instant = hoursEnd(trigger, length)
  if (instant >= endOfYears) return beyondYears
  const day = dayOf(instant)
  const due = dayNumber(day)
  const start = dayNumber(dayOf(trigger))
  return new Due(
    { rule, trigger, params, calendar, unit: 'h', length, extension: 0, start, pausedDays: 0, last: due, due, instant, fromReasonsInExtension: false },
    day,
    day,
  )
}

function daysFrom(rule: Rule, trigger: Day | Date, params: DeadlineParams, calendar: Calendar, length: number): Answer {
  const unit: PeriodUnit = params.days !== undefined && rule.unit !== 'wd' ? 'cd' : rule.unit
  const inMonths = unit === 'mo' || unit === 'y'
  const c: Calculation = {
    rule, trigger, params, calendar, unit, length, extension: (inMonths ? params.extensionMonths : params.extensionDays) ?? 0,
    start: dayNumber(typeof trigger === 'string' ? trigger : dayOf(trigger)),
    pausedDays: 0, last: outside, due: outside, instant: null, fromReasonsInExtension: false,
  }
  if (params !== noParams) {
    if (inMonths && params.extensionDays) c.extraDays = params.extensionDays
    const travel = rule.travel ? travelOf(rule, params) : null
    if (travel && 'kind' in travel) return travel
    if (travel) c.travel = travel
    moveStart(c)
    if (rule.notice?.decides === 'extension' && params.noticeSent) dropLateExtension(c, params.noticeSent)
  }
  setEnd(c)
  if (params.pauses) {
    const paused = addPauses(c)
    if (paused) return paused
  }
  if (rule.bar && params[rule.bar.from]) applyBar(c)
  if (c.due === outside) return beyondCalendar(c)
  if (!isDayNumber(c.due)) return beyondYears
  return new Due(c, calendar.dayAt(c.due)!, calendar.dayAt(c.last)!)
}

function travelOf(rule: Rule, { residence, appealSeat, representativeAtSeat }: DeadlineParams): TravelTime | Undetermined | null {
  if (representativeAtSeat || (residence === undefined && appealSeat === undefined)) return null
  if (rule.travel === 'courts') return undetermined('向法院起訴的在途期間依行政訴訟法 §89 及司法院所定標準，與訴願不同，本系統沒有收錄，請向法院查明')
  if (residence === undefined) return undetermined('在途期間依住居地及受理訴願機關所在地而定，請以 residence 寫出住居地')
  const travel = travelTime(residence, appealSeat)
  return 'why' in travel ? undetermined(travel.why) : travel
}

// Service that takes effect later, another start, then the dates that start the period anew.
function moveStart(c: Calculation): void {
  const { rule, params } = c
  if (params.serviceKind) c.start += rule.serviceDelays?.[params.serviceKind]?.days ?? 0
  const other = rule.startsFrom && params[rule.startsFrom.param]
  if (other !== undefined && (rule.startsFrom!.when === 'always' || dayNumber(other) < c.start)) {
    c.start = dayNumber(other)
    c.fromOtherStart = true
  }
  for (const name of rule.restartOn ?? []) {
    const restart = params[name]
    if (restart === undefined) continue
    const number = dayNumber(restart)
    if (name === 'lastReasonsOn' && rule.monthsAfterReasonsInExtension && c.extension > 0 && isAfterOriginalEnd(c, number)) {
      c.fromReasonsInExtension = true
      c.length = rule.monthsAfterReasonsInExtension
      c.extension = 0
    }
    if (number > c.start) c.start = number
  }
}

// The period without its extension goes on to the next open day when its last one is closed.
function isAfterOriginalEnd({ start, length, calendar }: Calculation, number: number): boolean {
  const last = monthsEnd(start, length)
  const rolled = calendar.nextOpenNumber(last)
  return number > (rolled === outside ? last : rolled)
}

// 行政程序法 §51 IV: an extension has to be told before the original period ends.
function dropLateExtension(c: Calculation, told: Day): void {
  const { extension, extraDays } = c
  if (!extension && !extraDays) return
  c.extension = 0
  delete c.extraDays
  setEnd(c)
  if (c.due !== outside && dayNumber(told) > c.due) c.lateExtension = { told, end: c.calendar.dayAt(c.due)!, length: extension || extraDays! }
  else {
    c.extension = extension
    if (extraDays) c.extraDays = extraDays
  }
}

function setEnd(c: Calculation): void {
  c.last = unrolledEnd(c)
  c.due = c.last === outside || c.rule.roll === 'none' ? c.last : c.calendar.nextOpenNumber(c.last)
  if (c.rule.milder) applyMilder(c)
}

function unrolledEnd({ rule, calendar, unit, length, extension, extraDays = 0, travel, start, pausedDays }: Calculation): number {
  if (rule.direction === 'days-before') return start - length
  // 屆滿 is the end of the last day, which itself belongs to the days that must lie between.
  if (rule.direction && rule.firstDay === 'counted') start += 1
  if (rule.direction) return unit === 'mo' ? clearMonthsBefore(start, length) : clearDaysBefore(start, length)
  if (rule.fixedDates) return nextFixedDate(start, rule.fixedDates)
  // 地方制度法 §32 IV and the like count the trigger day itself: 自公布之日起算至第三日起 is trigger + 2.
  if (rule.firstDay === 'counted') start -= 1
  const more = extraDays + (travel?.days ?? 0) + pausedDays
  switch (unit) {
    case 'wd': return calendar.addOfficeDaysNumber(start, length + extension + more)
    case 'mo': return monthsEnd(start, length + extension) + more
    case 'y': return monthsEnd(start, length * 12 + extension) + more
    default: return daysEnd(start, length + extension + more)
  }
}

// 行政程序法 §48 V: the trigger day is day 1 and a closed last day stays, unless the ordinary count favours the person.
function applyMilder(c: Calculation): void {
  const withFirstDay = unrolledEnd({ ...c, start: c.start - 1 })
  c.milder = { withFirstDay, last: c.last }
  if (c.rule.milder === 'shorter') c.last = c.due = withFirstDay
}

// Each span gives back its days, unless the period had ended before it began; overlapping spans give them back once.
function addPauses(c: Calculation): Answer | null {
  const spans = (c.params.pauses ?? []).toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  let counted = c.start
  for (const { from, to, reason } of spans) {
    if (c.due === outside) return beyondCalendar(c)
    const begin = Math.max(dayNumber(from), counted)
    if (begin > c.due) break
    if (to === undefined) return { kind: 'paused', because: `自 ${rocDay(from)} 起停止計算${reason ? `，${reason}` : ''}` }
    const end = dayNumber(to)
    if (end <= begin) continue
    const days = c.unit === 'wd' ? c.calendar.officeDaysBetweenNumbers(begin, end) : end - begin
    if (days === outside) return beyondCalendar(c, to)
    c.pausedDays += days
    counted = end
    setEnd(c)
  }
  return null
}

// At the latest so long after another fact, for example 採購法 §75 I ③: fifteen days after the award.
function applyBar(c: Calculation): void {
  const { from, unit, length } = c.rule.bar!
  const fact = dayNumber(c.params[from]!) - (c.rule.firstDay === 'counted' ? 1 : 0)
  const last = unit === 'cd' ? daysEnd(fact, length) : monthsEnd(fact, unit === 'y' ? length * 12 : length)
  const due = c.rule.roll === 'none' ? last : c.calendar.nextOpenNumber(last)
  // Where the calendar does not reach, the days before rolling tell which comes first.
  const decides = due === outside || c.due === outside ? last < c.last : due < c.due
  c.bar = { last, own: c.last, decides }
  if (!decides) return
  c.last = last
  c.due = due
}

function beyondCalendar(c: Calculation, day?: Day): Undetermined {
  const { calendar, last, trigger } = c
  const reach = `辦公日曆 ${calendar.version} 只有 ${rocDay(calendar.firstDay)} 至 ${rocDay(calendar.lastDay)}`
  if (day) return undetermined(`${reach}，不知道 ${rocDay(day)} 以前有幾個工作日`)
  const from = rocDay(typeof trigger === 'string' ? trigger : dayOf(trigger))
  if (last === outside) return undetermined(`${reach}，從 ${from} 起算的工作日超出範圍`)
  if (!isDayNumber(last)) return beyondYears
  return undetermined(`${reach}，不知道末日 ${rocDay(calendar.dayAt(last)!)} 是否上班、順延到哪一天`)
}

const undetermined = (because: string): Undetermined => ({ kind: 'undetermined', because })
const beyondYears = undetermined('算出來的日子超出西元 9999 年')
const endOfYears = endOf(dayFromText('9999-12-31'))

function calendarOfTownship(calendar: Calendar, township: string): Calendar {
  const place = findPlace(township)
  return 'near' in place ? calendar : calendar.at(place.name)
}

const closedCalendars = new WeakMap<Calendar, Map<string, Calendar>>()

function calendarWithClosures(calendar: Calendar, closures: readonly (Day | Closure)[]): Calendar {
  const key = closures.map((closure) => (typeof closure === 'string' ? closure : `${closure.day}${closure.half ?? ''}${closure.townships?.join() ?? ''}${closure.name}`)).toSorted().join()
  let known = closedCalendars.get(calendar)
  if (!known) closedCalendars.set(calendar, (known = new Map()))
  let closed = known.get(key)
  if (!closed) {
    closed = withClosures(calendar, closures.map((closure) => (typeof closure === 'string' ? { day: closure, name: '停止上班' } : closure)))
    if (known.size >= 100) known.clear() // a caller that tries ever new days must not fill the memory
    known.set(key, closed)
  }
  return closed
}
