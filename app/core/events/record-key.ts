import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type SigningKey, signingKey } from './note.ts'

let current: SigningKey | null = null

/** The process's key; a fault where none was loaded. */
export function recordKey(): SigningKey {
  if (!current) throw new Error('the record key is not loaded')
  return current
}

export function useRecordKey(key: SigningKey): void {
  current = key
}

const pathIn = (dataFolder: string) => join(dataFolder, 'keys', 'record.json')

type KeyFile = { origin: string; privateKey: string }

/** A key and the name it has for ever: the office's public host, else one that nobody else has. */
function makeKey(origin: string): KeyFile {
  return { origin, privateKey: generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64') }
}

/** Reads (or on the first start makes) `keys/record.json` in the data folder, with which checkpoints are signed. Call once at start. */
export async function loadRecordKey(dataFolder: string, publicUrl?: string): Promise<void> {
  await mkdir(join(dataFolder, 'keys'), { recursive: true, mode: 0o700 })
  try {
    const file = await open(pathIn(dataFolder), 'wx', 0o600) // two starters at once: only one makes it
    await file.writeFile(JSON.stringify(makeKey(publicUrl ? `${new URL(publicUrl).host}/windlion` : `windlion.invalid/${randomBytes(6).toString('hex')}`)) + '\n')
    await file.sync()
    await file.close()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  await readRecordKey(dataFolder)
}

async function readRecordKey(dataFolder: string): Promise<KeyFile> {
  const stored = JSON.parse(await readFile(pathIn(dataFolder), 'utf8')) as KeyFile
  useRecordKey(signingKey(stored.origin, stored.privateKey))
  return stored
}

/** A new key under the same name. Checkpoints signed before stay good: their key is in `record_keys`. */
export async function renewRecordKey(dataFolder: string): Promise<void> {
  const { origin } = await readRecordKey(dataFolder)
  const draft = `${pathIn(dataFolder)}.new`
  await writeFile(draft, JSON.stringify(makeKey(origin)) + '\n', { mode: 0o600, flush: true })
  await rename(draft, pathIn(dataFolder))
  await readRecordKey(dataFolder)
}
