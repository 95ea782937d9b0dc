export const caseKind = 'consumer-dispute'
/** 案號: 消110-000012 */
export const numberPrefix = '消'

/** Meetings of the mediation committee; 案號: 調110-000003 */
export const mediationKind = 'consumer-mediation'
export const mediationPrefix = '調'

/** 階段, rules.md §3.3. */
export const stages = {
  unconfirmed: '待確認',
  received: '收件',
  business: '業者處理中',
  answered: '業者已回復',
  second: '第二次申訴',
  unsettled: '申訴未獲妥適處理',
  applied: '調解申請待審',
  correcting: '待補正',
  mediating: '調解中',
  plan: '解決方案異議期間',
  'small-plan': '小額方案異議期間',
  'second-meeting': '小額另定期日',
  settled: '調解成立待送法院',
  court: '法院審核中',
  closed: '已結案',
  lapsed: '逾期未確認',
} as const
export type Stage = keyof typeof stages

export const outcomes = { handled: '申訴妥適處理', ended: '申訴結案', settled: '調解成立', 'not-approved': '法院不予核定', failed: '調解不成立', 'not-accepted': '調解不受理', withdrawn: '撤回', transferred: '移轉' } as const
export type Outcome = keyof typeof outcomes

export const channels = { portal: '線上', counter: '臨櫃', paper: '書面', telephone: '電話', '1950': '1950 專線', transferred: '他機關移來', petition: '由陳情轉來' } as const
export type Channel = keyof typeof channels
/** What comes to the office itself. */
export const handChannels = { counter: channels.counter, paper: channels.paper, telephone: channels.telephone } as const

/** 爭議類別 offered; an office's own are kept as they came. */
export const categories = ['食品', '服飾', '3C 家電', '車輛', '網路購物', '旅遊住宿', '運輸', '餐飲', '電信', '線上遊戲', '補習教育', '健身美容', '醫療', '不動產', '金融保險', '預付型商品', '其他'] as const

/** How the mediation of an application ended. */
export const results = { settled: '調解成立', 'deemed-settled': '視為調解成立', failed: '調解不成立', 'deemed-failed': '視為調解不成立', 'not-accepted': '不受理', withdrawn: '撤回' } as const
export type MediationResult = keyof typeof results

export const complaintResults = { handled: '妥適處理', 'not-handled': '未獲妥適處理', 'no-answer': '逾期未處理' } as const
export type ComplaintResult = keyof typeof complaintResults

/** 消費爭議調解辦法 §5 I, its ten grounds. */
export const grounds = {
  uncorrected: '① 逾期未補正', 'no-dispute': '② 非屬消費爭議', 'no-complaint': '③ 未經申訴', 'not-consumer': '④ 非消費者或其代理人提起', settled: '⑤ 曾經調解或仲裁成立', failed: '⑥ 曾經調解不成立', argued: '⑦ 第一審言詞辯論終結', 'no-opponent': '⑧ 無相對人',
  judged: '⑨ 曾經判決確定', twice: '⑩ 調解程序中重複申請',
} as const

/** 調解辦法 §6. */
export const jurisdictions = { county: '雙方都在本縣', consumer: '消費者住居所在本縣', business: '業者營業所在本縣', relation: '消費關係發生在本縣', agreed: '雙方合意本縣' } as const

/** To whom the first complaint went (消費者保護法 §43 I); `here`: this office passed it to the business. */
export type FirstTo = 'business' | 'group' | 'centre' | 'here'

/** How the other side agreed to another mediation (調解辦法 §5 I ⑥). */
export const consents = { paper: '書面', record: '言詞，作成紀錄' } as const

export const partyRoles = { consumer: '消費者', representative: '代理人', business: '企業經營者' } as const
export const sides = { consumer: '消費者', business: '企業經營者' } as const
export type Side = keyof typeof sides

/** Whether a suit about the dispute is pending, and whose: once the settlement is approved it ends, and the plaintiff may ask two thirds of the court fee back (調解辦法 §31; 鄉鎮市調解條例 §28 I). */
export const suits = { none: '沒有', consumer: '有，原告是消費者', business: '有，原告是企業經營者' } as const

/** Who did not come to a mediation. */
export const absences = { none: '都到場', consumer: '消費者', business: '企業經營者', both: '雙方' } as const

/** 消費者保護法 §45-4 IV: set by the Executive Yuan; NT$100,000 from general knowledge, 待法制單位確認. */
export const smallLimitTwd = 100_000
export const isSmall = (disputedTwd: number | null): boolean => disputedTwd !== null && disputedTwd <= smallLimitTwd
