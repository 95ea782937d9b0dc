import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Personal data of residents (name, e-mail, telephone, address, numbers) are encrypted field by field at
 * rest: AES-256-GCM, `[key version 1 byte][iv 12][tag 16][ciphertext]`. Search for equality goes over a
 * keyed hash. The key file lies outside the database and outside the repository, readable by its owner only.
 */
export type PersonalDataKeys = { version: number; cipherKey: Buffer; hashKey: Buffer }

let keys: PersonalDataKeys | null = null

/** Reads (or on the first start makes) `keys/personal-data.json` in the data folder. Call once at start. */
export async function loadPersonalDataKeys(dataFolder: string): Promise<void> {
  const folder = join(dataFolder, 'keys')
  const path = join(folder, 'personal-data.json')
  await mkdir(dataFolder, { recursive: true }) // its own mode: the database's user must be able to pass
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const fresh = { version: 1, cipherKey: randomBytes(32).toString('base64'), hashKey: randomBytes(32).toString('base64') }
  try {
    const file = await open(path, 'wx', 0o600) // two starters at once: only one makes it
    await file.writeFile(JSON.stringify(fresh) + '\n')
    await file.sync()
    await file.close()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const stored = JSON.parse(await readFile(path, 'utf8')) as typeof fresh
  useKeys({ version: stored.version, cipherKey: Buffer.from(stored.cipherKey, 'base64'), hashKey: Buffer.from(stored.hashKey, 'base64') })
}

export function useKeys(given: PersonalDataKeys): void {
  keys = given
}

function currentKeys(): PersonalDataKeys {
  if (!keys) throw new Error('personal data keys are not loaded')
  return keys
}

/** null and blank stay null. */
export function seal(text: string | null | undefined): Buffer | null {
  if (!text?.trim()) return null
  const { version, cipherKey } = currentKeys()
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', cipherKey, iv)
  const body = Buffer.concat([cipher.update(text.trim(), 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.from([version]), iv, cipher.getAuthTag(), body])
}

export function unseal(sealed: Buffer | null | undefined): string | null {
  if (!sealed) return null
  const { version, cipherKey } = currentKeys()
  if (sealed[0] !== version) throw new Error(`personal data sealed with key version ${sealed[0]}, which is not loaded`)
  const decipher = createDecipheriv('aes-256-gcm', cipherKey, sealed.subarray(1, 13))
  decipher.setAuthTag(sealed.subarray(13, 29))
  return Buffer.concat([decipher.update(sealed.subarray(29)), decipher.final()]).toString('utf8')
}

/** Keyed hash for finding the same e-mail, telephone or name again; what varies in writing is levelled first. */
export function personalHash(kind: 'email' | 'phone' | 'name' | 'code', text: string | null | undefined): Buffer | null {
  const level = text?.normalize('NFKC').trim().toLowerCase() ?? ''
  const plain = kind === 'phone' ? level.replace(/\D/g, '').replace(/^886/, '0') : kind === 'name' ? level.replace(/\s/g, '') : level
  if (!plain) return null
  return createHmac('sha256', currentKeys().hashKey).update(`${kind}\n${plain}`).digest()
}

/** Keyed hash of a text as it is: whether it is the same as before can be told, what it was cannot. */
export function keyedHash(text: string): Buffer {
  return createHmac('sha256', currentKeys().hashKey).update(text).digest()
}

/** What the screen shows until it is opened with a reason. */
export function maskName(name: string | null): string {
  if (!name) return '未填'
  const [first = '', ...rest] = [...name]
  return first + '○'.repeat(Math.min(Math.max(rest.length, 1), 2))
}

export function maskEmail(email: string | null): string {
  if (!email) return '未填'
  const [local = '', domain = ''] = email.split('@')
  return `${local.slice(0, 1)}•••@${domain.slice(0, 1)}•••`
}

export function maskPhone(phone: string | null): string {
  return phone ? `${phone.slice(0, 2)}••••${phone.slice(-2)}` : '未填'
}

export function maskAddress(address: string | null): string {
  const township = address?.match(/^.{0,3}?[縣市].{1,3}[鄉鎮市區]/)?.[0]
  return address ? `${township ?? ''}○○○` : '未填'
}
