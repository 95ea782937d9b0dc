/** 提案: what a township or unit asks of the central government, and the county assists. */
export const caseKind = 'proposal'
/** 案號: 提110-000001 */
export const numberPrefix = '提'

/** Smart-city applications (智慧城鄉) are reported by another section than the others. */
export const kinds = { general: '一般中央計畫', smart: '智慧城鄉補助' } as const
export type Kind = keyof typeof kinds

export const stages = { preparing: '研提中', reviewing: '中央審查中', revising: '修正中', closed: '已有結果' } as const
export type Stage = keyof typeof stages

export const outcomes = { granted: '核定補助', refused: '不予補助', withdrawn: '撤回' } as const
export type Outcome = keyof typeof outcomes

export const turns = { preparing: '主辦（提案單位）', reviewing: '中央部會', revising: '主辦（提案單位）' } as const

export const paperKinds = { plan: '計畫書', letter: '公文', review: '審查意見', other: '其他' } as const
