import { createHash } from 'node:crypto'
import { constants, createReadStream } from 'node:fs'
import { copyFile, cp, mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { headAtRest } from '../documents/at-rest.ts'
import { WrongUse } from '../errors.ts'

export async function makeEmpty(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if ((await readdir(folder)).length) throw new WrongUse(`${folder} 不是空的資料夾：請換一個，備份不覆蓋既有的檔案`)
}

/** Contents lie under their hash and are only added, forgotten or encrypted anew with another key, so they can be copied while the service runs. */
export async function copyDocuments(from: string, to: string, hashes?: Set<string>): Promise<void> {
  for (const hash of hashes ?? (await storedHashes(from))) {
    const [source, target] = [from, to].map((folder) => join(folder, hash.slice(0, 2), hash)) as [string, string]
    if (await sameFile(source, target)) continue
    await mkdir(dirname(target), { recursive: true })
    await copyFile(source, target, constants.COPYFILE_FICLONE).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'ENOENT') throw cause
      if (hashes) throw new WrongUse(`檔案 ${hash.slice(0, 12)}… 在備份時不見了：請再備份一次，若仍如此請執行 bin/windlion verify`)
    })
  }
}

/** Of files of one name the first bytes tell, with the key's version and what is drawn anew each time, whether they are the same. */
async function sameFile(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([headAtRest(one), headAtRest(other)])
  return second !== null && (first === null || first.equals(second))
}

/** What was forgotten while the copy was being made goes from the copy too. */
export async function dropOtherDocuments(folder: string, hashes: Set<string>): Promise<void> {
  for (const hash of await storedHashes(folder)) if (!hashes.has(hash)) await rm(join(folder, hash.slice(0, 2), hash))
}

async function storedHashes(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => [] as string[])
  return names.flatMap((name) => /^[0-9a-f]{2}\/([0-9a-f]{64})$/.exec(name)?.[1] ?? [])
}

export async function fileHash(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

/** Keys go to a place of their own: a backup that is lost or sold opens nothing without them. */
export async function copyKeys(dataFolder: string, to: string): Promise<void> {
  await cp(join(dataFolder, 'keys'), to, { recursive: true })
}

/** Beside the backup unless another place is named. */
export const keysPlace = (folder: string, given?: string): string => given ?? `${folder.replace(/\/+$/, '')}.keys`

/** Documents of the backup and the keys kept apart, before the database is opened with them. Refuses to overwrite. */
export async function restoreFiles(dataFolder: string, folder: string, keys: string): Promise<void> {
  const there = await readdir(dataFolder).catch(() => [] as string[])
  const taken = there.filter((name) => ['documents', 'keys'].includes(name))
  if (taken.length) throw new WrongUse(`${dataFolder} 已有資料（${taken.join('、')}）：還原不覆蓋，請以 WINDLION_DATA 指定新的資料夾`)
  const kept = await readFile(join(keys, 'personal-data.json')).catch(() => null)
  if (!kept) throw new WrongUse(`還原需要和備份分開保管的金鑰，${keys} 裡沒有：請以 --keys 指定放金鑰的資料夾。沒有金鑰，個人資料無法解讀`)
  await mkdir(dataFolder, { recursive: true })
  await cp(keys, join(dataFolder, 'keys'), { recursive: true })
  await cp(join(folder, 'documents'), join(dataFolder, 'documents'), { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
}

/** Takes back what `restoreFiles` laid down, when the tables could not be restored. */
export async function removeRestoredFiles(dataFolder: string): Promise<void> {
  for (const part of ['documents', 'keys']) await rm(join(dataFolder, part), { recursive: true, force: true })
}
