import { refusal, type Refusal } from '../../../core/errors.ts'
import type { Outcome, OtherProcedure, Stage } from '../schema.ts'
import type { FoundKind } from '../../../core/masking/index.ts'

export type Publishable = {
  stage: Stage
  outcome: Outcome | null
  publishConsent: boolean
  confidential: boolean
  otherProcedure: OtherProcedure | null
  answer: string | null
}

/** Why this petition may not be published at all, or null. Nothing is public by accident: every condition is named. */
export function refusePublishing(petition: Publishable): Refusal | null {
  if (petition.confidential) return refusal('publication.confidential', '保密案件不公開', { law: '行政程序法 §170 II' })
  // never accusations, not even with consent
  if (petition.otherProcedure === 'report') return refusal('publication.accusation', '檢舉案件一律不公開')
  if (!petition.publishConsent) return refusal('publication.no-consent', '陳情人沒有同意公開', { law: '個人資料保護法 §16' })
  if (petition.stage !== 'closed') return refusal('publication.not-closed', '案件還沒有結案')
  if (!petition.answer || (petition.outcome !== 'answered' && petition.outcome !== 'merged')) return refusal('publication.no-answer', '這件沒有實質答復，不公開')
  return null
}

// words with which people say that somebody has broken the law, also without the word 檢舉
const accusing = /檢舉|舉發|告發|吹哨|違建|違章|違法|違規|貪污|貪汙|收賄|行賄|圖利|詐騙|偷接|偷挖|盜採|盜伐|賭博|毒品|走私|偷排|逃漏稅/

/** Whether the petition reads like an accusation: then an officer must say that it is none. */
export function readsLikeAccusation(texts: (string | null)[]): boolean {
  return texts.some((text) => text !== null && accusing.test(text))
}

/** The office's own contacts may stand in an answer, when the officer says that they are. */
export const officeContacts: readonly FoundKind[] = ['phone', 'email', 'address']
