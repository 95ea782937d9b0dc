import { county } from './county.ts'
import { living } from './living.ts'
import { roads } from './roads.ts'
import type { Matter, Topic } from './topic.ts'

export type { Matter, Topic }
export const topics: Topic[] = [...roads, ...living, ...county]
