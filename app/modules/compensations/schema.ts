export const caseKind = 'compensation'
/** 案號: 賠110-000012 */
export const numberPrefix = '賠'
/** Meetings of the 國家賠償審議委員會; 案號: 賠會110-000002 */
export const councilKind = 'compensation-council'
export const councilPrefix = '賠會'
/** Days of negotiation (協議期日); 案號: 協110-000003 */
export const negotiationKind = 'compensation-negotiation'
export const negotiationPrefix = '協'
/** What the council resolves on a claim. */
export const deliberations = { refuse: '拒絕賠償', negotiate: '與請求權人協議', again: '補充調查後再行審議' } as const

/** 階段, rules.md §3.2. */
export const stages = {
  unconfirmed: '待確認',
  received: '收件待審查',
  correcting: '待補正',
  examining: '審查中',
  superior: '待上級確定機關',
  negotiating: '協議中',
  approval: '報請核定',
  agreed: '協議成立待付款',
  closed: '已結案',
  lapsed: '逾期未確認',
} as const
export type Stage = keyof typeof stages

export const outcomes = { agreed: '協議成立', refused: '拒絕賠償', failed: '協議不成立', withdrawn: '撤回', transferred: '移轉' } as const
export type Outcome = keyof typeof outcomes

export const channels = { paper: '書面郵寄', counter: '親自遞送', portal: '線上', transferred: '他機關移來', petition: '由陳情轉來' } as const
export type Channel = keyof typeof channels

/** 請求的依據: article of the liability. */
export const bases = {
  act: '公務員行使公權力不法侵害（國家賠償法 §2 II 前段）',
  omission: '公務員怠於執行職務（§2 II 後段）',
  facility: '公共設施設置或管理有欠缺（§3 I）',
  'entrusted-facility': '委託民間管理之公共設施（§3 II）',
  'entrusted-power': '受委託行使公權力（§4）',
} as const
export type Basis = keyof typeof bases
export const basisNames: Record<Basis, string> = { act: '公權力行為', omission: '怠於執行職務', facility: '公共設施', 'entrusted-facility': '委託管理設施', 'entrusted-power': '受託行使公權力' }

/** 施行細則 §19. 時效 is for the agency to plead (國家賠償法 §8 I). */
export const grounds = { 'not-agency': '本機關不是賠償義務機關', 'no-duty': '沒有賠償義務', prescription: '請求權時效已經消滅' } as const
export type Ground = keyof typeof grounds

export const suitResults = { 'for-claimant': '判決應賠償', partly: '判決部分賠償', 'against-claimant': '請求權人敗訴', settled: '訴訟上和解', withdrawn: '撤回起訴' } as const
export type SuitResult = keyof typeof suitResults
/** Results after which the claimant may ask for payment, once final (施行細則 §5 I). */
export const payable: readonly string[] = ['for-claimant', 'partly', 'settled']

export const recourses = { none: '不求償', agreed: '協商成立', sued: '訴訟求償', barred: '罹於時效' } as const
export type Recourse = keyof typeof recourses

/** Roles of parties. */
export const partyRoles = { claimant: '請求權人', representative: '代理人', liable: '應負責之人' } as const
