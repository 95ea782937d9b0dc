/** 管道: how a petition reaches the office. The first three are the mailboxes that the council report counts. */
export const channels = {
  'mayor-mail': '縣長電子信箱',
  'premier-mail': '院長電子信箱',
  'president-mail': '總統信箱',
  counter: '臨櫃',
  telephone: '電話',
  letter: '書面',
  '1999': '1999',
} as const
export type Channel = keyof typeof channels
export const mailboxChannels: Channel[] = ['mayor-mail', 'premier-mail', 'president-mail']

/** 階段, rules.md §3.6. `unconfirmed` and `lapsed` are not cases yet, or never became one. */
export const stages = {
  unconfirmed: '待確認',
  received: '收件待分文',
  dispatched: '已分文待承辦',
  handling: '辦理中',
  'awaiting-supplement': '待補陳',
  approval: '陳核中',
  closed: '已結案',
  lapsed: '逾期未確認',
} as const
export type Stage = keyof typeof stages

/** 結案方式: as imported and printed. Extension (展期) is not an outcome. */
export const outcomes = {
  answered: '答復',
  merged: '併案',
  transferred: '移轉',
  'no-action': '不予處理',
  withdrawn: '撤回',
  'other-procedure': '轉其他程序',
} as const
export type Outcome = keyof typeof outcomes

/** 行政程序法 §173: when a petition need not be acted upon. It is registered all the same. */
export const noActionGrounds = {
  'no-content': '無具體之內容或未具真實姓名或住址者（行政程序法 §173 ①）',
  repeated: '同一事由，經予適當處理，並已明確答覆後，而仍一再陳情者（行政程序法 §173 ②）',
  'not-competent': '非主管陳情內容之機關，接獲陳情人以同一事由分向各機關陳情者（行政程序法 §173 ③）',
} as const
export type NoActionGround = keyof typeof noActionGrounds

/** What a petition may really be; its own clock then starts from the original receipt. */
export const otherProcedures = {
  application: '依法規之申請（行政程序法 §51）',
  appeal: '訴願（訴願法 §14）',
  compensation: '國家賠償請求（國家賠償法施行細則 §17）',
  consumer: '消費爭議申訴（消費者保護法 §43）',
  report: '檢舉',
} as const
export type OtherProcedure = keyof typeof otherProcedures

/** 類別: what it is about. A county may add its own by import; these are offered. */
export const categories = ['道路交通', '路燈號誌', '環境衛生', '噪音空污', '違章建築', '社會福利', '教育文化', '觀光', '農林漁牧', '公共工程', '自來水', '地政稅務', '警政治安', '醫療衛生', '動物保護', '海岸港埠', '人事服務態度', '其他'] as const

export const townships = ['金城鎮', '金沙鎮', '金湖鎮', '金寧鄉', '烈嶼鄉', '烏坵鄉'] as const
export const outsideCounty = '縣外'

/** Limits of a letter, in characters; longer matters go into attachments. */
export const letterLimits = { titleMin: 2, titleMax: 100, bodyMin: 5, bodyMax: 8000 }

export const caseKind = 'petition'
/** 案號: 陳110-000123 */
export const numberPrefix = '陳'
