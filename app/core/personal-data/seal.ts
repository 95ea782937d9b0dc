import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { currentRing, keyOf } from './keys.ts'

/**
 * Personal data of residents (name, e-mail, telephone, address, numbers) are encrypted field by field at rest, AES-256-GCM:
 *
 *     [E2][key version, 2 bytes][iv 12][tag 16][proof 32][salt 16 and text, encrypted]
 *
 * The proof is a salted hash of the text (the salt is inside). It stays the same when the value is sealed again with another
 * key, so that the record of a case proves what was written whatever key it lies under, and says nothing once the value is
 * destroyed. Values sealed before keys had versions begin with their key's version, 1: `[1][iv 12][tag 16][ciphertext]`.
 */
const mark = 0xe2
const proofFrom = 31
const bodyFrom = 63
const saltBytes = 16

/** null and blank stay null. */
export function seal(text: string | null | undefined): Buffer | null {
  const plain = text?.trim()
  if (!plain) return null
  return sealWith(Buffer.from(plain, 'utf8'), randomBytes(saltBytes))
}

function sealWith(text: Buffer, salt: Buffer): Buffer {
  const { current, keys } = currentRing()
  const head = Buffer.from([mark, current >> 8, current & 255])
  const proof = createHmac('sha256', salt).update(text).digest()
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keys.get(current)!.cipherKey!, iv)
  cipher.setAAD(Buffer.concat([head, proof]))
  const body = Buffer.concat([cipher.update(salt), cipher.update(text), cipher.final()])
  return Buffer.concat([head, iv, cipher.getAuthTag(), proof, body])
}

/** The text. Throws when the key is gone or a single bit was changed. */
export function unseal(sealed: Buffer | null | undefined): string | null {
  return sealed ? open(sealed).text.toString('utf8') : null
}

/** The same value under the current key, with the same proof. */
export function sealAgain(sealed: Buffer): Buffer {
  const { text, salt } = open(sealed)
  return sealWith(text, salt ?? randomBytes(saltBytes))
}

/** The version of the key under which a value lies. */
export function keyVersionOf(sealed: Buffer): number {
  return isOfBefore(sealed) ? sealed[0]! : sealed.readUInt16BE(1)
}

/** Whether a value is still in the form that carries no proof. */
export const isOfBefore = (sealed: Buffer): boolean => sealed[0] !== mark

/** Whether the proof that lies open beside a value is that of its text. */
export function provesItself(sealed: Buffer): boolean {
  const { text, salt } = open(sealed)
  return salt === null || createHmac('sha256', salt).update(text).digest().equals(sealed.subarray(proofFrom, bodyFrom))
}

function open(sealed: Buffer): { text: Buffer; salt: Buffer | null } {
  const version = keyVersionOf(sealed)
  const key = keyOf(version)?.cipherKey
  if (!key) throw new Error(`personal data sealed with key version ${version}, which is not in the key file`)
  const before = isOfBefore(sealed)
  const from = before ? 1 : 3
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(from, from + 12))
  decipher.setAuthTag(sealed.subarray(from + 12, from + 28))
  if (!before) decipher.setAAD(Buffer.concat([sealed.subarray(0, 3), sealed.subarray(proofFrom, bodyFrom)]))
  const body = Buffer.concat([decipher.update(sealed.subarray(before ? 29 : bodyFrom)), decipher.final()])
  return before ? { text: body, salt: null } : { text: body.subarray(saltBytes), salt: body.subarray(0, saltBytes) }
}
