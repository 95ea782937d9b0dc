import { portalPage } from '../../../core/web/pages.tsx'
import { get } from '../../../core/web/route.ts'

export const routes = [
  get('/', 'public', async (request) => portalPage(request, { title: '首頁', children: <h1>{request.site.county}</h1> })),
]
