// Addresses of the deadlines' pages, one function a page.

export const boardPath = '/console/clocks'
/** the board with these filters in its address; empty ones are left out */
export function boardListPath(filters: Record<string, string | number | null | undefined>, path = boardPath): string {
  const query = new URLSearchParams(Object.entries(filters).flatMap(([name, value]) => (value === null || value === undefined || value === '' ? [] : [[name, String(value)]])))
  return query.size ? `${path}?${query}` : path
}

/** one's own calendar address */
export const feedPagePath = '/console/account/calendar'
/** where calendar programs fetch it */
export const feedPath = (secret: string) => `/calendar/${secret}.ics`
