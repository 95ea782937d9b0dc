/** 場次: one morning or afternoon of free consultation at one place. */
export const sessionKind = 'legal-session'
/** 案號 of a session: 場110-000005 */
export const sessionPrefix = '場'
export const sessionStages = { planned: '已排定', closed: '已結束' } as const
export const sessionOutcomes = { held: '已辦理', cancelled: '取消' } as const
export type SessionOutcome = keyof typeof sessionOutcomes

/** 諮詢: one resident's turn, booked, waiting or walking in. */
export const adviceKind = 'legal-advice'
/** 案號 of a consultation: 諮110-000123 */
export const advicePrefix = '諮'
export const stages = { waiting: '候補中', offered: '遞補待確認', booked: '已預約', arrived: '已報到', called: '諮詢中', closed: '已結束' } as const
export type Stage = keyof typeof stages
export const outcomes = {
  served: '已諮詢',
  'no-show': '未到',
  cancelled: '本人取消',
  'session-cancelled': '場次取消',
  'not-offered': '候補未遞補',
  recused: '律師迴避',
} as const
export type Outcome = keyof typeof outcomes

export const ways = { portal: '網路預約', counter: '臨櫃或電話預約', 'walk-in': '現場', imported: '匯入' } as const
export type Way = keyof typeof ways
