import { createHash } from 'node:crypto'
import { chmodSync, chownSync, lstatSync, mkdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { CannotRun } from './faults.ts'
import type { Owner } from './place.ts'

/** sun_path holds 108 bytes with its closing zero; PostgreSQL adds /.s.PGSQL.5432 */
const pathBytesMax = 107 - '/.s.PGSQL.5432'.length

/**
 * A folder for the server's socket that only its owner (and root) can enter: in the cluster's folder, or below /tmp
 * where that path is too long or its disk cannot hold sockets. Leftovers of a server that died are removed.
 */
export async function findSocketFolder(folder: string, owner: Owner): Promise<string> {
  for (const candidate of [join(folder, 'socket'), join('/tmp', `windlion-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`)]) {
    if (!isPlain(candidate) || !makePrivate(candidate, owner)) continue
    for (const name of ['.s.PGSQL.5432', '.s.PGSQL.5432.lock']) rmSync(join(candidate, name), { force: true })
    if (await holdsSockets(candidate)) return candidate
  }
  throw new CannotRun(`無法在 ${folder} 或 /tmp 建立資料庫的連線通道：請確認 /tmp 可寫入，或用 WINDLION_DATA 指定路徑較短的資料夾。`)
}

/** Short enough, and free of the signs that PostgreSQL's list of folders or a URL would read as its own. */
function isPlain(path: string): boolean {
  return Buffer.byteLength(path) <= pathBytesMax && /^[\w./-]+$/.test(path)
}

function makePrivate(folder: string, owner: Owner): boolean {
  const uid = owner?.uid ?? process.getuid?.()
  try {
    mkdirSync(folder, { mode: 0o700 })
    if (owner) chownSync(folder, owner.uid, owner.gid)
    chmodSync(folder, 0o700)
    return true
  } catch (cause) {
    const found = lstatSync(folder, { throwIfNoEntry: false })
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST' || !found) return false
    return found.isDirectory() && found.uid === uid && (found.mode & 0o077) === 0 // /tmp is everybody's
  }
}

function holdsSockets(folder: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(join(folder, 'probe'), () => probe.close(() => resolve(true)))
  })
}
