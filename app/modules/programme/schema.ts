/** The fifteen headings that the programme must have: 離島建設條例 §5 ①–⑮. */
export const headings = [
  '方案目標及實施範圍', '實施策略', '基礎建設', '產業建設', '教育建設', '文化建設', '交通建設', '醫療建設', '觀光建設', '警政、消防建設', '社會福利建設', '災害防救及濫葬、濫墾、濫建之改善', '分年實施計畫及執行分工', '分年財務需求及經費來源', '其他',
] as const
export const headingOptions = headings.map((text, i) => ({ value: String(i + 1), text: `${i + 1}. ${text}` }))

export const stages = { drafting: '研擬中', committee: '離島建設指導委員會審議', executive: '行政院核定中', 'in-force': '核定實施', closed: '結束' } as const
export type Stage = keyof typeof stages
export const outcomes = { ended: '期程屆滿', abandoned: '停止研擬' } as const
export const turns: Record<Stage, string> = { drafting: '本府綜合規劃科', committee: '離島建設指導委員會', executive: '行政院', 'in-force': '本府各單位', closed: '—' }

/** The three reviews of a report, in their order. */
export const reviewSteps = { 'initial-review': '期初報告', 'interim-review': '期中報告', 'final-review': '期末報告' } as const
export type ReviewStep = keyof typeof reviewSteps
export const reviewResults = { passed: '審查通過', 'passed-amended': '修正後通過', again: '修正後再審' } as const

/** What became of an opinion given at a forum. */
export const opinionResults = { open: '研議中', adopted: '納入方案', partly: '部分納入', elsewhere: '另由其他計畫辦理', 'not-adopted': '未納入' } as const
export type OpinionResult = keyof typeof opinionResults

export const forumStages = { held: '意見處理中', closed: '意見處理完畢' } as const
export const forumOutcomes = { answered: '意見均已回應' } as const

/** what is kept beside a programme or a forum */
export const fileKinds = { report: '報告書', minutes: '會議紀錄', slides: '簡報', photo: '照片', other: '其他' } as const

export const townships = ['金城鎮', '金湖鎮', '金沙鎮', '金寧鄉', '烈嶼鄉', '烏坵鄉'] as const
/** a project that is of no one township */
export const wholeCounty = '全縣'

export const caseKind = 'programme'
export const forumKind = 'programme-forum'
/** 案號: 離110-000001; 座110-000001 */
export const numberPrefix = '離'
export const forumPrefix = '座'
