import { randomBytes } from 'node:crypto'
import { isIPv4, isIPv6 } from 'node:net'
import { sql } from 'kysely'
import type { Tx } from '../db.ts'
import { tokenHash } from './sessions.ts'

/** From where somebody asks: what the web gives to the acts of signing in. `device` is the token of the browser's own cookie. */
export type From = { address: string; agent: string; device: string | null }

export const nowhere: From = { address: '', agent: '', device: null }

/** The browser, when this login has signed in from it before. */
export async function findDevice(tx: Tx, login: string, device: string | null): Promise<number | null> {
  const known = await tx.selectFrom('devices').innerJoin('people', 'people.id', 'devices.person_id').select('devices.id')
    .where('people.login', '=', login).where('token_hash', '=', tokenHash(device ?? '')).executeTakeFirst()
  return known?.id ?? null
}

/** After signing in: the browser is known from now on. Gives the token that it is to keep. */
export async function knowDevice(tx: Tx, personId: number, from: From, now: Date): Promise<{ id: number; token: string }> {
  const token = from.device ?? randomBytes(32).toString('base64url')
  const label = deviceLabel(from.agent)
  const { id } = await tx.insertInto('devices').values({ token_hash: tokenHash(token), person_id: personId, label })
    .onConflict((conflict) => conflict.columns(['token_hash', 'person_id']).doUpdateSet({ label, last_at: now })).returning('id').executeTakeFirstOrThrow()
  return { id, token }
}

/** All of a person: after a password was reset by somebody else, no browser is trusted. */
export async function forgetDevices(tx: Tx, personId: number): Promise<void> {
  await sql`delete from devices where person_id = ${personId}`.execute(tx)
}

const browsers: [RegExp, string][] = [[/Edg\//, 'Edge'], [/OPR\//, 'Opera'], [/Firefox\//, 'Firefox'], [/Chrom(e|ium)\//, 'Chrome'], [/Safari\//, 'Safari']]
const systems: [RegExp, string][] = [[/iPhone/, 'iPhone'], [/iPad/, 'iPad'], [/Android/, 'Android'], [/Windows/, 'Windows'], [/Mac OS X/, 'macOS'], [/CrOS/, 'ChromeOS'], [/Linux/, 'Linux']]

/** `Chrome・Windows`: enough to know one's own browser again. */
export function deviceLabel(agent: string): string {
  const named = (list: [RegExp, string][]) => list.find(([pattern]) => pattern.test(agent))?.[1]
  return [named(browsers) ?? '其他程式', named(systems)].filter(Boolean).join('・')
}

/** The network of an address, which tells home from office and no more: 10.2.3.0/24, 2001:db8:1::/48. */
export function addressRange(address: string): string | null {
  const plain = address.replace(/^::ffff:/, '')
  if (isIPv4(plain)) return `${plain.split('.').slice(0, 3).join('.')}.0/24`
  if (!isIPv6(plain)) return null
  if (plain === '::1') return '::1'
  const [head = '', tail] = plain.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = !tail ? [] : tail.split(':')
  const groups = tail === undefined ? before : [...before, ...Array.from({ length: Math.max(8 - before.length - after.length, 0) }, () => '0'), ...after]
  return `${groups.slice(0, 3).map((group) => group.replace(/^0+(?=.)/, '').toLowerCase()).join(':')}::/48`
}
