import type { Job } from '../../../core/jobs/jobs.ts'
import type { Route } from '../../../core/web/route.ts'
import { forgetting } from '../../../core/documents/forget.ts'
import { followPath, newPath } from './paths.ts'
import { sweepDrafts } from './drafts.ts'
import { lapseUnconfirmed } from './erase.ts'
import { routes as caseRoutes } from './routes/case.tsx'
import { routes as check } from './routes/check.tsx'
import { routes as confirm } from './routes/confirm.tsx'
import { routes as filed } from './routes/filed.tsx'
import { routes as follow } from './routes/follow.tsx'
import { routes as newLetter } from './routes/new.tsx'

export { giveFollowCode } from './resident-acts.ts'

/** The resident's side of a petition: filing, confirming, following. */
export const routes: Route[] = [...newLetter, ...check, ...filed, ...confirm, ...follow, ...caseRoutes]
export const jobs: Job<any>[] = [sweepDrafts, lapseUnconfirmed, forgetting]
export const portal = [
  { label: '提出陳情', path: newPath('zh'), english: { label: 'Write to us', path: newPath('en') } },
  { label: '查進度', path: followPath('zh'), english: { label: 'Follow a case', path: followPath('en') } },
]
