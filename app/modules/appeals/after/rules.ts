import { computeDeadline } from '../../../core/clocks/index.ts'
import { addDays, type Day } from '../../../core/time.ts'
import type { ClaimOutcome } from '../schema.ts'

/** 訴願法 §97 I. */
export const rehearingGrounds = {
  '①': '適用法規顯有錯誤', '②': '決定理由與主文顯有矛盾', '③': '決定機關之組織不合法', '④': '依法令應迴避之委員參與決定', '⑤': '參與決定之委員關於該訴願違背職務，犯刑事上之罪',
  '⑥': '訴願之代理人關於該訴願有刑事上應罰之行為，影響於決定', '⑦': '為決定基礎之證物係偽造或變造', '⑧': '證人、鑑定人或通譯為虛偽陳述', '⑨': '為決定基礎之判決或行政處分已變更', '⑩': '發見未經斟酌之證物或得使用該證物',
} as const

export const sequelKinds = { litigation: '行政訴訟', rehearing: '再審', compliance: '處理情形', 'authority-decision': '上級機關決定' } as const
export type SequelKind = keyof typeof sequelKinds
/** What the ministry decided of one claim of an appeal against the county itself. */
export type DecidedClaim = { position: number; outcome: ClaimOutcome }

/** What became of it: a court's judgment, or the outcome of a rehearing (審議規則 §32, §33). */
export const results = {
  litigation: { dismissed: '駁回原告之訴', inadmissible: '裁定駁回', revoked: '撤銷訴願決定及原處分', 'decision-revoked': '撤銷訴願決定', partly: '一部撤銷一部駁回', settled: '和解', withdrawn: '撤回' },
  rehearing: { 'non-acceptance': '不受理', dismissed: '駁回', revoked: '撤銷原決定' },
} as const

/**
 * When the decision is final (確定): the day after the last day to sue, where nobody sued; while a suit is pending never, after it
 * the day of its result. A suit that is out of time is for the court to reject.
 */
export function finalOn(litigationUntil: Day | null, suits: readonly { result: string | null; resultOn: Day | null }[], today: Day): Day | null {
  if (suits.some(({ result }) => result === null)) return null
  const last = suits.flatMap(({ resultOn }) => (resultOn ? [resultOn] : [])).toSorted().at(-1)
  if (last) return last
  return litigationUntil !== null && today > litigationUntil ? addDays(litigationUntil, 1) : null
}

/** 訴願法 §72 II: within thirty days of finality an appellant asks back what a needful expert opinion of their own cost, where it was in their favour. */
export function expertCostUntil(finalDay: Day): Day | null {
  const answer = computeDeadline('appeal-expert-cost-30d', finalDay, {})
  return answer.kind === 'due' ? answer.day : null
}

/** 訴願法 §97 II, III: thirty days from finality, or from knowing the ground where that came later. */
export function rehearingUntil(finalDay: Day, knownOn: Day | null): Day | null {
  const answer = computeDeadline('appeal-rehearing-30d', knownOn && knownOn > finalDay ? knownOn : finalDay, {})
  return answer.kind === 'due' ? answer.day : null
}
