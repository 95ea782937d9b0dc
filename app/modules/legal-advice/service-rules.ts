import { refusal, type Refusal } from '../../core/errors.ts'

// The county's own free consultation follows no statute (rules.md la-county-service): these are rules of the service, 待法制單位確認.
// The law section changes them on a screen (settings/page.tsx); what holds now is found by findRules.

export type ServiceRules = {
  /** A hold waits so many hours for its confirmation. */
  holdHours: number
  /** An offer to who waits next stands so many hours … */
  offerHours: number
  /** … or so many where the consultation is nearer than that. */
  shortOfferHours: number
  /** So many hours before it begins a time can be booked on the web or offered; later only at the counter. */
  closesHours: number
  /** How many bookings one address may have open, holds and waiting included: the form must not become a way to take everything. */
  openMax: number
  /** After so many bookings to which nobody came an address books no more on the web for a while; 0: no such limit. */
  noShowMax: number
  /** … of the last so many days. */
  noShowDays: number
  /** How long one consultation lasts where planning a session says nothing else. */
  minutes: number
  /** The reminder goes out the day before, half an hour after this full hour, Taipei. */
  remindHour: number
}
export type RuleName = keyof ServiceRules

/** What holds until the county decides otherwise. A hold of a night, so that one may read one's mail in the morning. */
export const usualRules: ServiceRules = { holdHours: 24, offerHours: 24, shortOfferHours: 3, closesHours: 1, openMax: 2, noShowMax: 0, noShowDays: 90, minutes: 20, remindHour: 8 }

export type RuleField = { label: string; hint: string; unit: string; /** least and most, both allowed */ from: number; to: number }

/** In the order of the form. A hold or an offer of more than a week would keep a time from everybody else; no mail goes out at night. */
export const ruleFields: Record<RuleName, RuleField> = {
  holdHours: { label: '網路預約等待確認', hint: '過了沒有按確認信裡的連結，時間就釋出，資料刪除。', unit: '小時', from: 1, to: 168 },
  offerHours: { label: '遞補等待確認', hint: '空出的時間為下一位候補的人保留多久。', unit: '小時', from: 1, to: 168 },
  shortOfferHours: { label: '時間快到時，遞補等待確認', hint: '剩下的時間不夠上一項時用這個；連這個都不夠，就不再通知候補。', unit: '小時', from: 1, to: 48 },
  closesHours: { label: '開始前多久停止網路預約', hint: '以後只能到現場候位或由櫃檯代約。填 0 是開始前都可以約。', unit: '小時', from: 0, to: 72 },
  openMax: { label: '一個信箱最多幾個預約', hint: '還沒確認的和候補也算。', unit: '個', from: 1, to: 10 },
  noShowMax: { label: '未到幾次暫停網路預約', hint: '約好沒有到、也沒有取消。暫停時仍可以到現場候位或由櫃檯代約。填 0 是不限制。', unit: '次', from: 0, to: 10 },
  noShowDays: { label: '未到算最近多久的', hint: '過了就不再算。', unit: '日', from: 7, to: 365 },
  minutes: { label: '每次諮詢', hint: '排場次時先帶出這個，可以逐場修改。', unit: '分鐘', from: 5, to: 120 },
  remindHour: { label: '前一天提醒', hint: '這個時間以後才約好的人剛收過信，不再提醒。', unit: '時 30 分', from: 6, to: 20 },
}
export const ruleNames = Object.keys(ruleFields) as RuleName[]

/** 24 小時, 08:30 */
export const ruleText = (name: RuleName, value: number): string => (name === 'remindHour' ? `${String(value).padStart(2, '0')}:30` : name === 'noShowMax' && value === 0 ? '不限制' : `${value} ${ruleFields[name].unit}`)

/** Each within its bounds is not enough: the short offer is the shorter one, and something must be different. */
export function refuseRules(wanted: ServiceRules, current: ServiceRules): Refusal | null {
  if (wanted.shortOfferHours > wanted.offerHours) return refusal('rules.short-offer', `「${ruleFields.shortOfferHours.label}」不能比「${ruleFields.offerHours.label}」的 ${wanted.offerHours} 小時長`, { field: 'shortOfferHours' })
  return changesOf(wanted, current).length ? null : refusal('rules.same', '和目前的規則一樣，沒有要修改的', { field: ruleNames[0]! })
}

export type RuleChange = { name: RuleName; before: number; after: number }

export const changesOf = (after: ServiceRules, before: ServiceRules): RuleChange[] => ruleNames.filter((name) => after[name] !== before[name]).map((name) => ({ name, before: before[name], after: after[name] }))
