import { createHash } from 'node:crypto'
import { accessSync, chmodSync, constants, chownSync, existsSync, mkdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CannotRun, explain } from './faults.ts'

/** The user PostgreSQL runs as; null is the user of this process. */
export type Owner = { uid: number; gid: number } | null

/** Where a data folder's database lives. `folder` exists and belongs to `owner`. */
export type Place = { folder: string; owner: Owner }

/** Root cannot run PostgreSQL; this unprivileged user exists on every Linux. */
const nobody = { uid: 65534, gid: 65534 }

/** Tried in this order when the unprivileged user cannot enter the data folder. */
const publicFolders = ['/var/lib/windlion', '/srv/windlion', '/opt/windlion']

/**
 * Decides where the database of `dataDir` lives: in its folder `postgres`, or, where root's unprivileged user
 * cannot reach that (below /root), in /var/lib/windlion/<hash of the data folder>, which `postgres.json` in the data folder names.
 * A data folder moved later keeps its database; a copied one is refused, since two folders cannot share one.
 */
export function findPlace(dataDir: string, isRoot = process.getuid?.() === 0): Place {
  const home = makeDataFolder(dataDir)
  const inside = join(home, 'postgres')
  const elsewhere = readPointer(home)
  if (elsewhere) return { folder: checkPointer(home, elsewhere), owner: isRoot ? ownerOf(elsewhere) : null }
  if (!isRoot) return { folder: makeOwn(inside, null), owner: null }
  if (existsSync(join(inside, 'cluster'))) return { folder: inside, owner: ownerOf(inside) }
  const owner = suitableOwner(home)
  if (canEnter(home, owner)) return { folder: makeOwn(inside, owner), owner }
  return placeElsewhere(home)
}

/** The data folder's real path; throws CannotRun when it cannot be made or written to. */
export function makeDataFolder(dataDir: string): string {
  try {
    mkdirSync(dataDir, { recursive: true })
    accessSync(dataDir, constants.W_OK | constants.X_OK)
    return realpathSync(dataDir)
  } catch (cause) {
    throw explain(dataDir, cause)
  }
}

/** Whether `owner` may pass through every folder down to `path`, by their mode bits. */
export function canEnter(path: string, owner: Owner): boolean {
  if (!owner) return true
  const { mode, uid, gid } = statSync(path)
  const bit = uid === owner.uid ? 0o100 : gid === owner.gid ? 0o010 : 0o001
  if (!(mode & bit)) return false
  return path === '/' || canEnter(dirname(path), owner)
}

function placeElsewhere(home: string): Place {
  const folder = makeNamed(createHash('sha256').update(home).digest('hex').slice(0, 16))
  chownSync(folder, nobody.uid, nobody.gid)
  writeFileSync(join(folder, 'data-folder'), home)
  try {
    writeFileSync(pointerOf(home), JSON.stringify({ location: folder }), { flag: 'wx' })
    return { folder, owner: nobody }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
    rmSync(folder, { recursive: true }) // another process was faster: theirs counts
    return findPlace(home, true)
  }
}

/** A new folder of that name; one that is already there belonged to a data folder since deleted, and is left alone. */
function makeNamed(name: string): string {
  const root = publicFolders.find((each) => canMake(each))
  if (!root) throw new CannotRun(`內建資料庫不能放在只有 root 可進入的資料夾，而 ${publicFolders.join('、')} 都無法寫入：請用環境變數 WINDLION_DATA 指定一般使用者進得去的資料夾。`)
  for (let count = 1; ; count++) {
    const folder = join(root, count === 1 ? name : `${name}-${count}`)
    try {
      mkdirSync(folder, { mode: 0o700 })
      return folder
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
    }
  }
}

function canMake(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 })
    chmodSync(folder, 0o755) // whatever the umask
    return canEnter(folder, nobody)
  } catch {
    return false
  }
}

const pointerOf = (home: string) => join(home, 'postgres.json')

function readPointer(home: string): string | null {
  try {
    return (JSON.parse(readFileSync(pointerOf(home), 'utf8')) as { location: string }).location
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new CannotRun(`${pointerOf(home)} 讀不到或已損壞，不知道資料庫在哪裡：請還原這個檔案，或改用新的資料夾（WINDLION_DATA）。`, cause)
  }
}

function checkPointer(home: string, folder: string): string {
  const record = join(folder, 'data-folder')
  let former: string
  try {
    former = readFileSync(record, 'utf8')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EACCES') throw new CannotRun(`這個資料夾的資料庫在 ${folder}，只有 root 進得去：請以 root 執行，或用 WINDLION_DATA 指定自己的資料夾。`, cause)
    throw new CannotRun(`這個資料夾的資料庫應在 ${folder}，但已經不見：請用 bin/windlion restore 從備份還原到新的資料夾；若要從空白重新開始，請刪除 ${pointerOf(home)}。`, cause)
  }
  if (former === home) return folder
  if (existsSync(pointerOf(former)) && readPointer(former) === folder) {
    throw new CannotRun(`${home} 是從 ${former} 複製來的，而資料庫仍屬於 ${former}：請用 bin/windlion backup 與 restore 複製資料。`)
  }
  writeFileSync(record, home)
  return folder
}

function makeOwn(folder: string, owner: Owner): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (owner) chownSync(folder, owner.uid, owner.gid)
  return folder
}

function ownerOf(folder: string): Owner {
  const { uid, gid } = statSync(folder)
  return uid === 0 ? nobody : { uid, gid }
}

/** Root working in another user's folder runs the database as that user, so that they can go on with it alone. */
function suitableOwner(home: string): { uid: number; gid: number } {
  const { uid } = statSync(home)
  const parent = statSync(dirname(home)).uid
  return registeredUser(uid) ?? (uid === 0 ? registeredUser(parent) : null) ?? nobody
}

function registeredUser(uid: number): { uid: number; gid: number } | null {
  if (uid === 0) return null
  const line = readFileSync('/etc/passwd', 'utf8').split('\n').find((each) => each.split(':')[2] === String(uid))
  return line ? { uid, gid: Number(line.split(':')[3]) } : null
}
