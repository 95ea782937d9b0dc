import type { Route } from '../../../core/web/route.ts'
import { routes as board } from './routes/board.tsx'
import { routes as files } from './routes/export.ts'

/** Everything due, across all kinds of case. */
export const routes: Route[] = [...board, ...files]
