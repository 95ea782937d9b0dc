/**
 * Three kinds of "no", told apart by whose turn it is:
 * a refusal (the person can do something about it) is a returned value;
 * not found / not allowed and faults are thrown and mapped to HTTP once, in core/web/errors.ts.
 */
export type Refusal = {
  refused: true
  /** `noun.reason`, stable, for programs */
  code: string
  /** one zh-TW sentence: what happened, what to do */
  message: string
  /** name of the form field concerned, when there is one */
  field?: string
  /** article that forbids it */
  law?: string
  /** further fields with their sentences, when several are wrong at once */
  fields?: Record<string, string>
}

export type Done<T> = { refused?: false; value: T }
export type Result<T> = Done<T> | Refusal

export function refusal(code: string, message: string, more: { field?: string; law?: string; fields?: Record<string, string> } = {}): Refusal {
  return { refused: true, code, message, ...more }
}

export function done(): Done<undefined>
export function done<T>(value: T): Done<T>
export function done<T>(value?: T): Done<T | undefined> {
  return { value }
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && (value as Refusal).refused === true
}

/** The value of a result; a refusal becomes a fault. For callers to whom a refusal is impossible. */
export function valueOf<T>(result: Result<T>): T {
  if (isRefusal(result)) throw new Error(`refused: ${result.code} ${result.message}`)
  return result.value
}

/** Not there, or its very existence is none of this person's business: 404. */
export class NotFound extends Error {
  override name = 'NotFound'
  constructor(what = '找不到這個頁面或案件') {
    super(what)
  }
}

/** What was asked for, or null where there is no such thing for this person. */
export function orNull<T>(asked: Promise<T>): Promise<T | null> {
  return asked.catch((error: unknown) => {
    if (error instanceof NotFound) return null
    throw error
  })
}

/** Known to exist, but this person may not: 403. */
export class NotAllowed extends Error {
  override name = 'NotAllowed'
  permission: string
  constructor(permission: string) {
    super('您的職務不能做這件事')
    this.permission = permission
  }
}

/** Nobody is signed in where somebody must be: to the sign-in page, with what was typed kept. */
export class SignInNeeded extends Error {
  override name = 'SignInNeeded'
}

/** Somebody is signed in, but it is some time since they proved who they are: asked again before the act, with what was typed kept. */
export class ProofNeeded extends Error {
  override name = 'ProofNeeded'
}

/** Wrong use of a command or a setting: exit code 2, one sentence. */
export class WrongUse extends Error {
  override name = 'WrongUse'
}
