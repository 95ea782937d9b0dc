import type { PortalEntry } from '../../../core/module.ts'
import { statisticsPath } from './paths.ts'

export { routes } from './routes.tsx'
export const portal: PortalEntry[] = [{ label: '陳情統計', path: statisticsPath, about: '各單位多久辦完、守住期限的比率、滿意度，按月份、鄉鎮、類別。' }]
