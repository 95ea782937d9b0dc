import type { Language } from '../../core/web/language.ts'
// Addresses of the legal advice pages, one function a page. The public side first.

const query = (values: Record<string, string | number | null | undefined>) => {
  const found = new URLSearchParams(Object.entries(values).flatMap(([name, value]) => (value ? [[name, String(value)]] : [])))
  return found.size ? `?${found}` : ''
}

/** A number in an address; `:number` stays, so that the same function names a route. */
const named = (name: string) => (name.startsWith(':') ? name : encodeURIComponent(name))


export const publicPath = '/legal-advice'
export const startPath = (language: Language) => (language === 'en' ? `/en${publicPath}` : publicPath)
/** A guiding question; without one, the first. */
export const askPath = (language: Language, question?: number) => `${startPath(language)}/ask${query({ q: question })}`
/** Free times of a speciality. */
export const timesPath = (language: Language, speciality?: string) => `${startPath(language)}/times${query({ for: speciality })}`
/** The form for one time, or for the waiting list of one session. */
export const bookPath = (language: Language, about: { slot?: number | string | undefined; wait?: string | undefined; for?: string | undefined } = {}) => `${startPath(language)}/book${query(about)}`
export const sentPath = (language: Language, until?: Date | null, waiting = false) => `${startPath(language)}/sent${query({ until: until?.toISOString(), waiting: waiting ? 'yes' : undefined })}`
/** What the mailed link opens: one resident's own booking. */
export const minePath = (language: Language, token: string, what?: string) => `${startPath(language)}/mine/${token}${what ? `/${what}` : ''}`
/** A member's own booking. */
export const memberPath = (language: Language, number: string) => `${startPath(language)}/member/${named(number)}`
/** Numbers for the waiting room. */
export const displayPath = (session: string) => `${publicPath}/display/${named(session)}`
/** Published numbers. */
export const publicStatisticsPath = `${publicPath}/statistics`

export const listPath = '/console/legal-advice'
export const newPath = `${listPath}/new`
export const seriesPath = `${listPath}/series`
export const sessionPath = (number: string, what?: string) => `${listPath}/sessions/${named(number)}${what ? `/${what}` : ''}`
export const consultationPath = (name: string, what?: string) => `${listPath}/consultations/${named(name)}${what ? `/${what}` : ''}`
export const lawyersPath = `${listPath}/lawyers`
export const lawyerPath = (id: number | string) => `${lawyersPath}/${id}`
export const topicsPath = `${listPath}/topics`
export const topicPath = (id: number | string) => `${topicsPath}/${id}`
export const questionPath = (id: number | string) => `${topicsPath}/questions/${id}`
/** 預約規則: the rules of the service. */
export const rulesPath = `${listPath}/rules`
export const statisticsPath = `${listPath}/statistics`
/** The lawyer's own sessions, and the desk at which they sit today. */
export const deskPath = '/console/my-advice'
export const deskSessionPath = (number: string, what?: string) => `${deskPath}/${named(number)}${what ? `/${what}` : ''}`
export const adviceRecordPath = (name: string, what?: string) => `${deskPath}/records/${named(name)}${what ? `/${what}` : ''}`
