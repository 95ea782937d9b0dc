import type { ComponentChildren } from 'preact'
import type { Day } from '../../../core/time.ts'
import type { Language } from '../../../core/web/language.ts'
import { portalPage } from '../../../core/web/pages.tsx'
import type { PageRequest, Reply } from '../../../core/web/route.ts'
import { Notification } from '../../../ui/components/notification.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { dayWords } from '../booking/words.ts'
import { startPath } from '../paths.ts'
import { wordsOf } from './words/index.ts'

/** `other`: the same page in a language; without it there is only this one. */
export type AdvicePage = { title: string; children: ComponentChildren; crumb?: string; status?: number; other?: (language: Language) => string }

/** A resident's page of legal advice in its language, with what the last act did on top. */
export function advicePage(request: PageRequest, language: Language, page: AdvicePage): Reply {
  const w = wordsOf[language]
  return portalPage(
    request,
    {
      title: page.title,
      lang: w.lang,
      current: startPath(language),
      ...(page.other ? { otherLanguage: { ...w.other, href: page.other(language === 'en' ? 'zh' : 'en') } } : {}),
      ...(page.crumb ? { breadcrumbs: [{ text: w.title, href: startPath(language) }, { text: page.crumb }] } : {}),
      children: <>{request.flash && <Notification kind="success"><p>{request.flash}</p></Notification>}{page.children}</>,
    },
    page.status,
  )
}

/** What the office wrote in Chinese: names, places, notes. On an English page it is said to be Chinese, for who has it read aloud. */
export function Written({ text, language }: { text: string; language: Language }) {
  return language === 'en' ? <span lang="zh-Hant-TW">{text}</span> : <>{text}</>
}

/** The day of a session with its weekday. */
export function SessionDay({ day, language }: { day: Day; language: Language }) {
  return language === 'en' ? <time class="nowrap" datetime={day}>{dayWords(day, 'en')}</time> : <DayText day={day} weekday />
}
