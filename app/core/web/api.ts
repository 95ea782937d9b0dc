import swagger from '@fastify/swagger'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Caller } from '../act.ts'
import type { Db } from '../db.ts'
import { isRefusal, NotAllowed, type Result, SignInNeeded } from '../errors.ts'
import { holds, isDeclared, type Person } from '../identity/permissions.ts'
import { isProved, type Session } from '../identity/sessions.ts'
import { causes, problemOf } from './errors.ts'
import { countFor, countForApi } from './limits.ts'
import { sessionOf } from './server.ts'

export type ApiRequest = { db: Db; publicDb: Db; caller: Caller; person: Person; params: any; query: any; body: any }

/** JSON text that PostgreSQL wrote: sent as it is. */
export class JsonText {
  text: string
  constructor(text: string) {
    this.text = text
  }
}

/** A route of /api/v1. One set of schemas checks the request and writes the OpenAPI document. */
export type ApiRoute = {
  method: 'GET' | 'POST'
  /** below /api/v1 */
  path: string
  permission: string
  summary: string
  /** requests per minute and account */
  limit?: number
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  response: z.ZodType
  status?: number
  /** a value of `response`, JSON text of one, null for 404, or an act's result */
  handle(request: ApiRequest): Promise<unknown>
}

export function apiRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  route: Omit<ApiRoute, 'handle' | 'params' | 'query' | 'body'> & {
    params?: P
    query?: Q
    body?: B
    handle(request: Omit<ApiRequest, 'params' | 'query' | 'body'> & { params: z.output<P>; query: z.output<Q>; body: z.output<B> }): Promise<unknown>
  },
): ApiRoute {
  return route
}

const Problem = z.object({ error: z.object({ code: z.string().optional(), message: z.string(), field: z.string().optional(), law: z.string().optional(), fields: z.record(z.string(), z.string()).optional() }) })

/** Mounts /api/v1 and its description /api/openapi.json. Sign-in by session cookie or `Authorization: Bearer <token>`. */
export async function mountApi(app: FastifyInstance, routes: ApiRoute[], options: { db: Db; publicDb: Db; county: string }): Promise<void> {
  await app.register(async (api) => {
    api.setValidatorCompiler(validatorCompiler)
    api.setSerializerCompiler(serializerCompiler)
    await api.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: { title: `${options.county} Windlion API`, version: '1' },
        components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' }, session: { type: 'apiKey', in: 'cookie', name: 'windlion_session' } } },
      },
      transform: jsonSchemaTransform,
    })
    for (const route of routes) addApiRoute(api, route, options)
    api.get('/api/openapi.json', { schema: { hide: true } }, async () => api.swagger())
  })
}

const sessions = new WeakMap<FastifyRequest, Session | null>()

function addApiRoute(api: FastifyInstance, route: ApiRoute, options: { db: Db; publicDb: Db }): void {
  if (!isDeclared(route.permission)) throw new Error(`api ${route.path}: permission "${route.permission}" is not declared by any module`)
  const status = route.status ?? 200
  api.route({
    method: route.method,
    url: `/api/v1${route.path}`,
    schema: {
      summary: route.summary,
      description: route.permission === 'public' ? '不需登入' : `需要權限 ${route.permission}`,
      ...(route.permission === 'public' ? {} : { security: [{ token: [] }, { session: [] }] }),
      ...(route.params ? { params: route.params } : {}),
      ...(route.query ? { querystring: route.query } : {}),
      ...(route.body ? { body: route.body } : {}),
      response: { [status]: route.response, '4xx': Problem },
    },
    // the text comes from PostgreSQL or from a value that the handler's types have checked
    serializerCompiler: () => (value) => (value instanceof JsonText ? value.text : JSON.stringify(value)),
    errorHandler: (error, _request, reply) => refuseInput(error, reply),
    // before the input is looked at: who may not ask learns nothing of what would be asked
    preValidation: async (request) => {
      const session = await sessionOf(request, options.db)
      countForApi(request, session?.person.id ?? null)
      if (route.permission !== 'public') {
        if (!session) throw new SignInNeeded()
        if (session.restricted || !holds(session.person, route.permission)) throw new NotAllowed(route.permission)
      }
      if (session && route.limit) countFor(`${route.method} ${route.path}`, `account ${session.person.id}`, route.limit)
      sessions.set(request, session)
    },
    handler: async (request, reply) => {
      const session = sessions.get(request) ?? null
      const person = session?.person ?? null
      const answer = await route.handle({ ...options, caller: { db: options.db, person, ...(session ? { session: { id: session.id, proved: isProved(session) } } : {}) }, person: person!, params: request.params, query: request.query, body: request.body })
      return sendAnswer(answer, status, reply)
    },
  })
}

function sendAnswer(answer: unknown, status: number, reply: FastifyReply): FastifyReply {
  reply.header('cache-control', 'private, no-store').type('application/json; charset=utf-8')
  if (answer === null) return reply.code(404).send({ error: { message: '找不到' } })
  if (answer instanceof JsonText) return reply.code(status).serializer((text) => text as string).send(answer.text)
  if (isRefusal(answer)) {
    const { refused: _, ...problem } = answer
    return reply.code(409).send({ error: problem })
  }
  const result = answer as Result<unknown>
  return reply.code(status).send(typeof result === 'object' && 'value' in result ? result.value : answer)
}

/** A request that does not fit its schema: 400 with the field named. Everything else goes to the one error map. */
function refuseInput(error: unknown, reply: FastifyReply): FastifyReply {
  const issues = (error as { validation?: { instancePath: string; message: string }[] }).validation
  if (!issues) {
    const problem = problemOf(error)
    if (problem.status >= 500) reply.request.log.error({ request: reply.request.id, chain: [...causes(error)].map((one) => (one as Error).stack ?? String(one)) }, 'fault')
    return reply.code(problem.status).send({ error: { message: problem.message, request: reply.request.id } })
  }
  const fields = Object.fromEntries(issues.map((issue) => [issue.instancePath.replace(/^\//, '').replaceAll('/', '.') || '_', issue.message]))
  const [field, message] = Object.entries(fields)[0] ?? ['_', '內容不正確']
  return reply.code(400).send({ error: { code: 'input.invalid', message: String(message), field, fields } })
}
