// Addresses of the regulations pages, one function a page. The public side first.

export const publicPath = '/regulations'
export const feedPath = `${publicPath}/feed.atom`
export const noticesPath = `${publicPath}/notices`
export const noticePath = (number: string, what?: string) => `${noticesPath}/${encodeURIComponent(number)}${what ? `/${what}` : ''}`
export const confirmCommentPath = (token: string) => `${noticesPath}/confirm/${token}`

const query = (values: Record<string, string | null | undefined>) => {
  const found = new URLSearchParams(Object.entries(values).flatMap(([name, value]) => (value ? [[name, value]] : [])))
  return found.size ? `?${found}` : ''
}

/** A law's text: in force today, or on a day. */
export const lawPath = (code: string, on?: string | null) => `${publicPath}/${code}${query({ on })}`
/** One article: a stable address, on a day or today. */
export const articlePath = (code: string, no: string, on?: string | null) => `${publicPath}/${code}/articles/${no}${query({ on })}`
export const comparePath = (code: string, from?: string, to?: string) => `${publicPath}/${code}/compare${query({ from, to })}`
export const exportPath = (code: string, form: string, on?: string | null) => `${publicPath}/${code}/text.${form}${query({ on })}`
/** A file that belongs to the text of a law, by its content. */
export const attachmentPath = (code: string, sha256: string) => `${publicPath}/${code}/attachments/${sha256}`
export const filteredPublicPath = (values: Record<string, string | null | undefined>) => `${publicPath}${query(values)}`

export const listPath = '/console/regulations'
export const newPath = `${listPath}/new`
/** 施行期限, 函告無效, 施行期滿 */
export const endLawPath = (code: string) => `${listPath}/laws/${code}/end`
export const lastDayPath = (code: string) => `${listPath}/laws/${code}/last-day`
export const regulationPath = (name: string, what?: string) => `${listPath}/${encodeURIComponent(name)}${what ? `/${what}` : ''}`
export const stepPath = (name: string, step: string) => regulationPath(name, `steps/${step}`)
export const meetingsPath = '/console/regulation-meetings'
export const meetingPath = (name: string, what?: string) => `${meetingsPath}/${encodeURIComponent(name)}${what ? `/${what}` : ''}`
