import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import staticFiles from '@fastify/static'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import { renderPage } from '../../ui/render.ts'
import type { Db } from '../db.ts'
import { uploadLimits, type Upload } from '../documents/accept.ts'
import { NotAllowed, NotFound, SignInNeeded } from '../errors.ts'
import { holds, isDeclared } from '../identity/permissions.ts'
import { findSession, isProved, type Session } from '../identity/sessions.ts'
import { dayOf } from '../time.ts'
import { causes, problemOf } from './errors.ts'
import { logSerializers } from './log-text.ts'
import { problemPage } from './problem-page.tsx'
import { readCookie, readCookies, writeCookie } from './cookies.ts'
import { safetyHeaders } from './headers.ts'
import { addressOf, countFor } from './limits.ts'
import { foreignWrite, refererOf } from './origin.ts'
import { onlyOwnHosts } from './own-host.ts'
import { countRefusals, noteAsker } from './refusals.ts'
import type { PageRequest, Reply, Route, Site } from './route.ts'
import { handleWithProof } from './step-up.tsx'

export type WebOptions = {
  db: Db
  publicDb: Db
  site: Site
  routes: Route[]
  publicFolder: string
  /** it has no address of its own, and letters leave it: see own-host.ts */
  ownHostsOnly?: boolean
  behindProxy: boolean
  logLevel: string
  /** fixed clock for tests */
  now?: () => Date
  /** other waits for headers than the usual, for tests */
  connection?: { headersTimeout: number; connectionsCheckingInterval: number }
  /** further fastify routes: /api/v1 */
  extend?: (app: FastifyInstance) => Promise<void>
}

export const sessionCookie = 'windlion_session'
/** A browser from which somebody has signed in keeps this: strangers' wrong passwords then do not hinder them. */
export const deviceCookie = 'windlion_device'
const flashCookie = 'windlion_flash'

/** The HTTP service. Every route declares its permission, or this throws; every write is of our own origin. */
export async function buildServer(options: WebOptions): Promise<FastifyInstance> {
  const app = fastify({
    logger: { level: options.logLevel, redact: ['headers', 'body', '*.headers', '*.body', '*.password', '*.token'], serializers: { ...logSerializers, req: (request) => ({ method: request.method, path: request.url.split('?')[0] }) } },
    // the proxy before us and no further: what a visitor writes into X-Forwarded-For is not believed
    trustProxy: options.behindProxy ? (_address: string, hop: number) => hop === 0 : false,
    bodyLimit: 1024 * 1024,
    // requests are counted, not told one by one; faults are logged with their chain
    logController: new LogController({ disableRequestLogging: true }),
    // who sends headers or a body drop by drop is let go
    requestTimeout: 120_000,
    keepAliveTimeout: 65_000,
    http: { headersTimeout: 15_000, connectionsCheckingInterval: 5_000, maxHeaderSize: 16_384, ...options.connection },
    genReqId: () => randomUUID().slice(0, 8),
    // one log for all: faults name their request themselves, and a log of its own for each request is seldom written to
    childLoggerFactory: (logger) => logger,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
  })
  await app.register(cookie)
  await app.register(formbody, { bodyLimit: 1024 * 1024 })
  // a file over the limit arrives cut, one byte too long, so that the form can come back and name it
  await app.register(multipart, { throwFileSizeLimit: false, limits: { files: uploadLimits.files * 2, fileSize: uploadLimits.fileBytes + 1, fields: 100, fieldSize: 200_000 } })
  app.addHook('onSend', (request, reply, payload, next) => {
    reply.headers(safetyHeaders(request))
    next(null, payload)
  })
  await app.register(rateLimit, { global: false, keyGenerator: addressOf })
  await app.register(staticFiles, { root: join(options.publicFolder, 'build'), prefix: '/build/', immutable: true, maxAge: '365d', index: false })
  await app.register(staticFiles, { root: options.publicFolder, prefix: '/static/', decorateReply: false, index: false, maxAge: '1d' })
  for (const name of ['favicon.svg', 'robots.txt']) app.get(`/${name}`, (_request, reply) => reply.sendFile(name, options.publicFolder))
  // what is no page, as a feed or a CSV, names no mark: browsers ask for the old name
  app.get('/favicon.ico', (_request, reply) => reply.redirect('/favicon.svg', 301))
  app.get('/healthz', async () => ({ ok: true }))

  if (options.ownHostsOnly) onlyOwnHosts(app)
  countRefusals(app, options.db, options.now)
  app.addHook('onRequest', (request, _reply, next) => next(foreignWrite(request)))
  // before the routes: those added before a handler keep fastify's own
  app.setNotFoundHandler((request, reply) => sendProblem(new NotFound(), request, reply, options))
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error)
    // one line with the whole chain; never the request's body
    if (problem.status >= 500) request.log.error({ request: request.id, chain: [...causes(error)].map((one) => (one as Error).stack ?? String(one)) }, 'fault')
    return sendProblem(error, request, reply, options)
  })
  for (const route of options.routes) addRoute(app, route, options)
  await options.extend?.(app)
  return app
}

function addRoute(app: FastifyInstance, route: Route, options: WebOptions): void {
  if (!isDeclared(route.permission)) throw new Error(`route ${route.method} ${route.path}: permission "${route.permission}" is not declared by any module`)
  app.route({
    method: route.method,
    url: route.path,
    ...(route.limit ? { config: { rateLimit: { max: route.limit, timeWindow: '1 minute' } } } : {}),
    ...(route.upload ? { bodyLimit: uploadLimits.totalBytes + 1024 * 1024 } : {}),
    handler: async (request, reply) => {
      const session = await sessionOf(request, options.db)
      if (route.permission !== 'public') {
        if (!session) throw new SignInNeeded()
        if (session.restricted && !route.whileRestricted) return send({ kind: 'redirect', to: secondFactorPath }, reply)
        if (!holds(session.person, route.permission)) throw new NotAllowed(route.permission)
      }
      if (session && route.limit) countFor(`${route.method} ${route.path}`, `account ${session.person.id}`, route.limit)
      const page = await readRequest(request, reply, session, options)
      return send(await handleWithProof(route, page), reply)
    },
  })
}

/** Where one sets up a second factor; whom a role obliges to is led here. */
export const secondFactorPath = '/console/account/security'

/** Who asks: by the browser's cookie, or by `Authorization: Bearer`. */
export async function sessionOf(request: FastifyRequest, db: Db): Promise<Session | null> {
  const { authorization } = request.headers
  // a request with a token of its own never falls back to a cookie: its origin was not asked for
  const token = authorization === undefined ? readCookie(request, sessionCookie) : /^Bearer ([\w-]{20,100})$/.exec(authorization)?.[1]
  const session = token ? await findSession(db, token) : null
  if (session) noteAsker(request, session.person.id)
  return session
}

async function readRequest(request: FastifyRequest, reply: FastifyReply, session: Session | null, options: WebOptions): Promise<PageRequest> {
  const person = session?.person ?? null
  const now = options.now?.() ?? new Date()
  const body = await readBody(request)
  const query = request.query as Record<string, string | string[]>
  const cookies = readCookies(request)
  const flash = cookies[flashCookie] ?? null
  if (flash && request.method === 'GET') writeCookie(reply, flashCookie, '', 0)
  return {
    db: options.db,
    publicDb: options.publicDb,
    caller: { db: options.db, person, ...(session ? { session: { id: session.id, proved: isProved(session) } } : {}), ...(options.now ? { now } : {}) },
    person,
    now,
    today: dayOf(now),
    params: request.params as Record<string, string>,
    query: firstOfEach(query),
    form: firstOfEach(body.fields),
    all: (name) => [body.fields[name] ?? query[name] ?? []].flat(),
    files: body.files,
    method: request.method === 'POST' ? 'POST' : 'GET',
    path: request.url,
    origin: options.site.publicUrl ?? `${request.protocol}://${request.host}`,
    ip: request.ip,
    from: { address: request.ip, agent: (request.headers['user-agent'] ?? '').slice(0, 1000), device: cookies[deviceCookie]?.slice(0, 100) ?? null },
    referer: refererOf(request),
    session: cookies[sessionCookie] ?? null,
    cookies,
    flash,
    site: options.site,
  }
}

type Body = { fields: Record<string, string | string[]>; files: (Upload & { field: string })[] }

async function readBody(request: FastifyRequest): Promise<Body> {
  if (!request.isMultipart()) return { fields: cleaned((request.body ?? {}) as Body['fields']), files: [] }
  const body: Body = { fields: Object.create(null) as Body['fields'], files: [] }
  let total = 0
  for await (const part of request.parts()) {
    if (part.type === 'field') body.fields[part.fieldname] = [...[body.fields[part.fieldname] ?? []].flat(), String(part.value)]
    else {
      if (total > uploadLimits.totalBytes) part.file.resume() // read to the end, not kept
      const bytes = total > uploadLimits.totalBytes ? Buffer.alloc(0) : await part.toBuffer()
      total += bytes.length
      const over = total > uploadLimits.totalBytes
      if (part.filename) body.files.push({ field: part.fieldname, filename: part.filename, bytes: over ? Buffer.alloc(0) : bytes, ...(over ? { over } : {}) })
    }
  }
  return { ...body, fields: cleaned(body.fields) }
}

/** PostgreSQL cannot hold U+0000, and nobody types it. */
function cleaned(fields: Body['fields']): Body['fields'] {
  const clean = (text: unknown) => String(text).replaceAll('\u0000', '').replaceAll('\r\n', '\n')
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, Array.isArray(value) ? value.map(clean) : clean(value)]))
}

function firstOfEach(fields: Record<string, string | string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, [value].flat()[0] ?? '']))
}

function send(answer: Reply, reply: FastifyReply): FastifyReply {
  switch (answer.kind) {
    case 'html':
      return reply.code(answer.status ?? 200).headers({ 'cache-control': 'private, no-store', ...answer.headers }).type('text/html; charset=utf-8').send(Buffer.from(renderPage(answer.body))) // bytes: of a text their number is counted twice
    case 'redirect':
      if (answer.flash) writeCookie(reply, flashCookie, answer.flash, 60)
      for (const one of answer.cookies ?? []) writeCookie(reply, one.name, one.value, one.maxAgeSeconds)
      return reply.redirect(withinSite(answer.to), 303)
    case 'away':
      for (const one of answer.cookies) writeCookie(reply, one.name, one.value, one.maxAgeSeconds)
      return reply.redirect(answer.to, 303)
    case 'json':
      return reply.code(answer.status ?? 200).send(answer.body)
    case 'file': {
      const disposition = `${answer.inline ? 'inline' : 'attachment'}${answer.name ? `; filename*=UTF-8''${encodeURIComponent(answer.name)}` : ''}`
      if (answer.etag) reply.header('etag', answer.etag)
      if (answer.etag && reply.request.headers['if-none-match']?.split(/,\s*/).includes(answer.etag)) return reply.code(304).header('cache-control', keep).send()
      return reply.headers({ 'content-disposition': disposition, 'cache-control': answer.etag ? keep : 'private, no-store' }).type(answer.type).send(typeof answer.bytes === 'string' ? answer.bytes : Buffer.from(answer.bytes))
    }
  }
}

/** What has an etag may be kept, but is asked for again each time. */
const keep = 'private, no-cache'

/** No open redirect: an address as a browser would read it (which drops tabs and takes backslashes for slashes), or the front page. */
export function withinSite(to: string): string {
  const here = 'http://here.invalid'
  if (!to.startsWith('/') || !URL.canParse(to, here)) return '/'
  const { origin, pathname, search, hash } = new URL(to, here)
  return origin === here && !pathname.startsWith('//') ? pathname + search + hash : '/'
}

async function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply, options: WebOptions): Promise<FastifyReply> {
  const problem = problemOf(error)
  reply.code(problem.status).header('cache-control', 'private, no-store')
  if (request.url.startsWith('/api/')) return reply.send({ error: { message: problem.message, request: request.id } })
  if (error instanceof SignInNeeded && request.url.startsWith('/console')) {
    const back = request.method === 'GET' ? request.url : (refererOf(request) ?? '/console')
    // a write after the session ended: the text stays in the browser and comes back after signing in
    return reply.redirect(`/sign-in?back=${encodeURIComponent(back)}${request.method === 'GET' ? '' : '&ended=1'}`, 303)
  }
  return reply.type('text/html; charset=utf-8').send(renderPage(problemPage(problem, { site: options.site, requestId: request.id, staff: request.url.startsWith('/console') })))
}
