import { isAbsolute } from 'node:path'

/** An absolute path of a file, `mailto:somebody@…`, or an https address; http only to this very machine: a gateway beside us. */
export function isCheckpointPlace(place: string): boolean {
  return isAbsolute(place) || /^mailto:[^\s@]+@[^\s@]+$/.test(place) || isSafeAddress(place)
}

function isSafeAddress(place: string): boolean {
  const address = URL.parse(place)
  return address?.protocol === 'https:' || (address?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(address.hostname))
}

/** How a place is named on screens and in the database: without what an address may hold of passwords. */
export function placeName(place: string): string {
  if (!/^https?:/.test(place)) return place
  const { protocol, host, pathname } = new URL(place)
  return `${protocol}//${host}${pathname}`
}
