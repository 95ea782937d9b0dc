import { routes as exports } from './routes/export.ts'
import { routes as list } from './routes/list.tsx'
import { routes as overdue } from './routes/overdue.tsx'
import { routes as search } from './routes/search.ts'
import { routes as worklist } from './routes/worklist.tsx'

/** What waits and what is due: worklist, list, overdue, search, export. */
export const routes = [...worklist, ...list, ...exports, ...overdue, ...search]
