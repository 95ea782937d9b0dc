/** 計畫類別. 先期作業 is obligatory for the first three in the central rule (年度施政計畫編審辦法 §6), which applies by analogy (§13) until the county has its own. */
export const categories = { works: '公共建設', science: '科技發展', social: '社會發展', other: '其他施政' } as const
export type Category = keyof typeof categories

/** Whether the project ran in the year before. */
export const kinds = { new: '新興', continuing: '延續' } as const
export type Kind = keyof typeof kinds

/** 經費來源 as the budget papers of a county on outlying islands have them. */
export const sources = { county: '縣款', central: '中央補助', offshore: '離島建設基金', township: '鄉鎮配合款', other: '其他' } as const
export type Source = keyof typeof sources

/** 用途別一級科目, in the order of the budget papers. */
export const objects = { personnel: '人事費', operating: '業務費', capital: '設備及投資', grants: '獎補助費', other: '其他' } as const
export type BudgetObject = keyof typeof objects

export const stages = { submitted: '待檢查', returned: '退回補正', complete: '審查中', closed: '審定' } as const
export type Stage = keyof typeof stages

export const outcomes = { admitted: '納入概算', 'not-admitted': '未納入', withdrawn: '撤回' } as const
export type Outcome = keyof typeof outcomes

/** Whose turn it is. */
export const turns: Record<Stage, string> = { submitted: '研考單位檢查', returned: '提報單位補正', complete: '審查人員評分、審查會議', closed: '—' }

/** In which part a reviewer scores and comments. One person a part for each proposal. */
export const reviewRoles = { budget: '主計', research: '研考', finance: '財政', business: '業務主管', expert: '專家學者' } as const
export type ReviewRole = keyof typeof reviewRoles

export type Criterion = { key: string; label: string; weight: number }

/** What reviewers score unless the round says otherwise; no law sets it: 待研考單位確認. Weights add up to 100. */
export const usualCriteria: Criterion[] = [
  { key: 'need', label: '必要性與急迫性', weight: 30 },
  { key: 'benefit', label: '預期效益', weight: 25 },
  { key: 'readiness', label: '可行性與前置作業', weight: 20 },
  { key: 'cost', label: '經費合理性', weight: 15 },
  { key: 'record', label: '前期執行成果', weight: 10 },
]

export const pinDecisions = { in: '納入', out: '不納入' } as const
export type PinDecision = keyof typeof pinDecisions

export const caseKind = 'plan-proposal'
/** 案號: 施110-000012 */
export const numberPrefix = '施'
