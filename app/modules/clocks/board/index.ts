import type { Route } from '../../../core/web/route.ts'
import { routes as board } from './routes/board.tsx'

export const routes: Route[] = [...board]
