import { chaseJob } from './chase.ts'
import { routes as decide } from './routes/decide.tsx'
import { routes as draft } from './routes/draft.tsx'
import { routes as inHand } from './routes/in-hand.tsx'
import { routes as joint } from './routes/joint.tsx'
import { routes as sendings } from './routes/sendings.tsx'
import { routes as time } from './routes/time.tsx'

/** 辦理: accept, draft, contributions, approval, extension, supplement, sending, 稽催. */
export const routes = [...inHand, ...draft, ...joint, ...decide, ...time, ...sendings]
export const jobs = [chaseJob]
