import { type Day, day, rocDay } from '../time.ts'
import type { Undetermined } from './answer.ts'
import type { RuleStatus } from './rule.ts'

// Money thresholds of the Government Procurement Act in force on a day, in New Taiwan dollars.

export type ProcurementKind = 'works' | 'goods' | 'services'
export const procurementKinds: Readonly<Record<ProcurementKind, string>> = { works: '工程', goods: '財物', services: '勞務' }

export type ThresholdName = '小額' | '公告金額' | '查核金額' | '巨額'

/** One version of one threshold. `at-most` is reached by amounts up to it, the others by amounts from it. */
export type Threshold = {
  name: ThresholdName
  amountsTwd: Readonly<Record<ProcurementKind, number>>
  reach: 'at-least' | 'at-most'
  effectiveFrom: Day
  effectiveTo: Day | null
  citation: string
  status: RuleStatus
  /** Set for 小額: a county may set its own in place of the central one, up to this. */
  countyMaxTwd?: number
}

export type Thresholds = Readonly<Record<ThresholdName, Threshold>>

/**
 * The thresholds for a procurement announced, or whose bidders were invited, on this day. What was announced or invited
 * by 111/12/31 keeps the old amounts (工程企字第1110100848號), whenever it is awarded.
 */
export function thresholdsOn(on: Day): Thresholds | Undetermined {
  const find = (name: ThresholdName): Threshold | undefined =>
    thresholds.find((t) => t.name === name && t.effectiveFrom <= on && (t.effectiveTo === null || on <= t.effectiveTo))
  const [small, publication, supervision, huge] = [find('小額'), find('公告金額'), find('查核金額'), find('巨額')]
  if (!small || !publication || !supervision || !huge) {
    return { kind: 'undetermined', because: `${rocDay(on)} 在政府採購法施行（88/5/27）之前，沒有採購金額級距` }
  }
  return { 小額: small, 公告金額: publication, 查核金額: supervision, 巨額: huge }
}

/** Classes of amount in ascending order; a threshold's own amount belongs to its class, except that 小額 goes up to its amount. */
export const amountClasses = ['小額', '未達公告金額', '公告金額', '查核金額', '巨額'] as const
export type AmountClass = (typeof amountClasses)[number]

export const amountClassTitles: Readonly<Record<AmountClass, string>> = {
  小額: '小額採購',
  未達公告金額: '未達公告金額（逾小額）之採購',
  公告金額: '公告金額以上未達查核金額之採購',
  查核金額: '查核金額以上未達巨額之採購',
  巨額: '巨額之採購',
}

/**
 * The class of a procurement, fixed before tendering from its whole budget with options and follow-on (採購法施行細則 §6).
 * `countySmallTwd` is the county's own 小額, refused when above a tenth of 公告金額 (採購法 §47 III).
 */
export function amountClassOf(amountTwd: number, kind: ProcurementKind, on: Day, countySmallTwd?: number): AmountClass | Undetermined {
  const known = thresholdsOn(on)
  if ('kind' in known) return known
  if (!Number.isFinite(amountTwd) || amountTwd <= 0) return { kind: 'undetermined', because: '採購金額要大於 0 元' }
  const smallMax = known.小額.countyMaxTwd!
  if (countySmallTwd !== undefined && !(countySmallTwd > 0 && countySmallTwd <= smallMax)) {
    return { kind: 'undetermined', because: `本縣小額採購金額不得逾公告金額十分之一，即新臺幣 ${smallMax.toLocaleString('en')} 元（採購法 §47 III）` }
  }
  if (amountTwd >= known.巨額.amountsTwd[kind]) return '巨額'
  if (amountTwd >= known.查核金額.amountsTwd[kind]) return '查核金額'
  if (amountTwd >= known.公告金額.amountsTwd[kind]) return '公告金額'
  return amountTwd <= (countySmallTwd ?? known.小額.amountsTwd[kind]) ? '小額' : '未達公告金額'
}

/** A class by any of the names that notices use; null when it is none. */
export function readAmountClass(text: string): AmountClass | null {
  const name = text.normalize('NFKC').replace(/\s|之?採購$/g, '').replace(/[–—~至到]/g, '-')
  return classNames[name] ?? null
}

const classNames: Readonly<Record<string, AmountClass>> = {
  小額: '小額', 公告金額十分之一以下: '小額', 未達公告金額十分之一: '小額',
  未達公告金額: '未達公告金額', '<公告金額': '未達公告金額', '<公告': '未達公告金額', 未達公告: '未達公告金額', 逾公告金額十分之一未達公告金額: '未達公告金額',
  公告金額: '公告金額', 公告: '公告金額', 公告金額以上: '公告金額', 公告金額以上未達查核金額: '公告金額', '公告-查核': '公告金額', '公告金額-查核金額': '公告金額',
  查核金額: '查核金額', 查核: '查核金額', 查核金額以上: '查核金額', 查核金額以上未達巨額: '查核金額', '查核-巨額': '查核金額', '查核金額-巨額': '查核金額',
  巨額: '巨額', 巨額以上: '巨額',
}

const same = (amountTwd: number): Record<ProcurementKind, number> => ({ works: amountTwd, goods: amountTwd, services: amountTwd })
const actInForce = day('1999-05-27')
const oldAmounts = { effectiveFrom: actInForce, effectiveTo: day('2022-12-31') }
const newAmounts = { effectiveFrom: day('2023-01-01'), effectiveTo: null }

const thresholds: readonly Threshold[] = [
  { name: '公告金額', amountsTwd: same(1_000_000), reach: 'at-least', ...oldAmounts, citation: '採購法 §13 III', status: 'V-P' },
  { name: '公告金額', amountsTwd: same(1_500_000), reach: 'at-least', ...newAmounts, citation: '採購法 §13 III；工程企字第1110100798號', status: 'V-P' },
  { name: '小額', amountsTwd: same(100_000), reach: 'at-most', ...oldAmounts, citation: '採購法 §47 III（地方未定者，比照中央）', status: 'V-P', countyMaxTwd: 100_000 },
  { name: '小額', amountsTwd: same(150_000), reach: 'at-most', ...newAmounts, citation: '採購法 §47 III（地方未定者，比照中央）', status: 'V-P', countyMaxTwd: 150_000 },
  {
    name: '查核金額', amountsTwd: { works: 50_000_000, goods: 50_000_000, services: 10_000_000 }, reach: 'at-least',
    effectiveFrom: actInForce, effectiveTo: null, citation: '採購法 §12 III', status: 'V-P',
  },
  {
    name: '巨額', amountsTwd: { works: 200_000_000, goods: 100_000_000, services: 20_000_000 }, reach: 'at-least',
    effectiveFrom: actInForce, effectiveTo: null, citation: '投標廠商資格與特殊或巨額採購認定標準 §8', status: 'V-M',
  },
]
