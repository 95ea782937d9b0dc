// Addresses of the 有感施政 pages, one function a page. The public side first.

export const publicPath = '/achievements'
export const filteredPublicPath = (values: Record<string, string | number | null | undefined>) => `${publicPath}${query(values)}`
export const publicItemPath = (number: string) => `${publicPath}/${encodeURIComponent(number)}`
export const publicPicturePath = (number: string, which: 'before' | 'after') => `${publicItemPath(number)}/${which}`

export const listPath = '/console/perceived'
export const filteredListPath = (values: Record<string, string | number | null | undefined>) => `${listPath}${query(values)}`
export const newPath = `${listPath}/new`
export const dataPath = (values: Record<string, string | number | null | undefined>) => `${listPath}/items.csv${query(values)}`
export const itemPath = (name: string, what?: string) => `${listPath}/${encodeURIComponent(name)}${what ? `/${what}` : ''}`

function query(values: Record<string, string | number | null | undefined>): string {
  const found = new URLSearchParams(Object.entries(values).flatMap(([name, value]) => (value ? [[name, String(value)]] : [])))
  return found.size ? `?${found}` : ''
}
