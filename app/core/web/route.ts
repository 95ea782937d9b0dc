import type { VNode } from 'preact'
import type { ActContext, Caller } from '../act.ts'
import type { Upload } from '../documents/accept.ts'
import type { From } from '../identity/devices.ts'
import type { Person } from '../identity/permissions.ts'
import type { Connection, Db } from '../db.ts'
import type { Day } from '../time.ts'

/** What a handler gets. `form` holds text fields (repeated names as arrays through `all`), `files` the uploads. */
export type PageRequest = {
  db: Db
  /** reads only what was published */
  publicDb: Db
  caller: Caller
  /** null where nobody is signed in */
  person: Person | null
  now: Date
  today: Day
  params: Record<string, string>
  query: Record<string, string>
  form: Record<string, string>
  /** every value of a repeated field or query parameter */
  all(name: string): string[]
  files: (Upload & { field: string })[]
  method: 'GET' | 'POST'
  path: string
  /** scheme://host as the visitor sees it */
  origin: string
  ip: string
  /** address, browser and its device cookie, for the acts of signing in */
  from: From
  /** the page of this site that the visitor comes from, without its query */
  referer: string | null
  /** the browser session's token, for signing out */
  session: string | null
  cookies: Record<string, string>
  flash: string | null
  site: Site
}

/** A request with somebody signed in: routes whose permission is not public. */
export type StaffRequest = PageRequest & { person: Person }

export type Site = { county: string; /** its name in English, where the county has set one */ countyEnglish?: string | undefined; demo: boolean; publicUrl: string | undefined }

export type Reply =
  | { kind: 'html'; body: VNode; status?: number; headers?: Record<string, string> }
  | { kind: 'redirect'; to: string; flash?: string; cookies?: Cookie[] }
  /** to another site: an identity provider's, never an address that a visitor gave */
  | { kind: 'away'; to: string; cookies: Cookie[] }
  | { kind: 'json'; body: unknown; status?: number }
  /** `etag`: may be kept by who fetches it, and is not sent again while it is the same */
  | { kind: 'file'; bytes: Uint8Array | string; type: string; name?: string; inline?: boolean; etag?: string }

export type Cookie = { name: string; value: string; maxAgeSeconds: number }

export type Route = {
  method: 'GET' | 'POST'
  /** fastify form: /console/petitions/:number */
  path: string
  /** 'public', 'signed-in', or a declared permission; a route without one does not start */
  permission: string
  handle(request: PageRequest): Promise<Reply>
  /** accepts files */
  upload?: boolean
  /** only for somebody who proved within the last minutes who they are: exports of personal data and the like. Acts have a `stepUp` of their own. */
  stepUp?: true
  /** open also to whom a role obliges to set up a second factor first: the pages to do it */
  whileRestricted?: true
  /** requests per minute from one address, and of one account where somebody is signed in: public forms, secret addresses, searches, exports */
  limit?: number
}

type GetOptions = Pick<Route, 'stepUp' | 'whileRestricted' | 'limit'>
export function get(path: string, permission: 'public', handle: (request: PageRequest) => Promise<Reply>, options?: GetOptions): Route
export function get(path: string, permission: string, handle: (request: StaffRequest) => Promise<Reply>, options?: GetOptions): Route
export function get(path: string, permission: string, handle: (request: StaffRequest) => Promise<Reply>, options: GetOptions = {}): Route {
  return { method: 'GET', path, permission, handle: handle as Route['handle'], ...options }
}

type PostOptions = GetOptions & Pick<Route, 'upload'>
export function post(path: string, permission: 'public', handle: (request: PageRequest) => Promise<Reply>, options?: PostOptions): Route
export function post(path: string, permission: string, handle: (request: StaffRequest) => Promise<Reply>, options?: PostOptions): Route
export function post(path: string, permission: string, handle: (request: StaffRequest) => Promise<Reply>, options: PostOptions = {}): Route {
  return { method: 'POST', path, permission, handle: handle as Route['handle'], ...options }
}

/** A page; 422 for a form that came back with errors, as Turbo wants. */
export function html(body: VNode, status = 200): Reply {
  return { kind: 'html', body, status }
}

/** After a write: 303 to where the result shows, with one sentence on top. */
export function redirect(to: string, flash?: string): Reply {
  return { kind: 'redirect', to, ...(flash ? { flash } : {}) }
}

export function json(body: unknown, status = 200): Reply {
  return { kind: 'json', body, status }
}

export function file(bytes: Uint8Array | string, type: string, name?: string, inline = false): Reply {
  return { kind: 'file', bytes, type, inline, ...(name ? { name } : {}) }
}

export type { ActContext, Connection }
