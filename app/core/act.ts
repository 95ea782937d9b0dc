import { createHash } from 'node:crypto'
import type { Generated } from 'kysely'
import { z } from 'zod'
import { type Db, type Tx, write } from './db.ts'
import { isRefusal, NotAllowed, ProofNeeded, refusal, type Refusal, type Result, SignInNeeded } from './errors.ts'
import { holds, type Person, throughWhom } from './identity/permissions.ts'
import { type Day, dayOf } from './time.ts'

// what a schema has no sentence of its own for
z.config(z.locales.zhTW())

declare module './db.ts' {
  interface Tables {
    act_keys: { key: string; act: string; result: unknown; at: Generated<Date> }
  }
}

/** Who asks, on which database. Routes, jobs and commands make one; only `act` gives it the time. */
export type Caller = {
  db: Db
  /** null: a resident or another outsider */
  person: Person | null
  /** the absent colleague for whom a deputy acts, for this one act */
  onBehalfOf?: number | null
  /** fixed clock for tests and imports */
  now?: Date
  /** the session through which they ask; absent in jobs, commands and for residents */
  session?: SessionOfCaller | undefined
}

/** `proved`: within the last minutes they have shown again who they are. Acts with `stepUp` refuse without. */
export type SessionOfCaller = { id: number; proved: boolean }

export type ActContext = {
  person: Person | null
  onBehalfOf: number | null
  sessionId?: number | undefined
  /** within the last minutes they have shown again who they are */
  proved?: boolean | undefined
  /** the recorded instant of this act's transaction */
  now: Date
  today: Day
}

export type StaffContext = ActContext & { person: Person }

export type Act<Input, Value> = {
  act: string
  permission: string
  stepUp: boolean
  input: z.ZodType
  (caller: Caller, input: unknown): Promise<Result<Value>>
  /** the same inside a transaction that is already open */
  within(tx: Tx, ctx: ActContext, input: Input): Promise<Result<Value>>
}

const declared: Act<never, unknown>[] = []
/** Every act there is, for the tables of who may do what and which acts ask again who sits there. */
export const declaredActs = (): readonly Act<never, unknown>[] => declared

type Options = {
  /** 'public': residents too; 'system': jobs and imports only; else the permission of the same name as the act */
  by?: 'public' | 'system'
  /** another permission than the act's own name */
  permission?: string
  /** a sensitive act: whoever asks must have proved who they are within the last minutes */
  stepUp?: true
}

/**
 * The one wrapper around every write: permission, input, one transaction, and the submitted form's key.
 * `run` returns done(value) or a refusal; a refusal leaves nothing behind.
 * An input with `_key` is acted upon once: the second click gets the first one's answer.
 */
export function act<S extends z.ZodType, Value, By extends Options>(
  name: string,
  input: S,
  run: (tx: Tx, ctx: By extends { by: 'public' | 'system' } ? ActContext : StaffContext, input: z.output<S>) => Promise<Result<Value>>,
  options?: By,
): Act<z.output<S>, Value> {
  const permission = options?.by ?? options?.permission ?? name
  const perform = async (caller: Caller, raw: unknown): Promise<Result<Value>> => {
    allow(caller, permission)
    if (options?.stepUp) demandProof(caller)
    const parsed = input.safeParse(raw)
    if (!parsed.success) return refuseInput(parsed.error)
    const key = formKey(raw, name, caller.person)
    return inTransaction(caller, permission, async (tx, ctx) => {
      const earlier = key ? await claimKey(tx, key, name) : null
      if (earlier) return earlier as Result<Value>
      const result = await run(tx, ctx as never, parsed.data)
      if (key && !isRefusal(result)) await keepResult(tx, key, result)
      return result
    })
  }
  const made = Object.assign(perform, {
    act: name,
    permission,
    stepUp: options?.stepUp ?? false,
    input,
    within: (tx: Tx, ctx: ActContext, value: z.output<S>) => run(tx, ctx as never, value),
  })
  declared.push(made)
  return made
}

function allow(caller: Caller, permission: string): void {
  if (permission === 'public' || permission === 'system') return
  if (!caller.person) throw new SignInNeeded()
  if (permission !== 'signed-in' && !holds(caller.person, permission)) throw new NotAllowed(permission)
}

/** Fails closed: a caller without a session that was proved lately is asked. Throws ProofNeeded. */
export function demandProof(caller: Caller): void {
  if (!caller.session?.proved) throw new ProofNeeded()
}

class RefusedInside extends Error {
  refused: Refusal
  constructor(refused: Refusal) {
    super(refused.code)
    this.refused = refused
  }
}

async function inTransaction<T>(caller: Caller, permission: string, run: (tx: Tx, ctx: ActContext) => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await write(caller.db, async (tx, recordedAt) => {
      const now = caller.now ?? recordedAt
      const result = await run(tx, { person: caller.person, onBehalfOf: caller.onBehalfOf ?? (caller.person && throughWhom(caller.person, permission)), sessionId: caller.session?.id, proved: caller.session?.proved, now, today: dayOf(now) })
      if (isRefusal(result)) throw new RefusedInside(result) // rolls back
      return result
    })
  } catch (error) {
    if (error instanceof RefusedInside) return error.refused
    throw error
  }
}

/** zod's issues as one refusal with a sentence a field. */
export function refuseInput(error: z.ZodError): Refusal {
  const fields: Record<string, string> = {}
  for (const issue of error.issues) fields[issue.path.map(String).join('.') || '_'] ??= issue.message
  const [field, message] = Object.entries(fields)[0] ?? ['_', '資料不完整']
  return refusal('input.invalid', message, { field, fields })
}

/** The form's `_key`, made the person's own, so that nobody can fetch another's result by guessing. */
function formKey(raw: unknown, act: string, person: Person | null): string | null {
  const key = (raw as { _key?: unknown } | null)?._key
  if (typeof key !== 'string' || key.length < 8 || key.length > 100) return null
  return createHash('sha256').update(`${act}\n${person?.id ?? ''}\n${key}`).digest('hex')
}

/** Claims the key for this transaction; a key that was used gives the result it had. Two clicks at once: the second waits. */
async function claimKey(tx: Tx, key: string, act: string): Promise<unknown> {
  const claimed = await tx
    .insertInto('act_keys')
    .values({ key, act, result: JSON.stringify(null) as never })
    .onConflict((conflict) => conflict.doNothing())
    .returning('key')
    .executeTakeFirst()
  if (claimed) return null
  const earlier = await tx.selectFrom('act_keys').select('result').where('key', '=', key).executeTakeFirstOrThrow()
  return earlier.result
}

async function keepResult(tx: Tx, key: string, result: unknown): Promise<void> {
  await tx.updateTable('act_keys').set({ result: JSON.stringify(result) as never }).where('key', '=', key).execute()
}
