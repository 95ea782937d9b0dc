import { routes as confidential } from './routes/confidential.tsx'
import { routes as create } from './routes/new.tsx'
import { routes as outcomes } from './routes/outcomes.tsx'

/** 登錄: what comes in, what it is about, and what it turns out to be. */
export const routes = [...create, ...outcomes, ...confidential]
