const name = (of: string) => encodeURIComponent(of)

/** For everybody. */
export const filesPath = '/privacy'
export const newRequestPath = '/privacy/request'
export const sentPath = '/privacy/sent'
export const confirmPath = (token: string) => `/privacy/confirm/${token}`
export const answerPath = (token: string) => `/privacy/answers/${token}`
export const answerFilePath = (token: string) => `${answerPath(token)}/file.zip`

/** For 個資保護. */
export const openingsPath = '/console/privacy/openings'
export const refusalsPath = '/console/privacy/refusals'
export const requestsPath = '/console/privacy/requests'
export const counterPath = `${requestsPath}/new`
export const requestPath = (of: string, act = '') => `${requestsPath}/${of === ':name' ? of : name(of)}${act && `/${act}`}`
export const retentionPath = '/console/privacy/retention'
export const destructionPath = (id: number | string, act = '') => `/console/privacy/destruction/${id}${act && `/${act}`}`
export const holdsPath = '/console/privacy/holds'
export const releasePath = (id: number | string) => `${holdsPath}/${id}/release`

export function withQuery(path: string, query: Record<string, string | number | null | undefined>): string {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '').map(([key, value]) => [key, String(value)])
  return given.length ? `${path}?${new URLSearchParams(given as [string, string][])}` : path
}
