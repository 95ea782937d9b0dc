import { namePurposes } from '../../../core/mail/purposes.ts'
import type { Waiting } from '../../../core/module.ts'
import type { Route } from '../../../core/web/route.ts'
import { noticeNames } from '../notify.ts'
import { countWaiting } from './inbox-queries.ts'
import { inboxPath } from './paths.ts'
import { routes as inbox } from './routes/inbox.tsx'
import { routes as letter } from './routes/letter.tsx'
import './tables.ts'

export { takeLetter } from './take-letter.ts'

namePurposes({
  ...Object.fromEntries(Object.entries(noticeNames).map(([notice, name]) => [`petition.${notice}`, name])),
  'petition.confirm': '確認信',
  'petition.receipt': '收件通知',
  'petition.code': '追蹤碼',
  'petition.submitted': '通知同仁：待核定',
  'petition.sent-back': '通知同仁：退回修改',
  'petition.supplemented': '通知同仁：補充資料',
  'petition.supplement-lapsed': '通知同仁：補陳期限已過',
  'petition.contributed': '通知同仁：會辦意見',
  'petition.reassigned': '通知同仁：改分',
  'petition.reminded': '通知同仁：稽催',
})

/** Letters that come by mail and become petitions. */
export const routes: Route[] = [...inbox, ...letter]
export const waiting: Waiting[] = [{ permission: 'petitions.inbox', find: async ({ db }) => [{ text: '收到的信等人看', note: '沒有自動成案的', href: inboxPath, count: await countWaiting(db) }] }]
export const navigation = [{ label: '收到的信', path: inboxPath, permission: 'petitions.inbox', section: '陳情' as const }]
