import type { Route } from '../../../core/web/route.ts'
import { publicPath } from '../paths.ts'
import { routes as article } from './article.tsx'
import { routes as attachments } from './attachments.ts'
import { routes as compare } from './compare.tsx'
import { routes as exports } from './exports.ts'
import { routes as feed } from './feed.ts'
import { routes as law } from './law.tsx'
import { routes as list } from './list.tsx'

/** The public site: browse, search, any day's text, comparison, subscription, exports. */
export const routes: Route[] = [...list, ...feed, ...compare, ...article, ...attachments, ...exports, ...law]
export const portal = [{ label: '本縣法規', path: publicPath, about: '自治條例、自治規則和行政規則，看任何一天有效的條文，比較兩個日期，訂閱異動。' }]
