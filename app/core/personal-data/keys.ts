import { randomBytes } from 'node:crypto'
import { chmodSync, closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { WrongUse } from '../errors.ts'
import { type KeyWrapper, plainly } from './key-wrapper.ts'

/**
 * The keys of personal data. A ring of versions: the newest one seals and hashes, older ones still open and find what they made,
 * until nothing uses them. Each version has a key for sealing and one for keyed hashes, which may be retired apart.
 */
export type PersonalDataKey = { version: number; cipherKey: Buffer | null; hashKey: Buffer | null; /** null: made before keys had a day */ since: Date | null }
export type KeyRing = { current: number; keys: Map<number, PersonalDataKey> }

type StoredKey = { version: number; since?: string; cipherKey: string | null; hashKey: string | null }
type KeyFile = { wrapped: boolean; current: number; keys: StoredKey[] }

let ring: KeyRing | null = null
let place: { path: string; wrapper: KeyWrapper; seen: string } | null = null

/**
 * Reads (or on the first start makes) `keys/personal-data.json` in the data folder, outside the database and the repository,
 * readable by its owner only. With a `wrapper` the keys in it are encrypted by something outside (a KMS, a card, a passphrase).
 * Call once at start. WrongUse when the file cannot be read or unwrapped.
 */
export function loadPersonalDataKeys(dataFolder: string, wrapper: KeyWrapper = plainly): void {
  const folder = join(dataFolder, 'keys')
  mkdirSync(dataFolder, { recursive: true }) // its own mode: the database's user must be able to pass
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  place = { path: join(folder, 'personal-data.json'), wrapper, seen: '' }
  if (!statSync(place.path, { throwIfNoEntry: false })) createFile(place.path, wrapper)
  reloadKeys()
}

/** The ring as the file has it now: another process may have added a key. Cheap when the file has not changed. */
export function reloadKeys(): KeyRing {
  if (!place) return currentRing()
  const { mtimeMs, size, ino } = statSync(place.path)
  const seen = `${mtimeMs} ${size} ${ino}`
  if (ring && place.seen === seen) return ring
  ring = readRing(place.path, place.wrapper)
  place.seen = seen
  return ring
}

export function currentRing(): KeyRing {
  if (!ring) throw new Error('personal data keys are not loaded')
  return ring
}

/** Keys without a file: for tests. */
export function useKeys(...keys: (Omit<PersonalDataKey, 'since'> & { since?: Date })[]): void {
  place = null
  ring = { current: Math.max(...keys.map((key) => key.version)), keys: new Map(keys.map((key) => [key.version, { since: null, ...key }])) }
}

/** A key of that version, or null; looks into the file once more before it says so. */
export function keyOf(version: number): PersonalDataKey | null {
  return currentRing().keys.get(version) ?? (place ? reloadKeys().keys.get(version) ?? null : null)
}

/** Adds a version, which everything is sealed with from now on. The caller holds the lock of `rotation.ts`. */
export function addKey(now: Date): PersonalDataKey {
  const before = place ? reloadKeys() : currentRing()
  const key = { version: Math.max(...before.keys.keys()) + 1, cipherKey: randomBytes(32), hashKey: randomBytes(32), since: now }
  saveRing({ current: key.version, keys: new Map([...before.keys, [key.version, key]]) })
  return key
}

/** Forgets a key for good, or the half of it that nothing uses. Never the current one. */
export function forgetKey(version: number, part: 'cipherKey' | 'hashKey'): void {
  const before = place ? reloadKeys() : currentRing()
  const key = before.keys.get(version)
  if (!key || version === before.current) throw new RangeError(`key version ${version} is in use`)
  const keys = new Map(before.keys)
  const left = { ...key, [part]: null }
  if (left.cipherKey || left.hashKey) keys.set(version, left)
  else keys.delete(version)
  saveRing({ ...before, keys })
}

/** Writes the file again as the wrapper now in use wants it: after WINDLION_KEYS_COMMAND was set, changed or taken away. */
export function wrapAgain(): void {
  saveRing(place ? reloadKeys() : currentRing())
}

function saveRing(next: KeyRing): void {
  if (place) {
    writeWhole(place.path, keyFile(next, place.wrapper))
    place.seen = ''
  }
  ring = next
}

function createFile(path: string, wrapper: KeyWrapper): void {
  const key = { version: 1, cipherKey: randomBytes(32), hashKey: randomBytes(32), since: new Date() }
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  writeWhole(draft, keyFile({ current: 1, keys: new Map([[1, key]]) }, wrapper))
  try {
    linkSync(draft, path) // two starters at once: only one makes it
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    unlinkSync(draft)
  }
}

/** Whole and synced before it gets its name: a crash leaves the old file or the new one. */
function writeWhole(path: string, text: string): void {
  const draft = `${path}.new`
  const file = openSync(draft, 'w', 0o600)
  writeFileSync(file, text)
  fsyncSync(file)
  closeSync(file)
  chmodSync(draft, 0o600)
  renameSync(draft, path)
}

function keyFile({ current, keys }: KeyRing, wrapper: KeyWrapper): string {
  const store = (key: Buffer | null) => key && wrapper.wrap(key).toString('base64')
  const stored: StoredKey[] = [...keys.values()].map(({ version, since, cipherKey, hashKey }) => ({ version, ...(since ? { since: since.toISOString() } : {}), cipherKey: store(cipherKey), hashKey: store(hashKey) }))
  return JSON.stringify({ wrapped: wrapper !== plainly, current, keys: stored } satisfies KeyFile, null, 1) + '\n'
}

function readRing(path: string, wrapper: KeyWrapper): KeyRing {
  const stored = JSON.parse(readFileSync(path, 'utf8')) as KeyFile | StoredKey
  const file: KeyFile = 'keys' in stored ? stored : { wrapped: false, current: stored.version, keys: [stored] } // the form of before: one key
  if (file.wrapped && wrapper === plainly) throw new WrongUse(`個人資料的金鑰檔 ${path} 由外部金鑰服務保護：請設定 WINDLION_KEYS_COMMAND`)
  const open = (text: string | null) => {
    if (text === null) return null
    const bytes = Buffer.from(text, 'base64')
    const key = file.wrapped ? wrapper.unwrap(bytes) : bytes
    if (key.length !== 32) throw new WrongUse(`個人資料的金鑰檔 ${path} 內容不正確：請從備份取回`)
    return key
  }
  const keys = file.keys.map(({ version, since, cipherKey, hashKey }) => ({ version, since: since ? new Date(since) : null, cipherKey: open(cipherKey), hashKey: open(hashKey) }))
  return { current: file.current, keys: new Map(keys.map((key) => [key.version, key])) }
}
