// Addresses of the deadlines' pages, one function a page.
import type { Language } from '../../core/web/language.ts'

export const boardPath = '/console/clocks'
/** the board with these filters in its address */
export const boardListPath = (filters: Given, path = boardPath): string => withQuery(path, filters)

type Given = Record<string, string | number | null | undefined>

/** What is given goes into the address; empty ones are left out. */
function withQuery(path: string, filters: Given): string {
  const query = new URLSearchParams(Object.entries(filters).flatMap(([name, value]) => (value === null || value === undefined || value === '' ? [] : [[name, String(value)]])))
  return query.size ? `${path}?${query}` : path
}

/** a duty beside the case's own was done */
export const meetPath = `${boardPath}/met`

/** one's own calendar address */
export const feedPagePath = '/console/account/calendar'
/** where calendar programs fetch it */
export const feedPath = (secret: string) => `/calendar/${secret}.ics`

/** what residents work out by themselves; one address each, with what they filled in */
export const deadlinesPath = (language: Language = 'zh'): string => (language === 'en' ? '/en/deadlines' : '/deadlines')
export const calculatorPath = (slug: string, given: Given = {}, language: Language = 'zh'): string => withQuery(`${deadlinesPath(language)}/${slug}`, given)
export const calculatorFilePath = (slug: string, given: Given = {}, language: Language = 'zh'): string => withQuery(`${deadlinesPath(language)}/${slug}.ics`, given)

/** the office calendar of a year, and how it is changed: a draft is looked at, then applied */
export const calendarPath = `${boardPath}/calendar`
export const calendarYearPath = (year: number): string => withQuery(calendarPath, { year: year - 1911 })
export const closeDayPath = `${calendarPath}/close`
export const loadYearPath = `${calendarPath}/load`
export const reopenPath = (closure: number | ':id'): string => `${calendarPath}/closures/${closure}/reopen`
export const draftPath = (draft: number | ':id', page?: number): string => withQuery(`${calendarPath}/drafts/${draft}`, { page })
export const changePath = (change: number | ':id', given: Given = {}): string => withQuery(`${calendarPath}/changes/${change}`, given)

/** the periods themselves */
export const rulesPath = `${boardPath}/rules`
export const ruleListPath = (filters: Given): string => withQuery(rulesPath, filters)
export const rulePath = (rule: string, what?: string, given: Given = {}): string => withQuery(`${rulesPath}/${rule}${what ? `/${what}` : ''}`, given)
