import type { ComponentChildren } from 'preact'
import { portalPage } from '../../../core/web/pages.tsx'
import type { PageRequest, Reply } from '../../../core/web/route.ts'
import { Notification } from '../../../ui/components/notification.tsx'
import { publicPath } from '../paths.ts'

/** A resident's page of legal advice, with what the last act did on top. */
export function advicePage(request: PageRequest, page: { title: string; children: ComponentChildren; crumb?: string; status?: number }): Reply {
  return portalPage(
    request,
    {
      title: page.title,
      current: publicPath,
      ...(page.crumb ? { breadcrumbs: [{ text: '法律諮詢', href: publicPath }, { text: page.crumb }] } : {}),
      children: <>{request.flash && <Notification kind="success"><p>{request.flash}</p></Notification>}{page.children}</>,
    },
    page.status,
  )
}
