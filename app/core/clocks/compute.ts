import { type Day, day as dayFromText, dayNumber, dayOf, endOf, isDayNumber, rocDay } from '../time.ts'
import { type Answer, type Calculation, Due, type Undetermined } from './answer.ts'
import { type Calendar, officeCalendar, outside, withClosures } from './calendar.ts'
import { gazetteDeadline } from './gazette.ts'
import { refuseParams } from './params.ts'
import { clearDaysBefore, clearMonthsBefore, daysEnd, hoursEnd, monthsEnd, yearsEnd } from './periods.ts'
import type { DeadlineParams, PeriodUnit, Rule, Variant } from './rule.ts'
import { rulebook } from './rules.ts'
import { tenderDeadline } from './tender-deadline.ts'

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
  if (!rules.has(ruleId)) return undetermined(`沒有「${ruleId}」這條規則`)
  return undetermined(`${rocDay(typeof trigger === 'string' ? trigger : dayOf(trigger))} 沒有適用的 ${ruleId} 條文版本`)
}

/** The same for a rule at hand, for example one that the county has changed. */
export function computeByRule(rule: Rule, trigger: Day | Date, params: DeadlineParams = noParams, calendar: Calendar = officeCalendar): Answer {
  if (rule.draft) return undetermined(`${rule.id} 還是草案，尚未啟用`)
  if (params !== noParams) {
    const refused = refuseParams(rule, params, trigger)
    if (refused) return undetermined(refused)
    if (params.closures) calendar = calendarWithDays(calendar, params.closures)
  }
  if (rule.tender) return tenderDeadline(rule, trigger, params, calendar)
  if (rule.counting === 'gazette') return gazetteDeadline(rule, trigger, params, calendar)
  if (params.clock !== undefined) rule = variantOf(rule, params.clock)
  if (rule.levels && params.level === undefined) return undetermined(`${rule.title}的期間依事件等級而定，請以 level 寫出等級（1 至 4）`)
  if (rule.tenderShare && params.tenderDays === undefined) return undetermined(`${rule.title}的期間依等標期而定，請以 tenderDays 寫出等標期的日數`)
  const length = params.days ?? lengthOf(rule, params)
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
  const extension = (unit === 'mo' ? params.extensionMonths : params.extensionDays) ?? 0
  const c: Calculation = {
    rule, trigger, params, calendar, unit, length, extension,
    start: dayNumber(typeof trigger === 'string' ? trigger : dayOf(trigger)),
    pausedDays: 0, last: outside, due: outside, instant: null, fromReasonsInExtension: false,
  }
  if (params !== noParams) moveStart(c)
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

// Service that takes effect later, then the dates that start the period anew.
function moveStart(c: Calculation): void {
  const { rule, params } = c
  if (params.serviceKind && params.serviceKind !== '送達') c.start += rule.serviceDelays?.[params.serviceKind].days ?? 0
  for (const name of rule.restartOn ?? []) {
    const restart = params[name]
    if (restart === undefined) continue
    const number = dayNumber(restart)
    if (name === 'lastReasonsOn' && rule.monthsAfterReasonsInExtension && c.extension > 0 && number > monthsEnd(c.start, c.length)) {
      c.fromReasonsInExtension = true
      c.length = rule.monthsAfterReasonsInExtension
      c.extension = 0
    }
    if (number > c.start) c.start = number
  }
}

function setEnd(c: Calculation): void {
  c.last = unrolledEnd(c)
  c.due = c.last === outside || c.rule.roll === 'none' ? c.last : c.calendar.nextOpenNumber(c.last)
}

function unrolledEnd({ rule, calendar, unit, length, extension, start, pausedDays }: Calculation): number {
  if (rule.direction === 'days-before') return start - length
  if (rule.direction) return unit === 'mo' ? clearMonthsBefore(start, length) : clearDaysBefore(start, length)
  // 地方制度法 §32 IV and the like count the trigger day itself: 自公布之日起算至第三日起 is trigger + 2.
  if (rule.firstDay === 'counted') start -= 1
  switch (unit) {
    case 'wd': return calendar.addOfficeDaysNumber(start, length + extension + pausedDays)
    case 'mo': return monthsEnd(start, length + extension) + pausedDays
    case 'y': return yearsEnd(start, length + extension) + pausedDays
    default: return daysEnd(start, length + extension + pausedDays)
  }
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
  const fact = dayNumber(c.params[from]!)
  const last = unit === 'cd' ? daysEnd(fact, length) : unit === 'mo' ? monthsEnd(fact, length) : yearsEnd(fact, length)
  const due = c.rule.roll === 'none' ? last : c.calendar.nextOpenNumber(last)
  if (c.due !== outside && (due === outside || due >= c.due)) return
  c.barredOn = c.last = last
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

const closedCalendars = new WeakMap<Calendar, Map<string, Calendar>>()

function calendarWithDays(calendar: Calendar, days: readonly Day[]): Calendar {
  const key = days.toSorted().join()
  let known = closedCalendars.get(calendar)
  if (!known) closedCalendars.set(calendar, (known = new Map()))
  let closed = known.get(key)
  if (!closed) {
    closed = withClosures(calendar, days.map((day) => ({ day, name: '停止上班' })))
    if (known.size >= 100) known.clear() // a caller that tries ever new days must not fill the memory
    known.set(key, closed)
  }
  return closed
}
