import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto'

// Checkpoints in the form of c2sp.org/tlog-checkpoint, signed as c2sp.org/signed-note says, with Ed25519.

export type Checkpoint = { origin: string; size: number; root: Buffer }
export type SigningKey = { origin: string; privateKey: KeyObject }
export type VerifierKey = { origin: string; keyId: string; publicKey: KeyObject }

const ed25519 = Buffer.of(1)

const rawPublicKey = (key: KeyObject): Buffer => Buffer.from(createPublicKey(key).export({ format: 'jwk' }).x!, 'base64url')

/** key ID = SHA-256(key name ‖ 0x0A ‖ 0x01 ‖ public key)[:4] */
function keyIdOf(origin: string, publicKey: Buffer): Buffer {
  return hash('sha256', Buffer.concat([Buffer.from(`${origin}\n`), ed25519, publicKey]), 'buffer').subarray(0, 4)
}

/** From the key file's PKCS#8 text. An origin has no spaces and no plus sign. */
export function signingKey(origin: string, pkcs8: string): SigningKey {
  if (!/^[^\s+]+$/.test(origin)) throw new Error(`origin "${origin}" cannot name a key`)
  return { origin, privateKey: createPrivateKey({ key: Buffer.from(pkcs8, 'base64'), format: 'der', type: 'pkcs8' }) }
}

/** `<name>+<key ID>+<base64 of 0x01 and the public key>`: what others keep to check our checkpoints. */
export function vkeyOf({ origin, privateKey }: SigningKey): string {
  const publicKey = rawPublicKey(privateKey)
  return `${origin}+${keyIdOf(origin, publicKey).toString('hex')}+${Buffer.concat([ed25519, publicKey]).toString('base64')}`
}

/** Null for what is no Ed25519 vkey. */
export function parseVkey(text: string): VerifierKey | null {
  const [, origin, keyId, encoded] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(text.trim()) ?? []
  const bytes = Buffer.from(encoded ?? '', 'base64')
  if (!origin || bytes.length !== 33 || bytes[0] !== 1 || keyIdOf(origin, bytes.subarray(1)).toString('hex') !== keyId) return null
  return { origin, keyId: keyId!, publicKey: createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: bytes.subarray(1).toString('base64url') }, format: 'jwk' }) }
}

export function signCheckpointNote(key: SigningKey, size: number, root: Buffer): string {
  const body = `${key.origin}\n${size}\n${root.toString('base64')}\n`
  const signature = Buffer.concat([keyIdOf(key.origin, rawPublicKey(key.privateKey)), sign(null, Buffer.from(body), key.privateKey)])
  return `${body}\n— ${key.origin} ${signature.toString('base64')}\n`
}

/** Every checkpoint in a text that holds any number of notes, one after another. */
export function findNotes(text: string): string[] {
  return text.replaceAll('\r\n', '\n').match(/^[^\n]+\n(0|[1-9]\d*)\n[A-Za-z0-9+/]{43}=\n([^\n]+\n)*\n(— [^\n]+(\n|$))+/gmu) ?? []
}

/** What a note says, when one of the keys has signed it; null where none has, or a known key's signature is wrong. */
export function openNote(note: string, keys: VerifierKey[]): Checkpoint | null {
  const end = note.indexOf('\n\n')
  const body = note.slice(0, end + 1)
  const [origin, size, root] = body.split('\n')
  let signed = false
  for (const line of note.slice(end + 2).split('\n').filter(Boolean)) {
    const [, name, encoded] = /^— (\S+) (\S+)$/u.exec(line) ?? []
    const bytes = Buffer.from(encoded ?? '', 'base64')
    const key = keys.find((one) => one.origin === name && one.keyId === bytes.subarray(0, 4).toString('hex'))
    if (!key) continue
    if (!verify(null, Buffer.from(body), key.publicKey, bytes.subarray(4))) return null
    signed ||= key.origin === origin
  }
  return signed && end > 0 ? { origin: origin!, size: Number(size), root: Buffer.from(root!, 'base64') } : null
}
