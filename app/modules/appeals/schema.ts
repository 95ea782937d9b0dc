/** 訴願案件, rules.md §3.1. */
export const caseKind = 'appeal'
/** 案號: 訴110-000007 */
export const numberPrefix = '訴'

export const channels = { paper: '書面', counter: '臨櫃', portal: '線上', forwarded: '他機關移來' } as const
export type Channel = keyof typeof channels

/** 訴願書 itself (訴願法 §56), or the mere statement of dissatisfaction that keeps the day (§57). */
export const forms = { appeal: '訴願書', statement: '不服之表示' } as const
export type Form = keyof typeof forms

/** Against a disposition (§1), or because the agency did not act on an application (§2). */
export const grounds = { disposition: '不服行政處分', inaction: '機關逾期不作為' } as const
export type Ground = keyof typeof grounds

/** Whose disposition it is, as 訴願法 §4, §§6–10 tell it apart. */
export const agencyKinds = {
  township: '鄉（鎮、市）公所',
  subordinate: '縣政府所屬機關',
  county: '縣政府',
  central: '中央機關',
  private: '受縣政府委託行使公權力的團體或個人',
  other: '其他縣市或其他機關',
} as const
export type AgencyKind = keyof typeof agencyKinds

export const stages = {
  filed: '待登錄',
  statement: '待補送訴願書',
  received: '程序審查',
  correction: '待補正',
  agency: '原處分機關答辯',
  review: '承辦審查',
  committee: '訴願會審議',
  suspended: '停止審理',
  decided: '已決定待送達',
  closed: '已結案',
} as const
export type Stage = keyof typeof stages

/** What became of one claim, rules.md §3.1: one decision may have several. */
export const claimOutcomes = {
  'non-acceptance': '不受理',
  dismissed: '駁回',
  'dismissed-acted': '駁回（機關已為處分）',
  'dismissed-unlawful': '駁回（情況決定）',
  revoked: '撤銷',
  ordered: '命速為處分',
} as const
export type ClaimOutcome = keyof typeof claimOutcomes

/** How a case ended; what of decided cases follows from their claims (`outcomeOf`). */
export const outcomes = {
  'non-acceptance': '不受理',
  dismissed: '駁回',
  revoked: '撤銷',
  'partly-revoked': '一部撤銷一部駁回',
  'partly-dismissed': '一部駁回一部不受理',
  ordered: '命速為處分',
  withdrawn: '撤回',
  transferred: '移送管轄機關',
  'self-revised': '自行撤銷或變更',
} as const
export type Outcome = keyof typeof outcomes
export const decisions = ['non-acceptance', 'dismissed', 'revoked', 'partly-revoked', 'partly-dismissed', 'ordered'] as const satisfies Outcome[]
export type Decision = (typeof decisions)[number]

export const partyRoles = {
  appellant: '訴願人',
  'joint-representative': '代表人（共同訴願）',
  'statutory-representative': '法定代理人或代表人',
  agent: '訴願代理人',
  participant: '參加人',
} as const
export type PartyRole = keyof typeof partyRoles

/** 業務分類 offered; an office's own are kept as they came. */
export const categories = ['地政', '稅務', '建築管理', '都市計畫', '環境保護', '社會救助', '交通', '教育', '衛生', '工商', '人事', '政府資訊公開', '其他'] as const

/** What the papers of a case are. */
export const paperKinds = {
  appeal: '訴願書',
  statement: '不服之表示',
  correction: '補正',
  reasons: '補充理由',
  defence: '答辯書',
  participation: '參加意見',
  restitution: '回復原狀申請書',
  transcript: '言詞辯論或陳述意見筆錄',
  other: '其他',
} as const
export type PaperKind = keyof typeof paperKinds

/** What the office sends; the decision itself is one of them. */
export const letterKinds = {
  acknowledgement: '收件通知',
  correction: '補正通知',
  forwarding: '函請答辯',
  reminder: '函催答辯',
  extension: '延長決定期間通知',
  transfer: '移送通知',
  suspension: '停止審理通知',
  resumption: '續行審理通知',
  participation: '參加通知',
  inspection: '閱卷通知',
  hearing: '言詞辯論或陳述意見通知',
  restitution: '回復原狀通知',
  succession: '承受訴願通知',
  stay: '停止執行通知',
  withdrawal: '撤回終結通知',
  decision: '訴願決定書',
} as const
export type LetterKind = keyof typeof letterKinds

/** How a paper reached whom it was for; names as the clocks know them. */
export const serviceKinds = ['送達', '補充送達', '留置送達', '寄存送達', '公示送達', '國外公示送達', '再次公示送達'] as const
export type AppealServiceKind = (typeof serviceKinds)[number]

/** 訴願審議委員會會議 */
export const meetingKind = 'appeal-meeting'
/** 案號: 訴會110-000012 */
export const meetingPrefix = '訴會'
