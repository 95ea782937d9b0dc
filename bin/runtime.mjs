// What start.mjs and test.mjs share. Plain JavaScript that Node 18 runs: it works before anything is installed.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')

const pinnedNode = join(root, `node_modules/node-linux-${process.arch}/bin/node`)

/** The Node that the project pins; on a machine it is not packed for, the one we run on. */
export const node = () => (existsSync(pinnedNode) ? pinnedNode : process.execPath)

/** The pinned Node first in PATH, for everything we run after the installation. */
export function environment(more = {}) {
  return { ...process.env, PATH: `${dirname(pinnedNode)}:${process.env.PATH}`, TSX_TSCONFIG_PATH: join(root, 'tsconfig.json'), ...more }
}

/** A step that failed, in a sentence that says what to do; `output` is what the program printed. */
export class StepFailed extends Error {
  constructor(message, output = '') {
    super(message)
    this.output = output
  }
}

/** Prints what is being done and for how long, and at the end how long it took. */
export async function step(title, work) {
  const started = Date.now()
  const seconds = () => ((Date.now() - started) / 1000).toFixed(1)
  const live = process.stdout.isTTY
  process.stdout.write(live ? `${title} …` : `${title} …\n`)
  const ticking = live && setInterval(() => process.stdout.write(`\r${title} … ${Math.round(seconds())} 秒`), 1000)
  try {
    const result = await work()
    process.stdout.write(live ? `\r${title} … 完成（${seconds()} 秒）\n` : `${title}：完成（${seconds()} 秒）\n`)
    return result
  } catch (cause) {
    process.stdout.write(live ? `\r${title} … 未完成（${seconds()} 秒）\n` : `${title}：未完成（${seconds()} 秒）\n`)
    throw cause
  } finally {
    if (ticking) clearInterval(ticking)
  }
}

/** Runs a program to its end. `show` lets it print; otherwise its output is returned. */
export function run(command, args, { env = environment(), show = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env, stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout?.on('data', (chunk) => (output += chunk))
    child.stderr?.on('data', (chunk) => (output += chunk))
    const forward = (signal) => child.kill(signal)
    process.on('SIGTERM', forward)
    child.once('error', (cause) => resolve({ code: 127, output: String(cause) }))
    child.once('close', (code, signal) => {
      process.off('SIGTERM', forward)
      resolve({ code: code ?? (signal ? 1 : 0), output })
    })
  })
}

/** Installs what package-lock.json names, when something of it is missing or another version. */
export async function install(title = '安裝套件（第一次約一至兩分鐘）') {
  if (isInstalled()) return
  await step(title, async () => {
    // npm leaves out optional packages that ask for a newer Node than the one it runs on: with an old one it runs
    // a second time, on the pinned Node that the first time brought
    const first = await runNpm(process.env.npm_node_execpath ?? process.execPath)
    const last = first.code === 0 && !isInstalled() && existsSync(pinnedNode) ? await runNpm(pinnedNode) : first
    if (last.code !== 0) throw new StepFailed(explainInstall(last.output), last.output)
    if (!isInstalled()) throw new StepFailed('安裝沒有錯誤訊息，但仍缺少套件：請刪除 node_modules 後再執行一次。', last.output)
  })
}

function runNpm(nodePath) {
  // Development packages too: vite and sass build the pages. No package needs a script of its own. Not `npm ci`: it refuses
  // a lock file that lacks the packages of other platforms, and it takes away the files of a service that is running.
  const args = ['install', '--no-save', '--include=dev', '--include=optional', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const script = npmScript()
  return script ? run(nodePath, [script, ...args], { env: process.env }) : run('npm', args, { env: process.env })
}

function npmScript() {
  const candidates = [process.env.npm_execpath, ...(process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'npm'))]
  const found = candidates.find((path) => path && existsSync(path))
  return found && /\.[cm]?js$/.test(realpathSync(found)) ? realpathSync(found) : null
}

function explainInstall(output) {
  if (/ENOSPC|EDQUOT/.test(output)) return '磁碟空間不足，套件裝不下：請騰出至少 2 GB 後再執行一次。'
  if (/EACCES|EPERM|EROFS/.test(output)) return `沒有權限寫入 ${root}：請改由擁有這個資料夾的使用者執行。`
  if (/ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|CERT|Exit handler never called|network/i.test(output)) return '連不上 npm 套件庫：請檢查網路或代理伺服器（npm config set proxy …）後再執行一次。'
  if (/127|ENOENT.*npm/.test(output.slice(0, 200))) return '找不到 npm：請安裝 Node.js 18 以上（內含 npm）後再執行一次。'
  return '安裝套件失敗，以下是 npm 的訊息：請依它修正後再執行一次。'
}

/** Compares what npm wrote down after its last installation with what is asked for now. */
export function isInstalled() {
  const wanted = readPackages('package-lock.json')
  const present = readPackages('node_modules/.package-lock.json')
  if (!wanted || !present) return false
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.link) return true
    const found = present[path]
    return found ? found.version === entry.version && found.integrity === entry.integrity : Boolean(entry.optional) && !isForHere(entry)
  })
}

/** Whether an optional package is meant for this machine. */
function isForHere({ os, cpu, libc }) {
  const fits = (list, here) => !list || list.includes(here)
  return Boolean(os ?? cpu) && fits(os, process.platform) && fits(cpu, process.arch) && (!libc || libc.includes(libcHere()))
}

function libcHere() {
  process.report.excludeNetwork = true // its look-ups of names take a third of a second
  return process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl'
}

function readPackages(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), 'utf8')).packages
  } catch {
    return null
  }
}

/** Builds the browser's style and script, when a source is newer than the last build. */
export async function build(title = '建置網頁的樣式與程式') {
  const manifest = join(root, 'public/build/.vite/manifest.json')
  const builtAt = existsSync(manifest) ? statSync(manifest).mtimeMs : 0
  if (builtAt > newest(['app/client', 'app/ui', 'vite.config.ts', 'package-lock.json'])) return
  await step(title, async () => {
    const { code, output } = await run(node(), ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'])
    if (code !== 0) throw new StepFailed(/ENOSPC/.test(output) ? '磁碟空間不足，網頁無法建置：請騰出空間後再執行一次。' : '網頁的樣式與程式建置失敗，以下是建置工具的訊息。', output)
  })
}

function newest(paths) {
  return Math.max(0, ...paths.map((path) => {
    const full = join(root, path)
    if (!existsSync(full)) return 0
    const entry = statSync(full)
    return entry.isDirectory() ? Math.max(entry.mtimeMs, newest(readdirSync(full).map((name) => join(path, name)))) : entry.mtimeMs
  }))
}

/** Says what went wrong on standard error and ends with the code "cannot run". */
export function giveUp(cause) {
  if (!(cause instanceof StepFailed)) throw cause
  if (cause.output) process.stderr.write(`${cause.output.trim().split('\n').slice(-30).join('\n')}\n\n`)
  process.stderr.write(`${cause.message}\n`)
  process.exit(2)
}
