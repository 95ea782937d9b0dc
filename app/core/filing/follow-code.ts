import { randomText } from '../cases/numbers.ts'
import { isHashOf, personalHash } from '../personal-data/index.ts'
import { cleanCode } from './clean.ts'

/** Eight characters of an alphabet of 29: 39 bits, far beyond what a rate-limited form lets anybody try. */
export const newFollowCode = () => randomText(8)

/** As it is printed, ABCD-EFGH. */
export const printedCode = (code: string) => `${code.slice(0, 4)}-${code.slice(4)}`

/** As it is hashed: however it was typed, with blanks, dashes, small or full-width letters. */
const levelCode = (typed: string) => cleanCode(typed).toUpperCase().replace(/[^0-9A-Z]/g, '')

export const followCodeHash = (code: string) => personalHash('code', levelCode(code))

/** Whether a stored hash is that of this code, however it was typed. Of no case at all it takes the same time: give null. */
export const isFollowCode = (stored: Buffer | null, typed: string): boolean => isHashOf(stored ?? nobodysHash, 'code', levelCode(typed)) && stored !== null

// of no code
const nobodysHash = Buffer.alloc(32, 1)

/** A follow number or a 案號 of this prefix as people type it, in the form it is stored in; null when it can be neither. */
export function levelNumberOf(prefix: string, typed: string | undefined): string | null {
  const plain = cleanCode(typed).toUpperCase().replace(/[\s\p{Dash}_]+/gu, '')
  const number = new RegExp(`^${prefix}?(\\d{2,3})(\\d{6})$`).exec(plain)
  if (number) return `${prefix}${number[1]}-${number[2]}`
  const follow = /^([0-9A-Z]{4})([0-9A-Z]{4})([0-9A-Z]{2})$/.exec(plain)
  return follow ? `${follow[1]}-${follow[2]}-${follow[3]}` : null
}
