import type { Route } from '../../../core/web/route.ts'
import { routes as calendar } from './routes/calendar.ts'
import { routes as own } from './routes/own.tsx'

/** An officer's due days in their own calendar program. */
export const routes: Route[] = [...calendar, ...own]
