// Addresses of the relief pages, one function a page.

export const listPath = '/console/relief'
export const filteredListPath = (values: Record<string, string | number | null | undefined>) => `${listPath}${query(values)}`
export const newPath = `${listPath}/new`
export const plansPath = (programme?: number | null) => `${listPath}/plans${query({ programme })}`
export const dataPath = (values: Record<string, string | number | null | undefined>) => `${listPath}/items.csv${query(values)}`
export const itemPath = (name: string, what?: string) => `${listPath}/${encodeURIComponent(name)}${what ? `/${what}` : ''}`
/** A plan opens to its items. */
export const planPath = (number: string) => filteredListPath({ plan: number })

function query(values: Record<string, string | number | null | undefined>): string {
  const found = new URLSearchParams(Object.entries(values).flatMap(([name, value]) => (value ? [[name, String(value)]] : [])))
  return found.size ? `?${found}` : ''
}
