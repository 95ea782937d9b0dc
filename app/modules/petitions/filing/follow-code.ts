import { randomText } from '../../../core/cases/numbers.ts'
import type { Db, Tx } from '../../../core/db.ts'
import { isHashOf, personalHash } from '../../../core/personal-data/index.ts'
import { caseKind, numberPrefix } from '../schema.ts'
import { cleanCode } from './clean.ts'

/** Eight characters of an alphabet of 29: 39 bits, far beyond what a rate-limited form lets anybody try. */
export const newFollowCode = () => randomText(8)

/** As it is printed, ABCD-EFGH. */
export const printedCode = (code: string) => `${code.slice(0, 4)}-${code.slice(4)}`

/** As it is hashed: however it was typed, with blanks, dashes, small or full-width letters. */
const levelCode = (typed: string) => cleanCode(typed).toUpperCase().replace(/[^0-9A-Z]/g, '')

export const followCodeHash = (code: string) => personalHash('code', levelCode(code))

/** A follow number or 案號 as people type it, in the form it is stored in; null when it can be neither. */
export function levelNumber(typed: string | undefined): string | null {
  const plain = cleanCode(typed).toUpperCase().replace(/[\s\p{Dash}_]+/gu, '')
  const number = new RegExp(`^${numberPrefix}?(\\d{2,3})(\\d{6})$`).exec(plain)
  if (number) return `${numberPrefix}${number[1]}-${number[2]}`
  const follow = /^([0-9A-Z]{4})([0-9A-Z]{4})([0-9A-Z]{2})$/.exec(plain)
  return follow ? `${follow[1]}-${follow[2]}-${follow[3]}` : null
}

export type Followed = { id: number; followNo: string }

/** The petition of a number and its code, or null: the same answer, in the same time, whether number or code is wrong. */
export async function findByFollowCode(db: Db, typedNumber: string | undefined, typedCode: string | undefined): Promise<Followed | null> {
  const number = levelNumber(typedNumber) ?? ''
  const row = await db
    .selectFrom('cases')
    .innerJoin('petitions', 'petitions.id', 'cases.id')
    .select(['cases.id', 'cases.follow_no', 'petitions.follow_code_hash'])
    .where('cases.kind', '=', caseKind)
    .where((eb) => eb.or([eb('cases.number', '=', number), eb('cases.follow_no', '=', number)]))
    .executeTakeFirst()
  const matches = isFollowCode(row?.follow_code_hash ?? nobodysHash, typedCode ?? '')
  return row && matches ? { id: row.id, followNo: row.follow_no } : null
}

/** Whether a stored hash is that of this code, however it was typed. */
export const isFollowCode = (stored: Buffer, typed: string): boolean => isHashOf(stored, 'code', levelCode(typed))

// of no code
const nobodysHash = Buffer.alloc(32, 1)

/** Gives the petition a new code, which replaces the one it had, and returns it once. The caller tells the resident and records why. */
export async function renewFollowCode(tx: Tx, caseId: number): Promise<string> {
  const code = newFollowCode()
  await tx.updateTable('petitions').set({ follow_code_hash: followCodeHash(code) }).where('id', '=', caseId).execute()
  return code
}
