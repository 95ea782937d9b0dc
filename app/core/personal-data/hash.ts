import { createHmac, timingSafeEqual } from 'node:crypto'
import { currentRing, keyOf } from './keys.ts'

/** What is found again by keyed hash. */
export type HashedKind = 'email' | 'phone' | 'name' | 'code' | 'id-number'

/** Writes the same thing in one way, whatever its widths, blanks and cases; blank when nothing is left. */
export function levelled(kind: HashedKind, text: string | null | undefined): string {
  const level = text?.normalize('NFKC').trim().toLowerCase() ?? ''
  if (kind === 'phone') return level.replace(/\D/g, '').replace(/^886/, '0')
  return kind === 'name' || kind === 'id-number' ? level.replace(/\s/g, '') : level
}

/**
 * Keyed hash for finding the same e-mail, telephone or name again. Those of key version 1 are 32 bytes; later ones have
 * their version before them, so that it can be told which key a stored one needs. null for what is blank.
 */
export function personalHash(kind: HashedKind, text: string | null | undefined, version = currentRing().current): Buffer | null {
  const plain = levelled(kind, text)
  return plain ? hashUnder(version, `${kind}\n${plain}`) : null
}

/** The hashes under every key that is still there, for `= any(…)`: while rows are being hashed again both kinds are found. */
export function personalHashes(kind: HashedKind, text: string | null | undefined): Buffer[] {
  return versions().flatMap((version) => personalHash(kind, text, version) ?? [])
}

/** Whether a stored hash is that of this text, in the same time whichever it is. */
export function isHashOf(stored: Buffer, kind: HashedKind, text: string | null | undefined): boolean {
  const version = hashVersionOf(stored)
  const given = keyOf(version)?.hashKey ? personalHash(kind, text, version) : null
  return given !== null && given.length === stored.length && timingSafeEqual(given, stored)
}

/** Keyed hash of a text as it is: whether it is the same as before can be told, what it was cannot. */
export function keyedHash(text: string, version = currentRing().current): Buffer {
  return hashUnder(version, text)
}

export function keyedHashes(text: string): Buffer[] {
  return versions().map((version) => keyedHash(text, version))
}

export const hashVersionOf = (hash: Buffer): number => (hash.length === 32 ? 1 : hash[0]!)

/** The newest first: what is searched is mostly there. */
function versions(): number[] {
  return [...currentRing().keys.values()].filter((key) => key.hashKey).map((key) => key.version).sort((a, b) => b - a)
}

function hashUnder(version: number, text: string): Buffer {
  const key = keyOf(version)?.hashKey
  if (!key) throw new Error(`key version ${version} for hashes is not in the key file`)
  const hash = createHmac('sha256', key).update(text).digest()
  return version === 1 ? hash : Buffer.concat([Buffer.from([version]), hash])
}
