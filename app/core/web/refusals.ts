import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Db } from '../db.ts'
import { NotAllowed, SignInNeeded } from '../errors.ts'
import { dayOf } from '../time.ts'

/** Why a request was refused before it reached its act: a permission is missing, nobody is signed in, it came from another site, or too often. */
export type RefusalReason = 'permission' | 'sign-in' | 'origin' | 'too-many'

declare module '../db.ts' {
  interface Tables {
    refused_requests: { on_day: string; person_id: number | null; reason: RefusalReason; permission: string; method: string; route: string; count: number; first_at: Date; last_at: Date }
  }
}

type Counted = { on_day: string; person_id: number | null; reason: RefusalReason; permission: string; method: string; route: string; count: number; first_at: Date; last_at: Date }

/** Every so often the counts go into the database: one statement, however many a program sends. */
const savedEveryMs = 2_000
/** Kinds of refusals kept in memory while the database is away; beyond it new kinds go into the log and the metrics only. */
const keptMost = 5_000

const askers = new WeakMap<FastifyRequest, number>()
/** All since the process began, by reason and permission, for the metrics. */
const totals = new Map<string, { reason: RefusalReason; permission: string; count: number }>()

/** Whose session the request carries, once that is known. */
export function noteAsker(request: FastifyRequest, personId: number): void {
  askers.set(request, personId)
}

export const refusalTotals = (): Iterable<{ reason: RefusalReason; permission: string; count: number }> => totals.values()

/**
 * Counts every refused request of the service: in the metrics, in the table `refused_requests` (written every two seconds and at the end), and,
 * where somebody signed in lacks a permission or another site sent a form, as a line of the log with account number and route, no more.
 * A case that is not theirs to see is answered 404 like one that does not exist, and is not counted: nobody can tell the two apart.
 */
export function countRefusals(app: FastifyInstance, db: Db, now: () => Date = () => new Date()): void {
  let waiting = new Map<string, Counted>()
  const save = async () => {
    if (waiting.size === 0) return
    const rows = waiting
    waiting = new Map()
    await saveRefusals(db, [...rows.values()]).catch(() => {
      for (const [key, row] of rows) if (waiting.size < keptMost) waiting.set(key, joined(waiting.get(key), row))
    })
  }
  const timer = setInterval(() => void save(), savedEveryMs)
  timer.unref()
  app.addHook('onClose', async () => {
    clearInterval(timer)
    await save()
  })
  app.addHook('onError', async (request, _reply, error) => {
    const reason = reasonOf(error)
    if (!reason) return
    const permission = reason === 'permission' ? (error as unknown as NotAllowed).permission : ''
    const at = now()
    const row: Counted = { on_day: dayOf(at), person_id: askers.get(request) ?? null, reason, permission, method: request.method, route: request.routeOptions.url ?? '', count: 1, first_at: at, last_at: at }
    const total = `${reason}\n${permission}`
    totals.set(total, { reason, permission, count: (totals.get(total)?.count ?? 0) + 1 })
    const key = [row.on_day, row.person_id, total, row.method, row.route].join('\n')
    if (waiting.has(key) || waiting.size < keptMost) waiting.set(key, joined(waiting.get(key), row))
    if (reason === 'permission' || reason === 'origin') request.log.warn({ reason, permission, method: row.method, route: row.route, account: row.person_id }, 'refused')
  })
}

function reasonOf(error: Error & { statusCode?: number | undefined }): RefusalReason | null {
  if (error instanceof ForeignWrite) return 'origin'
  if (error instanceof NotAllowed) return 'permission'
  if (error instanceof SignInNeeded) return 'sign-in'
  return error.statusCode === 429 ? 'too-many' : null
}

/** A form that another site sent: 403. */
export class ForeignWrite extends NotAllowed {
  constructor() {
    super('從其他網站送出表單')
  }
}

function joined(before: Counted | undefined, row: Counted): Counted {
  return before ? { ...before, count: before.count + row.count, first_at: before.first_at < row.first_at ? before.first_at : row.first_at, last_at: before.last_at > row.last_at ? before.last_at : row.last_at } : row
}

async function saveRefusals(db: Db, rows: Counted[]): Promise<void> {
  await sql`insert into refused_requests as r (on_day, person_id, reason, permission, method, route, count, first_at, last_at)
    select on_day, person_id, reason, permission, method, route, count, first_at, last_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(on_day date, person_id bigint, reason text, permission text, method text, route text, count int, first_at timestamptz, last_at timestamptz)
    on conflict (on_day, person_id, reason, permission, method, route)
    do update set count = r.count + excluded.count, first_at = least(r.first_at, excluded.first_at), last_at = greatest(r.last_at, excluded.last_at)`.execute(db)
}
