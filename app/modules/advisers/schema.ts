/** 建議: what an adviser or somebody of the county abroad suggested, tracked to the reply. */
export const caseKind = 'suggestion'
/** 案號: 建110-000001 */
export const numberPrefix = '建'

export const adviserKinds = { adviser: '縣政顧問', 'county-people': '旅台中央鄉賢' } as const
export type AdviserKind = keyof typeof adviserKinds

export const stages = { received: '待分辦', assigned: '研辦中', closed: '已回復' } as const
export type Stage = keyof typeof stages

export const outcomes = { adopted: '採納', partly: '部分採納', 'not-adopted': '未採納' } as const
export type Outcome = keyof typeof outcomes

export const turns = { received: '主辦（綜合規劃）', assigned: '主辦單位' } as const

/** 任期 that ends within so many days is warned of. */
export const warnDays = 60
