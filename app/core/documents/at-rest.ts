import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { open } from 'node:fs/promises'
import { currentRing, keyOf } from '../personal-data/keys.ts'

/**
 * How a content lies on the disk: encrypted with the keys of personal data, AES-256-GCM, and bound to its name, the hash of the content.
 *
 *     [E3][key version, 2 bytes][iv 12][tag 16][content, encrypted]
 *
 * What was stored before contents were encrypted lies as it is, until the job `personal-data.reseal` comes by.
 */
const mark = 0xe3
const tagFrom = 15
const bodyFrom = 31

export const sizeAtRest = (bytes: Uint8Array): number => bodyFrom + bytes.byteLength

export function sealContent(sha256: string, bytes: Uint8Array): Buffer {
  const { current, keys } = currentRing()
  const head = Buffer.from([mark, current >> 8, current & 255])
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keys.get(current)!.cipherKey!, iv).setAAD(boundTo(head, sha256))
  const body = Buffer.concat([cipher.update(bytes), cipher.final()])
  return Buffer.concat([head, iv, cipher.getAuthTag(), body])
}

/** The content; null where it is not what its name says. Throws when it lies under a key that is gone. */
export function openContent(sha256: string, stored: Buffer): Buffer | null {
  const content = keyVersionAtRest(stored) === null ? stored : (decrypt(sha256, stored) ?? stored)
  return createHash('sha256').update(content).digest('hex') === sha256 ? content : null
}

/** The version of the key that a file lies under, read from its first bytes; null where they are not those of an encrypted one. */
export function keyVersionAtRest(head: Buffer): number | null {
  return head.length >= 3 && head[0] === mark ? head.readUInt16BE(1) : null
}

/** The first bytes of a file: mark, key version, iv and tag, which no two encryptions share. Null where there is no such file. */
export async function headAtRest(path: string): Promise<Buffer | null> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
  if (!file) return null
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bodyFrom), 0, bodyFrom, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

function decrypt(sha256: string, stored: Buffer): Buffer | null {
  const key = keyOf(stored.readUInt16BE(1))?.cipherKey
  if (!key) return createHash('sha256').update(stored).digest('hex') === sha256 ? stored : keyGone(stored)
  if (stored.length < bodyFrom) return null
  const decipher = createDecipheriv('aes-256-gcm', key, stored.subarray(3, tagFrom)).setAAD(boundTo(stored.subarray(0, 3), sha256))
  decipher.setAuthTag(stored.subarray(tagFrom, bodyFrom))
  const content = decipher.update(stored.subarray(bodyFrom))
  try {
    return Buffer.concat([content, decipher.final()])
  } catch {
    return null // changed, or a file of before that begins with the mark
  }
}

const boundTo = (head: Buffer, sha256: string): Buffer => Buffer.concat([head, Buffer.from(sha256, 'hex')])

function keyGone(stored: Buffer): never {
  throw new Error(`a document lies under key version ${stored.readUInt16BE(1)}, which is not in the key file`)
}
