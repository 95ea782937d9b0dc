/** 有感施政 item: something a resident notices, one case a year. */
export const caseKind = 'perceived'
/** 案號: 感110-000001 */
export const numberPrefix = '感'

export const stages = { planned: '規劃中', running: '執行中', closed: '結束' } as const
export type Stage = keyof typeof stages

export const outcomes = { done: '已完成', carried: '轉入下年度', withdrawn: '撤案' } as const
export type Outcome = keyof typeof outcomes

export const turns = { planned: '主辦單位', running: '主辦單位' } as const

export const townships = ['金城鎮', '金沙鎮', '金湖鎮', '金寧鄉', '烈嶼鄉', '烏坵鄉'] as const
/** What is not of one township. */
export const wholeCounty = '全縣'

export const evidenceKinds = { before: '改善前', after: '改善後', paper: '其他佐證' } as const

/** The text for the public page: written by one, approved by another. */
export const textStates = { draft: '待核可', approved: '已公開', returned: '退回修改', withdrawn: '已下架' } as const
export type TextState = keyof typeof textStates
