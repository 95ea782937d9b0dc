/** Why a project is watched: a major plan case (重大施政計畫), or a special case named by the head of the county. */
export const levels = { major: '重大施政計畫', special: '特定案件' } as const
export type Level = keyof typeof levels

/** 列管級別: by the county, or by the unit itself with the county looking on. */
export const grades = { county: '府管', own: '自管' } as const
export type Grade = keyof typeof grades

/** How a project stands against its plan; see judge.ts. */
export const states = { ahead: '超前', 'on-track': '符合進度', behind: '落後', severe: '嚴重落後', done: '已完成', unreported: '未填報' } as const
export type State = keyof typeof states

/** 燈號 of a state. */
export const lights = { green: '綠燈', yellow: '黃燈', red: '紅燈', none: '無燈號' } as const
export type Light = keyof typeof lights
export const lightOf: Record<State, Light> = { ahead: 'green', 'on-track': 'green', done: 'green', behind: 'yellow', severe: 'red', unreported: 'none' }

export const stages = { controlled: '列管中', closed: '已撤管' } as const
export type Stage = keyof typeof stages

/** How control ended (撤管). */
export const outcomes = { completed: '完成撤管', merged: '併案撤管', lowered: '改由單位自行列管', cancelled: '計畫停辦' } as const
export type Outcome = keyof typeof outcomes

/** A month's report: written by the unit, looked at by the control section. */
export const reportStates = { reported: '待檢核', returned: '退回補正', checked: '已檢核' } as const
export type ReportState = keyof typeof reportStates

export const caseKind = 'project'
/** 案號: 管110-000012 */
export const numberPrefix = '管'
