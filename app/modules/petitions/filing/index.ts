import type { Job } from '../../../core/jobs/jobs.ts'
import type { PortalEntry } from '../../../core/module.ts'
import type { Route } from '../../../core/web/route.ts'
import { forgetting } from '../../../core/documents/forget.ts'
import { followPath, newPath } from './paths.ts'
import { sweepDrafts } from './drafts.ts'
import { lapseUnconfirmed } from './erase.ts'
import { routes as caseRoutes } from './routes/case.tsx'
import { routes as check } from './routes/check.tsx'
import { routes as memberRoutes } from './member-cases.ts'
import { routes as confirm } from './routes/confirm.tsx'
import { routes as filed } from './routes/filed.tsx'
import { routes as follow } from './routes/follow.tsx'
import { routes as newLetter } from './routes/new.tsx'

export { memberCases } from './member-cases.ts'
export { giveFollowCode } from './give-code.ts'

/** The resident's side of a petition: filing, confirming, following. */
export const routes: Route[] = [...newLetter, ...check, ...filed, ...confirm, ...follow, ...memberRoutes, ...caseRoutes]
export const jobs: Job<any>[] = [sweepDrafts, lapseUnconfirmed, forgetting]
export const portal: PortalEntry[] = [
  {
    label: '提出陳情', path: newPath('zh'), about: '建議、查問、申訴，寫下來就好。承辦單位 30 個工作日內答復。',
    english: { label: 'Write to the county', path: newPath('en'), about: 'Report, ask or complain. The office in charge answers within 30 working days.' },
  },
  {
    label: '查進度', path: followPath('zh'), about: '用追蹤號碼和追蹤碼看辦到哪裡，補充資料、看答復、評滿意度。',
    english: { label: 'Follow a case', path: followPath('en'), about: 'See where it stands, add something, read the answer.' },
  },
]
