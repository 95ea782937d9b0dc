import type { Route } from '../../../core/web/route.ts'
import { publicationsPath, publishedPath } from './paths.ts'
import { routes as published } from './routes/published.tsx'
import { routes as publish } from './routes/publish.tsx'

export { publishPetition, withdrawPublicationOf } from './actions.ts'

/** What becomes public of a petition: masked copies that an officer made, with consent. */
export const routes: Route[] = [...published, ...publish]
export const portal = [{ label: '公開的答復', path: publishedPath, about: '陳情人同意公開、遮去個人資料的陳情與答復，也許就是您要的答案。' }]
export const navigation = [{ label: '公開答復', path: publicationsPath, permission: 'petitions.publish', section: '陳情' as const }]
