/** Cases of a relief programme: its plans (計畫), and the work items (工作項目) in them. */
export const planKind = 'relief-plan'
export const itemKind = 'relief-item'
/** 案號: 紓計110-000001, 紓110-000001 */
export const planPrefix = '紓計'
export const itemPrefix = '紓'

export const stages = { running: '辦理中', concurring: '會辦中', closed: '結束' } as const
export type Stage = keyof typeof stages

export const outcomes = { done: '已完成', stopped: '停辦' } as const
export type Outcome = keyof typeof outcomes

export const turns = { running: '主辦單位', concurring: '協辦單位' } as const

/** What a measure costs the county: three different sums, which nobody adds up. */
export const sums = { spent: '支出', forgone: '減收', deferred: '緩收' } as const
export type Sum = keyof typeof sums
export const sumHints: Record<Sum, string> = { spent: '補助、獎勵、津貼等實際支付的錢', forgone: '減免而不再收的錢', deferred: '延期，以後仍要收的錢' }

/** 佐證 of an item. */
export const evidenceKinds = { list: '核定清冊', payment: '支付憑證', notice: '公告或函文', photo: '成果照片', other: '其他' } as const
