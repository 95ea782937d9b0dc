export const caseKind = 'directive'
/** 案號: 裁110-000012 */
export const numberPrefix = '裁'

/** Whom a directive waits for: its unit, the control section, the next meeting. */
export const stages = { open: '列管中', reported: '已填報待檢核', checked: '待會議決定', closed: '已離開列管' } as const
export type Stage = keyof typeof stages

/** How a directive left the list; each by a decision of a later meeting. */
export const outcomes = { delisted: '解除列管', merged: '併案列管', void: '撤銷列管' } as const
export type Outcome = keyof typeof outcomes

/** 列管級別. Which levels a county has, and who closes them, is its own rule (rules.md §2.6 directive-tracking: unverified). */
export const grades = { county: '府列管', own: '單位自行列管' } as const
export type Grade = keyof typeof grades

/** What a later meeting may decide about a directive. */
export const decisions = {
  delist: '解除列管', continue: '繼續列管', 'new-due': '修正期限', 'to-own': '改列單位自行列管', 'to-county': '改列府列管', reassign: '改分主辦單位', merge: '併入他案列管', void: '撤銷列管（誤列）',
} as const
export type Decision = keyof typeof decisions

/** Decisions that take a directive off the list, with the outcome each gives. */
export const endings: Partial<Record<Decision, Outcome>> = { delist: 'delisted', merge: 'merged', void: 'void' }

/** What a unit's report asks for. */
export const reportAsks = { working: '辦理中', done: '已辦畢，請解除列管', 'more-time': '無法如期，請修正期限' } as const
export type ReportAsk = keyof typeof reportAsks

/** The body of which the council's report counts the directives (council-report.md §07). */
export const executive = 'executive'
