import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Reader, Tx } from '../db.ts'
import { tokenHash } from './sessions.ts'

/** What spans two requests while somebody signs in or proves who they are. */
export type StepPurpose = 'second-factor' | 'passkey' | 'passkey-enrolment' | 'single-sign-on' | 'member-link' | 'member-service' | 'member-passkey-enrolment'

export type Step = { token_hash: Buffer; person_id: number | null; state: Record<string, unknown>; failures: number }

/** Wrong answers to one step before it is closed. */
const failuresMax = 5

/** Opens a step; the token goes to the browser, the database keeps its hash. `state` holds no personal data in the clear. */
export async function openStep(tx: Tx, now: Date, purpose: StepPurpose, { personId = null, state = {}, minutes = 10 }: { personId?: number | null; state?: Record<string, unknown>; minutes?: number }): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await tx.insertInto('sign_in_steps').values({ token_hash: tokenHash(token), purpose, person_id: personId, state: JSON.stringify(state) as never, expires_at: new Date(now.getTime() + minutes * 60_000) }).execute()
  return token
}

/** An open step, held for this transaction; null when it has ended, was used, or failed too often. */
export async function lockStep(tx: Tx, now: Date, purpose: StepPurpose, token: string | undefined): Promise<Step | null> {
  if (!token) return null
  const found = await tx.selectFrom('sign_in_steps').select(['token_hash', 'person_id', 'state', 'failures']).where('token_hash', '=', tokenHash(token)).where('purpose', '=', purpose)
    .where('expires_at', '>', now).where('failures', '<', failuresMax).forUpdate().executeTakeFirst()
  return found ? { ...found, state: found.state as Record<string, unknown> } : null
}

/** Whose step it is, without using it: for the page that asks. */
export async function findStep(reader: Reader, purpose: StepPurpose, token: string | undefined): Promise<{ person_id: number | null; state: Record<string, unknown> } | null> {
  if (!token) return null
  const { rows } = await sql<{ person_id: number | null; state: Record<string, unknown> }>`select person_id, state from sign_in_steps
    where token_hash = ${tokenHash(token)} and purpose = ${purpose} and expires_at > now() and failures < ${sql.lit(failuresMax)}`.execute(reader)
  return rows[0] ?? null
}

export async function failStep(tx: Tx, step: Step): Promise<void> {
  await tx.updateTable('sign_in_steps').set((eb) => ({ failures: eb('failures', '+', 1) })).where('token_hash', '=', step.token_hash).execute()
}

/** A step is good once. */
export async function closeStep(tx: Tx, step: Step): Promise<void> {
  await tx.deleteFrom('sign_in_steps').where('token_hash', '=', step.token_hash).execute()
}
