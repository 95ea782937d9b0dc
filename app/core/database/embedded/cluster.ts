import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { appendFileSync, chownSync, closeSync, existsSync, lstatSync, openSync, readdirSync, readFileSync, readlinkSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CannotRun, explain, readLogFrom } from './faults.ts'
import type { Owner } from './place.ts'
import { findSocketFolder } from './socket-folder.ts'

/** A PostgreSQL cluster of our own in `folder`: its files in `cluster/`, its log in `postgres.log`. */
export type Cluster = {
  folder: string
  owner: Owner
  /** folder with `initdb` and `postgres`, 15 or later */
  bin: string
  /** server settings over those of postgresql.conf */
  settings?: Record<string, string>
}

export type Running = { pid: number; socketFolder: string }

const filesOf = (cluster: Cluster) => join(cluster.folder, 'cluster')
const logOf = (cluster: Cluster) => join(cluster.folder, 'postgres.log')

export const hasFiles = (cluster: Cluster) => existsSync(join(filesOf(cluster), 'PG_VERSION'))

/** Creates the files, whole or not at all: UTF-8, code-point order whatever the machine's libraries, ICU collations beside it. */
export function createFiles(cluster: Cluster): void {
  const files = filesOf(cluster)
  for (const each of readdirSync(cluster.folder)) if (each.startsWith('cluster.new')) rmSync(join(cluster.folder, each), { recursive: true })
  const unfinished = `${files}.new`
  const password = writePassword(cluster)
  try {
    const locale = majorOf(cluster) >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : []
    const attempts = ['C.UTF-8', 'C'].map((name) => () => runInitdb(cluster, unfinished, password, [`--locale=${name}`, ...locale]))
    const output = attempts[0]!()
    if (/invalid locale/.test(output)) attempts[1]!() // a machine without glibc's C.UTF-8
    appendFileSync(join(unfinished, 'postgresql.conf'), configuration)
    renameSync(password, join(unfinished, 'windlion.password'))
    renameSync(unfinished, files)
  } catch (cause) {
    throw explain(cluster.folder, cause, (cause as Error).message)
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
    rmSync(password, { force: true })
  }
}

function runInitdb(cluster: Cluster, files: string, password: string, more: string[]): string {
  const options = ['-D', files, '--username=windlion', `--pwfile=${password}`, '--auth-local=scram-sha-256', '--auth-host=scram-sha-256', '--encoding=UTF8', '--no-instructions', ...more]
  if (cluster.settings?.fsync === 'off') options.push('--no-sync')
  const { status, stdout, stderr, error } = spawnSync(join(cluster.bin, 'initdb'), options, { ...cluster.owner, cwd: cluster.folder, encoding: 'utf8', env: cleanEnvironment() })
  if (error) throw error
  const output = `${stdout}\n${stderr}`
  if (status !== 0 && !/invalid locale/.test(output)) throw new Error(output)
  return output
}

/** A random password, readable by the owner alone: other users of the machine cannot use the socket even if they reach it. */
function writePassword(cluster: Cluster): string {
  const path = join(cluster.folder, 'cluster.new.password')
  writeFileSync(path, randomBytes(24).toString('base64url'), { mode: 0o600 })
  if (cluster.owner) chownSync(path, cluster.owner.uid, cluster.owner.gid)
  return path
}

/** For two cores and a few gigabytes; operators may change it, the file is theirs. */
const configuration = `
# Windlion: for a machine of two cores; edit freely, then restart the service
shared_buffers = 128MB
work_mem = 8MB
maintenance_work_mem = 128MB
random_page_cost = 1.1        # solid-state disks
jit = off                     # short queries would wait for the compiler
log_min_error_statement = panic   # statements and details carry personal data
log_error_verbosity = terse
log_line_prefix = '%m [%p] '
`

/** The server of this cluster if it runs, whoever started it; waits while it is stopping. */
export async function findRunning(cluster: Cluster): Promise<Running | null> {
  for (;;) {
    const note = readPidFile(cluster)
    if (!note || !isServerOf(cluster, note.pid)) return null
    if (note.status === 'ready') return { pid: note.pid, socketFolder: note.socketFolder }
    await sleep(10)
  }
}

/** Starts the server (none may run: see findRunning) and waits until it takes connections. */
export async function startServer(cluster: Cluster, log: (line: string) => void = () => {}): Promise<Running> {
  const logFile = openLog(cluster)
  const logStart = statSync(logOf(cluster)).size
  try {
    const socketFolder = await findSocketFolder(cluster.folder, cluster.owner)
    disownPidFile(cluster)
    const settings = { unix_socket_directories: socketFolder, listen_addresses: '', ...cluster.settings }
    const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    // detached: Ctrl-C in the terminal is for the service, which then stops the database in good order
    const server = spawn(join(cluster.bin, 'postgres'), ['-D', filesOf(cluster), ...options], { ...cluster.owner, cwd: filesOf(cluster), detached: true, stdio: ['ignore', logFile, logFile], env: cleanEnvironment() })
    const ended = new Promise<Error>((resolve) => {
      server.once('error', resolve)
      server.once('exit', (code, signal) => resolve(new Error(`postgres ended with ${signal ?? code}`)))
    })
    server.unref()
    return await untilReady(cluster, server.pid, ended, socketFolder, log)
  } catch (cause) {
    throw explain(cluster.folder, cause, readLogFrom(logOf(cluster), logStart))
  } finally {
    closeSync(logFile)
  }
}

async function untilReady(cluster: Cluster, pid: number | undefined, ended: Promise<Error>, socketFolder: string, log: (line: string) => void): Promise<Running> {
  let failure: Error | null = null
  void ended.then((cause) => (failure = cause))
  for (let waited = 0; ; waited += 5) {
    await sleep(5)
    if (failure) throw failure
    const note = readPidFile(cluster)
    if (pid && note?.pid === pid && note.status === 'ready') return { pid, socketFolder }
    if (waited === 5000) log('資料庫正在從上次的中斷復原，請稍候')
    if (waited > 600_000) throw new CannotRun(`資料庫 10 分鐘仍未就緒：請看 ${logOf(cluster)}，稍後再試。`)
  }
}

/** Ends the server in good order (PostgreSQL's fast shutdown) and waits until it is gone. */
export async function stopServer(cluster: Cluster, running: Running): Promise<void> {
  if (!isServerOf(cluster, running.pid)) return
  process.kill(running.pid, 'SIGINT')
  for (let waited = 0; isServerOf(cluster, running.pid); waited += 5) {
    await sleep(5)
    if (waited > 120_000) throw new CannotRun(`資料庫（程序 ${running.pid}）2 分鐘仍未停止：請看 ${logOf(cluster)}。`)
  }
  if (!running.socketFolder.startsWith(cluster.folder)) rmSync(running.socketFolder, { recursive: true, force: true })
}

/** Address of a database of this cluster; only who may read the cluster's files learns the password. */
export function urlOf(cluster: Cluster, running: Running, database: string): string {
  const password = readFileSync(join(filesOf(cluster), 'windlion.password'), 'utf8')
  return `postgresql://windlion:${password}@${encodeURIComponent(running.socketFolder)}/${database}`
}

type PidFile = { pid: number; socketFolder: string; status: string }

/** postmaster.pid: pid, data folder, start, port, socket folder, listen address, shared memory, status. */
function readPidFile(cluster: Cluster): PidFile | null {
  try {
    const lines = readFileSync(join(filesOf(cluster), 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), socketFolder: lines[4] ?? '', status: (lines[7] ?? '').trim() }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw explain(cluster.folder, cause)
  }
}

/** Whether that process is the server of this very cluster; pids are reused, and copied folders carry another's pid. */
function isServerOf(cluster: Cluster, pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres') && readlinkSync(`/proc/${pid}/cwd`) === realpathSync(filesOf(cluster))
  } catch {
    return false
  }
}

/**
 * PostgreSQL refuses to start while any process has the pid of a server that died, even one that has nothing to do
 * with it. The pid is replaced by one that cannot exist; the rest stays, so that PostgreSQL still finds children of
 * the dead server by its shared memory.
 */
function disownPidFile(cluster: Cluster): void {
  const path = join(filesOf(cluster), 'postmaster.pid')
  if (!lstatSync(path, { throwIfNoEntry: false })) return
  const lines = readFileSync(path, 'utf8').split('\n')
  if (isServerOf(cluster, Number(lines[0]))) return
  writeFileSync(path, ['2147483646', ...lines.slice(1)].join('\n'))
}

function openLog(cluster: Cluster): number {
  const path = logOf(cluster)
  try {
    if (existsSync(path) && statSync(path).size > 5_000_000) renameSync(path, `${path}.1`)
    const file = openSync(path, 'a', 0o600)
    if (cluster.owner) chownSync(path, cluster.owner.uid, cluster.owner.gid)
    return file
  } catch (cause) {
    throw explain(cluster.folder, cause)
  }
}

/** PG* variables of the operator's shell must not reach our server. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', TZ: 'UTC' }
}

function majorOf(cluster: Cluster): number {
  const { stdout, error } = spawnSync(join(cluster.bin, 'postgres'), ['--version'], { ...cluster.owner, encoding: 'utf8', cwd: cluster.folder })
  if (error) throw error
  return Number(/\d+/.exec(stdout)?.[0])
}
