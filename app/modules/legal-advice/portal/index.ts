import type { Route } from '../../../core/web/route.ts'
import { publicPath, startPath } from '../paths.ts'
import { routes as book } from './book.tsx'
import { routes as choose } from './choose.tsx'
import { routes as display } from './display.tsx'
import { routes as member } from './member.tsx'
import { routes as mine } from './mine.tsx'
import { routes as statistics } from './statistics.tsx'

export { memberCases } from './member.tsx'

export const routes: Route[] = [...choose, ...book, ...mine, ...member, ...statistics, ...display]
export const portal = [{ label: '法律諮詢', path: publicPath, about: '律師當面說明法律問題，免費；線上預約，不必註冊。', english: { label: 'Legal advice', path: startPath('en'), about: 'A lawyer explains legal questions in person, free of charge. Book online; no account needed.' } }]
