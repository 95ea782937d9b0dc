import { type Day, dayOf, rocDay } from '../time.ts'
import { nearestNames } from './nearest-names.ts'
import { readCutoff } from './tender.ts'
import { amountClasses } from './thresholds.ts'
import { type DeadlineParams, type ParamName, type Rule, type ServiceKind, serviceKinds } from './rule.ts'
import { findPlace, noSeat, unknownPlace } from './travel.ts'

/** Names of the parameters that a rule's computation uses. */
export function paramsOf(rule: Rule): readonly ParamName[] {
  let names = known.get(rule)
  if (!names) known.set(rule, (names = namesOf(rule)))
  return names
}

// Asked for every parameter of every deadline.
const known = new WeakMap<Rule, readonly ParamName[]>()

function namesOf(rule: Rule): ParamName[] {
  const names: ParamName[] = []
  if (rule.tender) return tenderParams(rule)
  if (rule.counting === 'gazette') return ['closures', 'township']
  if (rule.levels) names.push('level')
  if (rule.tenderShare) names.push('tenderDays')
  if (rule.extension) {
    const inMonths = rule.unit === 'mo' || rule.unit === 'y'
    if (!inMonths || rule.configurable || rule.extension.max === null) names.push('extensionDays')
    if (inMonths) names.push('extensionMonths')
  }
  if (rule.configurable && rule.unit !== 'h') names.push('days')
  if (rule.variants) names.push('clock')
  if (rule.serviceDelays) names.push('serviceKind')
  if (rule.travel) names.push('residence', 'appealSeat', 'representativeAtSeat')
  if (rule.startsFrom) names.push(rule.startsFrom.param)
  if (rule.notice) names.push('noticeSent')
  names.push(...(rule.restartOn ?? []))
  if (rule.bar) names.push(rule.bar.from)
  if (rule.pausable) names.push('pauses')
  return [...new Set([...names, 'closures' as const, 'township' as const])]
}

function tenderParams({ tender, extension }: Rule): ParamName[] {
  const names: ParamName[] = ['cutoff', 'tenderDays']
  if (typeof tender!.minimumDays !== 'number') names.push('amountClass')
  if (tender!.clocks) names.push('clock')
  if (tender!.shortening) names.push('publicInspection', 'electronicDocuments', 'electronicBids')
  if (extension) names.push('extensionDays')
  return [...names, 'closures', 'township']
}

/** Why these facts cannot be used with this rule, as a sentence; null when they can. */
export function refuseParams(rule: Rule, params: DeadlineParams, trigger: Day | Date): string | null {
  for (const key in params) {
    const name = key as ParamName
    if (params[name] === undefined) continue
    const why = refuseParam(rule, name, params, trigger)
    if (why) return why
  }
  return null
}

function refuseParam(rule: Rule, name: ParamName, params: DeadlineParams, trigger: Day | Date): string | null {
  const used = paramsOf(rule)
  if (!used.includes(name)) return `${rule.id} 用不到參數 ${name}；可以用的是 ${used.join('、')}`
  switch (name) {
    case 'extensionDays': case 'extensionMonths':
      return refuseExtension(rule, name, params)
    case 'days':
      return isCount(params.days) && params.days >= 1 ? null : 'days 要是 1 到 3650 的整數'
    case 'clock':
      return refuseClock(Object.keys(rule.tender?.clocks ?? rule.variants ?? {}), params.clock!)
    case 'tenderDays':
      return isCount(params.tenderDays) && params.tenderDays >= 1 ? null : 'tenderDays 要是 1 到 3650 的整數'
    case 'level':
      return [1, 2, 3, 4].includes(params.level!) ? null : `level 要是 1 到 4 的事件等級，不是「${params.level}」`
    case 'amountClass':
      return amountClasses.includes(params.amountClass!) ? null : `沒有採購金額級距「${params.amountClass}」，可以用的是 ${amountClasses.join('、')}`
    case 'cutoff':
      return readCutoff(params.cutoff!) === params.cutoff ? null : `cutoff 要是 office-closing 或 HH:MM（例如 10:00），不是「${params.cutoff}」`
    case 'publicInspection': case 'electronicDocuments': case 'electronicBids':
      return typeof params[name] === 'boolean' ? null : `${name} 要是 true 或 false`
    case 'correctedOn': case 'lastReasonsOn': case 'resumedOn':
      return params[name]! < dayOfTrigger(trigger) ? `${name} ${rocDay(params[name]!)} 早於${rule.trigger}的 ${rocDay(dayOfTrigger(trigger))}` : null
    case 'pauses':
      return refusePauses(params)
    case 'serviceKind':
      return refuseService(rule, params.serviceKind!)
    case 'residence': case 'appealSeat':
      return refusePlace(name, params[name]!)
    case 'township':
      return refusePlace(name, params.township!)
    case 'representativeAtSeat':
      return typeof params.representativeAtSeat === 'boolean' ? null : 'representativeAtSeat 要是 true 或 false'
    case 'closures': case 'awardedOn': case 'servedOn': case 'damageOn': case 'missedOn': case 'firstReceived': case 'noticeSent':
    case 'promulgationDeadline':
      return null
  }
}

function refuseClock(clocks: readonly string[], clock: string): string | null {
  return clocks.includes(clock) ? null : `沒有 clock「${clock}」，最接近的是 ${nearestNames(clock, clocks).join('、')}（clock 要是 ${clocks.join('、')} 其中之一）`
}

// 送達 and its likes take effect at once; the others only where the rule says after how many days.
function refuseService(rule: Rule, kind: ServiceKind): string | null {
  if (!serviceKinds.includes(kind)) return `沒有送達方式「${kind}」，最接近的是 ${nearestNames(kind, serviceKinds).join('、')}`
  if (immediate.includes(kind) || rule.serviceDelays?.[kind]) return null
  return `${rule.title}的文書不適用${kind}；可以用的是 ${[...immediate, ...Object.keys(rule.serviceDelays ?? {})].join('、')}`
}

const immediate: readonly string[] = ['送達', '補充送達', '留置送達', '郵務送達']

function refusePlace(name: 'residence' | 'appealSeat' | 'township', text: string): string | null {
  const place = findPlace(text)
  if ('near' in place) return unknownPlace(name, text, place.near)
  return name === 'appealSeat' && place.rows.length === 0 ? noSeat(text) : null
}

function refuseExtension(rule: Rule, name: 'extensionDays' | 'extensionMonths', params: DeadlineParams): string | null {
  const variant = params.clock === undefined ? undefined : rule.variants?.[params.clock]
  if (variant?.unit && variant.unit !== rule.unit) return `${variant.title}不能展期`
  const { unit } = rule
  const inMonths = (unit === 'mo' || unit === 'y') && params.days === undefined
  const max = rule.extension?.max === 'original' ? (params.days ?? rule.length) : (rule.extension?.max ?? null)
  if (name === 'extensionMonths' && !inMonths) return `${rule.id} 的期間以日計，展期請用 extensionDays`
  if (name === 'extensionDays' && inMonths && max !== null) return `${rule.id} 的期間以月計，展期請用 extensionMonths`
  const value = params[name]
  if (!isCount(value)) return `${name} 要是 0 到 3650 的整數`
  return max !== null && value > max ? `展期最長 ${max} ${inMonths ? '個月' : '日'}（${rule.extension!.citation}）` : null
}

function refusePauses({ pauses = [] }: DeadlineParams): string | null {
  for (const { from, to } of pauses) {
    if (to !== undefined && to < from) return `停止計算的期間 ${rocDay(from)} 至 ${rocDay(to)} 前後顛倒`
  }
  const endless = pauses.filter(({ to }) => to === undefined)
  return endless.length > 1 ? '只能有一段還沒結束的停止計算' : null
}

const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 3650

const dayOfTrigger = (trigger: Day | Date): Day => (typeof trigger === 'string' ? trigger : dayOf(trigger))
