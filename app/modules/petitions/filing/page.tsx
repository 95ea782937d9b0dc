import type { ComponentChildren } from 'preact'
import type { Refusal } from '../../../core/errors.ts'
import type { Language } from '../../../core/web/language.ts'
import { portalPage } from '../../../core/web/pages.tsx'
import type { PageRequest, Reply } from '../../../core/web/route.ts'
import { Notification } from '../../../ui/components/notification.tsx'
import { type Words, wordsOf } from './words/index.ts'

export type ResidentPage = {
  title: string
  children: ComponentChildren
  /** address of the nav entry this page belongs to */
  current?: string
  breadcrumbs?: { text: string; href?: string }[]
  /** the same page in the other language */
  other?: string
  wide?: boolean
  status?: number
}

/** A resident's page in its language, with what the last act did on top. */
export function residentPage(request: PageRequest, language: Language, page: ResidentPage): Reply {
  const words = wordsOf[language]
  const otherLanguage = page.other && { href: page.other, text: words.other, lang: language === 'en' ? ('zh-Hant-TW' as const) : ('en' as const) }
  return portalPage(
    request,
    {
      title: page.title,
      lang: words.lang,
      ...(page.current ? { current: page.current } : {}),
      ...(page.breadcrumbs ? { breadcrumbs: page.breadcrumbs } : {}),
      ...(otherLanguage ? { otherLanguage } : {}),
      ...(page.wide ? { wide: true } : {}),
      children: (
        <>
          {request.flash && <Notification kind="success"><p>{request.flash}</p></Notification>}
          {page.children}
        </>
      ),
    },
    page.status,
  )
}

/** A field's sentence out of a refusal, and the list for the summary. */
export function errorsOf(refused: Refusal | undefined): Record<string, string> {
  if (!refused) return {}
  return refused.fields ?? { [refused.field ?? '_']: refused.message }
}

export function summaryOf(errors: Record<string, string>, order: readonly string[] = []): { text: string; field?: string }[] {
  const place = (field: string) => (order.includes(field) ? order.indexOf(field) : order.length)
  return Object.entries(errors)
    .sort(([a], [b]) => place(a) - place(b))
    .map(([field, text]) => ({ text, ...(field === '_' ? {} : { field }) }))
}

export type { Words }
