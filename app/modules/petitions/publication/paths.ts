export const publishedPath = '/petitions/published'
export const publicationPath = (id: number | string) => `${publishedPath}/${id}`
export const feedPath = '/petitions/published.atom'
/** The officer's side. */
export const publicationsPath = '/console/petitions/publications'
export const publishPath = (name: string) => `${publicationsPath}/${encodeURIComponent(name)}`
export const withdrawPath = (name: string) => `${publishPath(name)}/withdraw`

/** The public list with these filters; empty ones are left out. */
export function filteredPublishedPath(filters: Record<string, string | undefined>): string {
  const query = new URLSearchParams(Object.entries(filters).flatMap(([name, value]) => (value ? [[name, value]] : [])))
  return query.size ? `${publishedPath}?${query}` : publishedPath
}
