// Addresses of the console's petition pages, one function a page.

export const worklistPath = '/console'
export const listPath = '/console/petitions'
export const newPath = `${listPath}/new`
export const trayPath = `${listPath}/tray`
export const overduePath = `${listPath}/overdue`
export const sendingsPath = `${listPath}/sendings`
export const dispatchRulesPath = `${listPath}/dispatch-rules`
export const dispatchRulePath = (id: number | string, what?: string) => `${dispatchRulesPath}/${id}${what ? `/${what}` : ''}`
export const searchPath = '/console/search'

/** A case by 案號, or by follow number before it has one; `what` is an act or a part of it. */
export const petitionPath = (name: string, what?: string) => `${listPath}/${encodeURIComponent(name)}${what ? `/${what}` : ''}`

/** A list with these filters in its address; empty ones are left out. */
export function filteredPath(filters: Record<string, string | number | null | undefined>, path = listPath): string {
  const query = new URLSearchParams(Object.entries(filters).flatMap(([name, value]) => (value === null || value === undefined || value === '' ? [] : [[name, String(value)]])))
  return query.size ? `${path}?${query}` : path
}
