import type { Route } from '../../../core/web/route.ts'
import { routes as list } from './routes/list.tsx'
import { routes as rule } from './routes/rule.tsx'

/** Every period of the office, and what the county changes in them without a programmer. */
export const routes: Route[] = [...list, ...rule]
