import { isAbsolute } from 'node:path'

/** An absolute path of a file, `mailto:somebody@…`, or an http(s) address. */
export function isCheckpointPlace(place: string): boolean {
  return isAbsolute(place) || /^mailto:[^\s@]+@[^\s@]+$/.test(place) || (/^https?:\/\//.test(place) && URL.canParse(place))
}

/** How a place is named on screens and in the database: without what an address may hold of passwords. */
export function placeName(place: string): string {
  if (!/^https?:/.test(place)) return place
  const { protocol, host, pathname } = new URL(place)
  return `${protocol}//${host}${pathname}`
}
