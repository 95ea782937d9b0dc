import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../db.ts'
import { type Day, rocYear } from '../time.ts'

// no I, L, O, U, 0, 1: read over the telephone and typed by hand
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** What a resident gets at filing: random, so that many can file at once and nobody can count or guess. `K7MX-2QTP-9D` */
export function newFollowNo(): string {
  return [randomText(4), randomText(4), randomText(2)].join('-')
}

/** A short secret, e.g. the follow code that goes with the number. */
export function randomText(length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')
}

/**
 * 案號 without gaps by kind and ROC year, e.g. 陳110-000123. The counter row stays locked until the act ends:
 * draw it late, and never where many residents file at once.
 */
export async function drawCaseNumber(tx: Tx, kind: string, prefix: string, registeredOn: Day): Promise<string> {
  const year = rocYear(registeredOn)
  const drawn = await sql<{ last: number }>`
    insert into case_counters (kind, roc_year, last) values (${kind}, ${year}, 1)
    on conflict (kind, roc_year) do update set last = case_counters.last + 1 returning last`.execute(tx)
  return `${prefix}${year}-${String(drawn.rows[0]!.last).padStart(6, '0')}`
}
