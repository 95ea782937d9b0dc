import type { PortalEntry } from '../../../core/module.ts'
import { deadlinesPath } from '../paths.ts'
import { pageWords } from './words.ts'

export { routes } from './routes.tsx'
export const portal: PortalEntry[] = [
  {
    label: pageWords.zh.title, path: deadlinesPath(), about: pageWords.zh.about, footer: true,
    english: { label: pageWords.en.title, path: deadlinesPath('en'), about: pageWords.en.about },
  },
]
