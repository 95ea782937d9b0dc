import { refusal, type Refusal } from '../../core/errors.ts'
import type { Day } from '../../core/time.ts'
import { type Decision, type RequestState, whats } from './schema.ts'

/** 個人資料保護法 §13: once, no longer than the period itself, before it ends, with the reason told in writing. */
export function refuseExtension(request: RequestState, days: number, today: Day): Refusal | null {
  const max = request.what === 'access' ? 15 : 30
  const law = request.what === 'access' ? '個人資料保護法 §13 I' : '個人資料保護法 §13 II'
  if (request.stage !== 'received') return refusal('request.closed', '這件已經答復，不能延長')
  if (request.extensionDays !== null) return refusal('request.extended', '已經延長過一次，不能再延長', { law })
  if (!Number.isInteger(days) || days < 1 || days > max) return refusal('request.too-long', `延長最多 ${max} 日`, { field: 'days', law })
  if (request.dueOn !== null && today > request.dueOn) return refusal('request.late', '期限已過，不能再延長', { law })
  return null
}

/** A refusal, also in part, says why (§10, §11 name the cases; 行政程序法 §96 I ②: a written disposition gives its reasons). */
export function refuseDecision(request: RequestState, decision: Decision, reasons: string): Refusal | null {
  if (request.stage !== 'received') return refusal('request.closed', '這件已經答復')
  if (decision !== 'granted' && !reasons) return refusal('request.no-reasons', '不准許或部分准許，要寫理由', { field: 'reasons', law: '行政程序法 §96 I ②' })
  return null
}

/** What the answer says of remedy: 訴願法 §14 I. */
export const remedy = '如不服本決定，得自收到之次日起三十日內，經由本府向訴願管轄機關提起訴願（訴願法 §14、§58）。'

export const lawOf = (request: Pick<RequestState, 'what'>): string => whats[request.what].law
