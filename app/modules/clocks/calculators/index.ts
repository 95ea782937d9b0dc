import type { PortalEntry } from '../../../core/module.ts'
import { deadlinesPath } from '../paths.ts'

export { routes } from './routes.tsx'
export const portal: PortalEntry[] = [{ label: '期限試算', path: deadlinesPath, about: '訴願、國家賠償、政府資訊、消費爭議、採購異議的最後一天是哪一天，怎麼算。' }]
