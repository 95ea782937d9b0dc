import { sql } from 'kysely'
import type { ActContext } from '../act.ts'
import type { Tx } from '../db.ts'
import { done, refusal, type Result } from '../errors.ts'
import { record } from '../events/record.ts'
import { later } from '../jobs/jobs.ts'
import { addKey, forgetKey, reloadKeys, wrapAgain } from './keys.ts'
import { resealing } from './reseal.ts'
import { keyUses } from './usage.ts'

/** Key changes of two processes exclude each other. */
const keyLock = 7_301_020
const lockKeys = (tx: Tx) => sql`select pg_advisory_xact_lock(${sql.lit(keyLock)})`.execute(tx)

/** Other processes know a new key within the hour; until then they may still seal with the one before. */
export const hoursBeforeRetiring = 24

/** A new key from now on; what lies under older ones is sealed again by a job while the service goes on. */
export async function rotateKeys(tx: Tx, ctx: ActContext): Promise<Result<{ version: number }>> {
  await lockKeys(tx)
  if (reloadKeys().keys.size >= 200) return refusal('keys.too-many', '金鑰版本太多，請先停用沒有在用的舊金鑰（keys retire）')
  const { version } = addKey(ctx.now)
  await record(tx, ctx, 'personal-data.key-rotated', { payload: { version } })
  await later(tx, resealing, {}, { once: 'reseal' })
  return done({ version })
}

export type Retired = { version: number; parts: ('cipherKey' | 'hashKey')[] }

/** Forgets every older key that no stored value needs. Backups made before can then be read only with the key file of their day. */
export async function retireKeys(tx: Tx, ctx: ActContext, options: { now?: boolean } = {}): Promise<Result<Retired[]>> {
  await lockKeys(tx)
  const { current, keys } = reloadKeys()
  const newest = keys.get(current)!
  const waits = newest.since && ctx.now.getTime() - newest.since.getTime() < hoursBeforeRetiring * 3_600_000
  if (waits && !options.now) return refusal('keys.too-early', `金鑰更換未滿 ${hoursBeforeRetiring} 小時，可能還有程式使用舊金鑰，請稍後再停用`)
  const uses = new Map((await keyUses(tx)).map((use) => [use.version, use]))
  const retired: Retired[] = []
  for (const { version, cipherKey, hashKey } of [...keys.values()].filter((key) => key.version !== current)) {
    const parts: Retired['parts'] = []
    if (cipherKey && !uses.get(version)?.sealed) parts.push('cipherKey')
    if (hashKey && !uses.get(version)?.hashed) parts.push('hashKey')
    for (const part of parts) forgetKey(version, part)
    if (parts.length) retired.push({ version, parts })
  }
  if (retired.length) await record(tx, ctx, 'personal-data.keys-retired', { payload: { retired } })
  return done(retired)
}

/** The key file written again as WINDLION_KEYS_COMMAND wants it. */
export async function rewrapKeys(tx: Tx, ctx: ActContext): Promise<void> {
  await lockKeys(tx)
  wrapAgain()
  await record(tx, ctx, 'personal-data.keys-wrapped')
}
