import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../db.ts'

/** Whose sign-in is tried, and from where. `deviceId`: a browser from which this login has signed in before. */
export type Attempt = { login: string; address: string; deviceId: number | null }

/** After so many wrong ones in a row the next has to wait; each further one doubles the wait. */
const freeAttempts = 5
/** The same for all unknown browsers together, wherever they are: guessing from a thousand addresses. */
const freeForStrangers = 50
const waitSecondsFirst = 30
const waitSecondsMax = 900
/** A count that nobody added to for so long begins anew. */
const forgottenAfterHours = 24

/**
 * Counts an attempt before it is judged, and gives the seconds it has to wait (0: judge it). A known browser is counted by
 * itself, so that strangers who guess cannot keep a colleague out; others by login and address, and all together. Unknown
 * logins are counted alike. What was counted before an
 * administrator gave a new password counts no more. Attempts of one count come one after the other: the row stays locked until the transaction ends.
 */
export async function countAttempt(tx: Tx, attempt: Attempt, now: Date): Promise<number> {
  const counts = countsOf(attempt)
  let wait = 0
  for (const { key, free } of counts) {
    const { rows } = await sql<{ failures: number; last_at: Date }>`
      insert into sign_in_failures (key, failures, last_at) values (${key}, 0, ${now})
      on conflict (key) do update set failures = case when sign_in_failures.last_at < ${now}::timestamptz - make_interval(hours => ${forgottenAfterHours}) or sign_in_failures.last_at < (select attempts_from from people where login = ${attempt.login}) then 0 else sign_in_failures.failures end
      returning failures, last_at`.execute(tx)
    const { failures, last_at: lastAt } = rows[0]!
    if (failures >= free) wait = Math.max(wait, waitSeconds(failures - free) - (now.getTime() - lastAt.getTime()) / 1000)
  }
  if (wait > 0) return Math.ceil(wait)
  await tx.updateTable('sign_in_failures').set((eb) => ({ failures: eb('failures', '+', 1), last_at: now })).where('key', 'in', counts.map(({ key }) => key)).execute()
  return 0
}

/** After signing in wholly. What strangers tried stays counted. */
export async function forgetAttempts(tx: Tx, attempt: Attempt): Promise<void> {
  const [own, strangers] = countsOf(attempt)
  await tx.deleteFrom('sign_in_failures').where('key', '=', own!.key).execute()
  if (strangers) await tx.updateTable('sign_in_failures').set((eb) => ({ failures: sql<number>`greatest(${eb.ref('failures')} - 1, 0)` })).where('key', '=', strangers.key).execute()
}

/** 「請 3 分鐘後再試」: what to tell them. */
export function waitSentence(seconds: number): string {
  return `嘗試次數過多，請 ${Math.ceil(seconds / 60)} 分鐘後再試；有通行金鑰、單一簽入或以前登入過的瀏覽器，現在就可以登入；或請系統管理人員重設`
}

function countsOf({ login, address, deviceId }: Attempt): { key: Buffer; free: number }[] {
  const keyOf = (...parts: (string | number)[]) => createHash('sha256').update(parts.join('\n')).digest()
  if (deviceId !== null) return [{ key: keyOf('device', login, deviceId), free: freeAttempts }]
  return [{ key: keyOf('address', login, address), free: freeAttempts }, { key: keyOf('strangers', login), free: freeForStrangers }]
}

function waitSeconds(over: number): number {
  return Math.min(waitSecondsFirst * 2 ** over, waitSecondsMax)
}
