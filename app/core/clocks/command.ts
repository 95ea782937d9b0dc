import { type Day, dayOf, hasClockTime, isoMinute, parseDay, parseInstant, whyNotDay, whyNotInstant } from '../time.ts'
import { type Answer, explain } from './answer.ts'
import { type Calendar, type Closure, officeCalendar } from './calendar.ts'
import { computeDeadline } from './compute.ts'
import { nearestNames } from './nearest-names.ts'
import { refuseParams } from './params.ts'
import { type DeadlineParams, type ParamName, type Pause, type Rule, type ServiceKind, serviceKinds } from './rule.ts'
import { rulebook } from './rules.ts'
import { findWithoutLength, withoutLength } from './rules/without-length.ts'
import { readCutoff } from './tender.ts'
import { type AmountClass, amountClasses, readAmountClass } from './thresholds.ts'
import { findPlace, unknownPlace } from './travel.ts'

export type CommandResult = { code: number; out: string; err: string }

/**
 * `windlion deadline RULE TRIGGER [--param k=v …] [--explain]`; args are what follows `deadline`.
 * The last line of `out` is the due day (or 2026-02-17T00:30+08:00 where hours count) with code 0, or
 * `undetermined: …`, `paused: …`, `open: …` with code 1. Code 2: wrong use, one sentence in `err`.
 */
export function deadlineCommand(args: readonly string[], calendar: Calendar = officeCalendar): CommandResult {
  const read = readArguments(args)
  if ('why' in read) return { code: 2, out: '', err: `${read.why}\n` }
  const { ruleId, trigger, params, withExplanation } = read
  const answer = computeDeadline(ruleId, trigger, params, calendar)
  const lines = withExplanation ? [explain(answer), resultLine(answer)] : [resultLine(answer)]
  return { code: answer.kind === 'due' ? 0 : 1, out: `${lines.join('\n')}\n`, err: '' }
}

function resultLine(answer: Answer): string {
  if (answer.kind !== 'due') return `${answer.kind}: ${answer.because}`
  return answer.instant ? isoMinute(answer.instant) : answer.day
}

const usage = '用法：bin/windlion deadline 規則 起算日 [--param 名稱=值 …] [--explain]，例如 bin/windlion deadline petition-30wd 114/1/2 --explain'

type Why = { why: string }
export type AskedDeadline = { ruleId: string; trigger: Day | Date; params: DeadlineParams }

function readArguments(args: readonly string[]): (AskedDeadline & { withExplanation: boolean }) | Why {
  const words: string[] = []
  const given: string[] = []
  let withExplanation = false
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!
    if (arg === '--explain') withExplanation = true
    else if (arg === '--param') {
      const pair = args[++i]
      if (pair === undefined) return { why: `--param 之後要有 名稱=值。${usage}` }
      given.push(pair)
    } else if (arg.startsWith('--param=')) given.push(arg.slice('--param='.length))
    else if (arg.startsWith('--')) return { why: `沒有選項 ${arg}。${usage}` }
    else words.push(arg)
  }
  const [ruleId, ...when] = words
  if (ruleId === undefined || when.length === 0) return { why: usage }
  const asked = readDeadline(ruleId, when.join(' '), given)
  return 'why' in asked ? asked : { ...asked, withExplanation }
}

/** A rule, its trigger and `name=value` facts as somebody wrote them; or a sentence that names the nearest known names. */
export function readDeadline(ruleId: string, triggerText: string, given: readonly string[]): AskedDeadline | Why {
  if (!rulebook.has(ruleId) && !findWithoutLength(ruleId)) return { why: `沒有規則「${ruleId}」，${suggest(ruleId, [...rulebook.ids(), ...withoutLength.map(({ id }) => id)])}` }
  const trigger = readTrigger(triggerText, rulebook.latest().some(({ id, unit, counting }) => id === ruleId && (unit === 'h' || counting === 'gazette')))
  if (typeof trigger === 'object' && 'why' in trigger) return trigger
  const params = readParams(given)
  if ('why' in params) return { why: params.why as string }
  const rule = rulebook.find(ruleId, trigger)
  if (rule && params.clock !== undefined) params.clock = clockNamed(rule, params.clock)
  const refused = rule && refuseParams(rule, params, trigger)
  return refused ? { why: refused } : { ruleId, trigger, params }
}

// A clock may be called by its title or a part of it, and by its length where no other has that one: 補助款, 30wd, 7.
function clockNamed({ variants = {}, tender, unit }: Rule, text: string): string {
  if (Object.hasOwn(variants, text)) return text
  const clocks = tender?.clocks ? Object.entries(tender.clocks).map(([name, { title }]) => ({ name, title, lengths: [''] }))
    : Object.entries(variants).map(([name, { title, length, unit: own }]) => ({ name, title, lengths: [`${length}`, `${length}${own ?? unit}`] }))
  const called = clocks.find(({ title }) => title === text) ?? only(clocks.filter(({ title }) => title.includes(text))) ?? only(clocks.filter(({ lengths }) => lengths.includes(text)))
  return called?.name ?? text
}

const only = <T>(found: readonly T[]): T | undefined => (found.length === 1 ? found[0] : undefined)

// A trigger's own clock time matters only where hours count; a day alone stays a day.
function readTrigger(text: string, countsHours: boolean): Day | Date | Why {
  const instant = parseInstant(text)
  if (!instant) return { why: whyNotInstant(text)! }
  return countsHours && hasClockTime(text) ? instant : dayOf(instant)
}

const readers: Record<ParamName, (text: string) => unknown> = {
  extensionDays: readCount,
  extensionMonths: readCount,
  days: readCount,
  clock: (text) => text,
  serviceKind: readServiceKind,
  correctedOn: readDay,
  lastReasonsOn: readDay,
  resumedOn: readDay,
  pauses: (text) => text.split(',').map(readPause),
  awardedOn: readDay,
  tenderDays: readCount,
  amountClass: readClass,
  cutoff: readClosingTime,
  publicInspection: readYes,
  electronicDocuments: readYes,
  electronicBids: readYes,
  level: readLevel,
  residence: (text) => readPlace('residence', text),
  appealSeat: (text) => readPlace('appealSeat', text),
  representativeAtSeat: readYes,
  servedOn: readDay,
  damageOn: readDay,
  missedOn: readDay,
  firstReceived: readDay,
  noticeSent: readDay,
  promulgationDeadline: readDay,
  closures: (text) => (text === '' ? [] : text.split(/[,，]/).map(readClosure)),
  township: (text) => readPlace('township', text),
}

function readParams(given: readonly string[]): DeadlineParams | Why {
  const params: Record<string, unknown> = {}
  for (const pair of given) {
    const sign = pair.indexOf('=')
    if (sign < 1) return { why: `參數要寫成 名稱=值，不是「${pair}」` }
    const [name, text] = [pair.slice(0, sign).trim(), pair.slice(sign + 1).trim()]
    if (!Object.hasOwn(readers, name)) return { why: `沒有參數「${name}」，${suggest(name, Object.keys(readers))}` }
    if (Object.hasOwn(params, name)) return { why: `參數 ${name} 給了兩次` }
    try {
      params[name] = readers[name as ParamName](text)
    } catch (error) {
      if (error instanceof PlaceError) return { why: `參數 ${error.message}` }
      if (error instanceof ValueError) return { why: `參數 ${name}：${error.message}` }
      throw error
    }
  }
  return params as DeadlineParams
}

class ValueError extends Error {}
class PlaceError extends Error {}

function readCount(text: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new ValueError(`「${text}」不是 0 到 3650 的整數`)
  return +text
}

function readDay(text: string): Day {
  const day = parseDay(text)
  if (!day) throw new ValueError(whyNotDay(text)!)
  return day
}

function readServiceKind(text: string): ServiceKind {
  const kind = serviceKinds.find((known) => known === text)
  if (!kind) throw new ValueError(`沒有送達方式「${text}」，${suggest(text, serviceKinds)}`)
  return kind
}

function readPlace(name: string, text: string): string {
  const place = findPlace(text)
  if ('near' in place) throw new PlaceError(unknownPlace(name, text, place.near))
  return place.name
}

// 115/9/2 for the whole county, 115/9/2上午 for half a day, 115/9/2@金寧鄉 for a township.
function readClosure(text: string): Day | Closure {
  const [, day = '', half, township] = /^(.*?)\s*(上午|下午)?(?:@(.+))?$/.exec(text.trim())!
  const on = readDay(day)
  if (!half && !township) return on
  return {
    day: on, name: '停止上班', ...(half ? { half: half === '上午' ? 'morning' : 'afternoon' } : {}),
    ...(township ? { townships: [readPlace('closures', township)] } : {}),
  }
}

function readClass(text: string): AmountClass {
  const known = readAmountClass(text)
  if (!known) throw new ValueError(`沒有採購金額級距「${text}」，${suggest(text, amountClasses)}`)
  return known
}

function readClosingTime(text: string): string {
  const cutoff = readCutoff(text)
  if (!cutoff) throw new ValueError(`「${text}」不是截止時間，要寫成 office-closing（下班時間）或 HH:MM，例如 10:00`)
  return cutoff
}

const yes = ['true', 'yes', '1', '是', '有']
const no = ['false', 'no', '0', '否', '無']

function readYes(text: string): boolean {
  const word = text.toLowerCase()
  if (!yes.includes(word) && !no.includes(word)) throw new ValueError(`「${text}」要寫成 true 或 false，${suggest(word, [...yes, ...no])}`)
  return yes.includes(word)
}

function readLevel(text: string): 1 | 2 | 3 | 4 {
  const level = ['1', '2', '3', '4'].indexOf(text) + 1
  if (!level) throw new ValueError(`「${text}」不是事件等級，最接近的是 1、2、3、4`)
  return level as 1 | 2 | 3 | 4
}

// 114/1/10..114/1/20, or 114/1/10.. for one that has not ended.
function readPause(text: string): Pause {
  const [from = '', to, ...rest] = text.split('..')
  if (to === undefined || rest.length) throw new ValueError(`「${text}」要寫成 114/1/10..114/1/20，還沒結束寫成 114/1/10..`)
  return { from: readDay(from), to: to.trim() === '' ? undefined : readDay(to) }
}

const suggest = (name: string, known: readonly string[]): string => `最接近的是 ${nearestNames(name, known).join('、')}`
