import type { ComponentChildren } from 'preact'
import { articleName, type LawText } from '../../../core/laws/text.ts'
import type { LawLinks } from '../../../core/laws/linked-text.tsx'
import { findNames } from '../../../core/laws/queries.ts'
import type { Db } from '../../../core/db.ts'
import { type Day, parseDay, rocDay } from '../../../core/time.ts'
import { portalPage } from '../../../core/web/pages.tsx'
import type { PageRequest, Reply } from '../../../core/web/route.ts'
import { Notification } from '../../../ui/components/notification.tsx'
import { articlePath, publicPath } from '../paths.ts'

type Page = { title: string; children: ComponentChildren; breadcrumbs?: { text: string; href?: string }[]; wide?: boolean; status?: number; current?: string }

/** A page of the public regulations site, with what the last act did on top. */
export function lawsPage(request: PageRequest, page: Page): Reply {
  return portalPage(
    request,
    {
      title: page.title,
      current: page.current ?? publicPath,
      ...(page.breadcrumbs ? { breadcrumbs: page.breadcrumbs } : {}),
      ...(page.wide ? { wide: true } : {}),
      children: <>{request.flash && <Notification kind="success"><p>{request.flash}</p></Notification>}{page.children}</>,
    },
    page.status,
  )
}

/** The day asked for in the address, however it is written; `wrong` says what could not be read. */
export function dayAsked(written: string | undefined, today: Day): { on: Day; isToday: boolean; wrong: string | null } {
  const on = written?.trim() ? parseDay(written) : today
  if (!on) return { on: today, isToday: true, wrong: `「${written}」讀不出日期，請寫成 ${rocDay(today)} 這樣` }
  return { on, isToday: on === today, wrong: null }
}

export async function linksOf(db: Db): Promise<LawLinks> {
  return { names: await findNames(db), articlePath: (code, no, on) => articlePath(code, no, on) }
}

export const articleTitle = (name: string, no: string, form: LawText['form']) => `${name}${articleName(no, form)}`
