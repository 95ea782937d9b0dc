/** 法規種類 of the county (地方制度法 §25–29, 行政程序法 §159). */
export const instruments = { ordinance: '自治條例', rule: '自治規則', delegated: '委辦規則', administrative: '行政規則' } as const
export type Instrument = keyof typeof instruments

export const changes = { enact: '制（訂）定', amend: '修正', repeal: '廢止', suspend: '暫停適用', resume: '恢復適用' } as const
export type Change = keyof typeof changes

/** 制定 is said of 自治條例 only, 停止適用 of 行政規則 (rules.md §3.5). */
export function changeName(change: Change, instrument: Instrument): string {
  if (change === 'enact') return instrument === 'ordinance' ? '制定' : '訂定'
  if (change === 'repeal' && instrument === 'administrative') return '停止適用'
  return changes[change]
}

/** 公布 of 自治條例, 發布 of 自治規則 and 委辦規則, 下達 of 行政規則. */
export function promulgationName(instrument: Instrument, gazetted = false): string {
  if (instrument === 'ordinance') return '公布'
  return instrument === 'administrative' && !gazetted ? '下達' : '發布'
}

/** 階段 of a proposal, rules.md §3.5. */
export const stages = {
  drafting: '研擬',
  notice: '預告中',
  review: '法制審查',
  'county-meeting': '提縣務會議',
  council: '議會審議',
  reconsideration: '覆議',
  approval: '報請核定',
  promulgation: '待公布',
  'in-force': '已公布待報備查',
  closed: '已結案',
} as const
export type Stage = keyof typeof stages

export const outcomes = {
  completed: '完成',
  'not-passed': '議會未通過',
  lapsed: '覆議失效',
  'not-approved': '不予核定',
  nullified: '函告無效',
  withdrawn: '撤回',
} as const
export type Outcome = keyof typeof outcomes

export const caseKind = 'regulation'
/** 案號: 法110-000123 */
export const numberPrefix = '法'

export const meetingKind = 'regulation-meeting'
export const meetingPrefix = '審'

/** 業務分類 offered; an office's own are kept as they came. */
export const categories = ['組織編制', '民政', '財政', '教育文化', '建設', '工務交通', '社會福利', '觀光', '地政', '環境衛生', '警政消防', '人事', '主計', '行政', '其他'] as const
