import type { Day } from '../../core/time.ts'

export const caseKind = 'personal-data-request'
export const numberPrefix = '個'

/** What may be asked, 個人資料保護法 §3, with the period of §13 and who must be told. */
export const whats = {
  access: { label: '查詢、閱覽或複製', about: '想知道縣政府留存哪些您的資料，或取得複本', rule: 'pdp-access-15d', law: '個人資料保護法 §3 ①②、§10' },
  correct: { label: '補充或更正', about: '資料有錯或不完整', rule: 'pdp-correct-30d', law: '個人資料保護法 §3 ③、§11 I' },
  stop: { label: '停止蒐集、處理或利用', about: '資料的正確性有爭議，或蒐集的目的已經消失', rule: 'pdp-correct-30d', law: '個人資料保護法 §3 ④、§11 II–IV' },
  delete: { label: '刪除', about: '蒐集的目的已經消失，或蒐集沒有法律依據', rule: 'pdp-correct-30d', law: '個人資料保護法 §3 ⑤、§11 III、IV' },
} as const
export type What = keyof typeof whats

export const stages = { unconfirmed: '等待確認', received: '待辦', closed: '已答復', lapsed: '逾期未確認' } as const
export type Stage = keyof typeof stages

export const decisions = { granted: '准許', partly: '部分准許', refused: '不准許' } as const
export type Decision = keyof typeof decisions

/** Days for which the answer may be fetched at its secret address. */
export const answerDays = 30

export type RequestState = { what: What; stage: Stage; extensionDays: number | null; dueOn: Day | null }
