import type { Route } from '../../../core/web/route.ts'
import { routes as change } from './routes/change.tsx'
import { routes as draft } from './routes/draft.tsx'
import { routes as year } from './routes/year.tsx'

/** The office calendar, and how it is changed. */
export const routes: Route[] = [...year, ...change, ...draft]
