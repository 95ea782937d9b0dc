import { addDays, type Day, day, daysBetween, lastDayOfMonth, rocDay, rocMonth } from '../../core/time.ts'
import { aboutTwd } from '../../core/money.ts'
import { type State, states } from './schema.ts'

/** Cumulative progress in percent (four decimals) and spending in NT$ at the end of a month; `actual` null: not reported. */
export type MonthPoint = { month: string; planned: number; plannedTwd: number; actual: number | null; actualTwd: number | null }
export type Plan = { startOn: Day; finishOn: Day; finishedOn: Day | null }

export type Judgement = {
  state: State
  /** percentage points behind the plan; negative when ahead */
  slip: number
  /** days behind: until when the plan had only come as far as the project has now; null where the plan says nothing */
  slipDays: number | null
  /** planned less actual spending, NT$; null when spending was not reported */
  slipTwd: number | null
  rule: string
  /** as a person would write it */
  explanation: string[]
  /** said before it turns red */
  warning: string | null
}

export type LightRule = { version: string; from: Day; /** percentage points behind from which it is yellow, red */ yellow: number; red: number; source: string }

/** The version in force at the end of that month; `rules` with the oldest first (light-rules.ts). rules.md §2.12 plan-control: each county sets its own; unverified, so each version says its source. */
export function ruleOf(month: string, rules: readonly LightRule[]): LightRule {
  return rules.findLast(({ from }) => from <= endOfMonth(month)) ?? rules[0]!
}

export const endOfMonth = (month: string): Day => lastDayOfMonth(day(`${month}-01`))
const four = (value: number): number => Math.round(value * 10_000) / 10_000
const percent = (value: number): string => `${four(value)}%`

/** How a project stands at the end of a month, by that month's report and the plan. The points are all months of the plan, in order. */
export function judge(plan: Plan, points: readonly MonthPoint[], month: string, rules: readonly LightRule[]): Judgement {
  const rule = ruleOf(month, rules)
  const on = endOfMonth(month)
  const point = points.find((each) => each.month === month)
  const actual = point?.actual ?? null
  const said: string[] = []
  const is = (state: State, more: Partial<Judgement> = {}): Judgement => ({ state, slip: 0, slipDays: null, slipTwd: null, rule: rule.version, explanation: said, warning: null, ...more })
  if (actual === null) {
    said.push(`${rocMonth(on)}沒有填報實際進度`)
    return is('unreported')
  }
  const planned = plannedOn(plan, points, on)
  const slip = four(planned - actual)
  const slipDays = daysBehind(plan, points, on, actual)
  const slipTwd = point!.actualTwd === null ? null : point!.plannedTwd - point!.actualTwd
  const numbers = { slip, slipDays, slipTwd }
  said.push(`${rocDay(on)}預定進度 ${percent(planned)}，實際進度 ${percent(actual)}，${slip > 0 ? `落後 ${percent(slip)}` : slip < 0 ? `超前 ${percent(-slip)}` : '與預定相同'}`)
  if (slipTwd !== null && slipTwd !== 0) said.push(`支用比預定${slipTwd > 0 ? '少' : '多'} ${aboutTwd(Math.abs(slipTwd))}`)
  if (plan.finishedOn && plan.finishedOn <= on) {
    said.push(`${rocDay(plan.finishedOn)}完成`)
    return is('done', { ...numbers, slip: Math.min(slip, 0), slipDays: Math.max(0, daysBetween(plan.finishOn, plan.finishedOn)) })
  }
  if (plan.finishOn < on) {
    said.push(`預定 ${rocDay(plan.finishOn)}完成，已過 ${daysBetween(plan.finishOn, on)} 日還沒有完成：${states.severe}`)
    return is('severe', { ...numbers, slipDays: daysBetween(plan.finishOn, on) })
  }
  if (slipDays !== null && slipDays > 0) said.push(`目前的進度原定 ${rocDay(addDays(on, -slipDays))}就要達到，落後 ${slipDays} 日`)
  const state: State = slip >= rule.red ? 'severe' : slip >= rule.yellow ? 'behind' : slip < 0 ? 'ahead' : 'on-track'
  said.push(`落後未達 ${rule.yellow}%為${states['on-track']}，${rule.yellow}%以上為${states.behind}，${rule.red}%以上為${states.severe}（規則 ${rule.version}）：${states[state]}`)
  return is(state, { ...numbers, warning: state === 'severe' ? null : warningOf(plan, points, month, slip, rule) })
}

/** When the last month's slide goes on, the next month is red. */
function warningOf(plan: Plan, points: readonly MonthPoint[], month: string, slip: number, rule: LightRule): string | null {
  const before = points.filter((point) => point.month < month && point.actual !== null).at(-1)
  if (!before) return null
  const slid = four(slip - (plannedOn(plan, points, endOfMonth(before.month)) - before.actual!))
  const ahead = four(slip + slid)
  return slid > 0 && ahead >= rule.red ? `比上次填報多落後 ${percent(slid)}；照這樣下去，下個月會落後 ${percent(ahead)}而轉為紅燈` : null
}

/** The plan's percentage on a day: zero until it starts, straight lines between the ends of months, 100 from its last day on. */
export function plannedOn(plan: Plan, points: readonly MonthPoint[], on: Day): number {
  const curve = curveOf(plan, points)
  const after = curve.findIndex((each) => each.on >= on)
  if (after === 0) return curve[0]!.at
  if (after < 0) return curve.at(-1)!.at
  const [left, right] = [curve[after - 1]!, curve[after]!]
  const part = daysBetween(left.on, on) / daysBetween(left.on, right.on)
  return four(left.at + (right.at - left.at) * part)
}

/** Days since the plan had come as far as `actual`; negative when it is yet to. Null when the plan never comes that far. */
function daysBehind(plan: Plan, points: readonly MonthPoint[], on: Day, actual: number): number | null {
  const curve = curveOf(plan, points)
  if (actual <= 0) return Math.max(0, daysBetween(plan.startOn, on))
  const at = curve.findIndex((each) => each.at >= actual)
  if (at < 0) return null
  const right = curve[at]!
  const left = curve[at - 1]
  const reached = left ? addDays(left.on, Math.round((daysBetween(left.on, right.on) * (actual - left.at)) / (right.at - left.at))) : right.on
  return daysBetween(reached, on)
}

function curveOf({ startOn, finishOn }: Plan, points: readonly MonthPoint[]): { on: Day; at: number }[] {
  const within = points.map((point) => ({ on: endOfMonth(point.month), at: point.planned })).filter(({ on }) => on > startOn && on < finishOn)
  return [{ on: startOn, at: 0 }, ...within, { on: finishOn > startOn ? finishOn : addDays(startOn, 1), at: 100 }]
}
