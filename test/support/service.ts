import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'
import { openDatabase } from '../../app/core/database/embedded.ts'
import { ensureBuilt } from '../../app/ui/showcase/browser.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** data folder of the demonstration county, which is being loaded; each file of journeys works on a copy (office.ts) */
    model: string
  }
}

/** Loads the demonstration county once, as an office's first start does. Does not wait: files that need no county run meanwhile. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeAbandoned()
  await ensureBuilt()
  const model = makeDataFolder()
  project.provide('model', model)
  const loading = loadModel(model)
  return async () => {
    await loading
    await removeDataFolder(model)
  }
}

async function loadModel(model: string): Promise<void> {
  try {
    const service = await startService({ dataFolder: model })
    await promisify(execFile)(process.execPath, ['--import', 'tsx', 'test/support/write-personal-strings.ts', model], { cwd: project, env: { ...process.env, TSX_TSCONFIG_PATH: join(project, 'tsconfig.json') } })
    await service.stop()
    writeFileSync(join(model, modelNotes.loaded), '')
  } catch (cause) {
    writeFileSync(join(model, modelNotes.failed), String((cause as Error).stack))
  }
}

/** Files in the model's folder that tell how its loading ended, and what identifies its people. */
export const modelNotes = { loaded: 'loaded', failed: 'failed', people: 'people.json' }

export type Service = {
  url: string
  pid: number
  /** what it printed so far */
  output(): string
  /** Ends it as an operator would (SIGTERM) and waits. */
  stop(): Promise<void>
  /** kill -9, and waits until it is gone. */
  kill(): Promise<void>
}

const project = fileURLToPath(new URL('../..', import.meta.url))
const windlion = join(project, 'bin/windlion')

/** `bin/windlion serve` on a free port. Resolves once it answers; throws what it printed when it ends before. */
export async function startService({ dataFolder, env = {} }: { dataFolder: string; env?: Record<string, string> }): Promise<Service> {
  const child = spawn(windlion, ['serve'], { env: commandEnvironment(dataFolder, { PORT: '0', ...env }), stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      printed += chunk
      const address = /民眾入口　(\S+)[\s\S]*停止請按/.exec(printed)?.[1]
      if (address) resolve(address)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    // the whole of it is there for the test that looks for personal data
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => appendFileSync(logOf(dataFolder), chunk))
    child.once('error', reject)
    child.once('close', (code, signal) => reject(new Error(`bin/windlion serve ended (${signal ?? code}):\n${printed}`)))
  })
  return { url, pid: child.pid!, output: () => printed, stop: () => end(child, 'SIGTERM'), kill: () => end(child, 'SIGKILL') }
}

/** What the services of a data folder printed. */
export const logOf = (dataFolder: string) => join(dataFolder, 'service.log')

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
}

/** Any other command of the operator, on this data folder. Never throws: the exit code is part of the answer. */
export function runCommand(args: string[], { dataFolder, env = {} }: { dataFolder: string; env?: Record<string, string> }): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(windlion, args, { env: commandEnvironment(dataFolder, env), stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk))
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, stdout, stderr }))
  })
}

/** Nothing of the developer's own settings reaches the service. */
function commandEnvironment(dataFolder: string, more: Record<string, string>): Record<string, string> {
  const { PATH = '', HOME = '', LANG = 'C.UTF-8' } = process.env
  return { PATH, HOME, LANG, TMPDIR: tmpdir(), WINDLION_DATA: dataFolder, ...more }
}

const prefix = 'windlion-journeys-'

/** A new data folder. The database's user can enter it, so that nothing is left elsewhere. */
export function makeDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), prefix))
  chmodSync(folder, 0o755)
  writeFileSync(join(folder, 'test-run'), String(process.pid))
  return folder
}

/** Stops the database that a killed service left running there, then removes the folder. */
export async function removeDataFolder(folder: string): Promise<void> {
  if (existsSync(join(folder, 'postgres'))) await (await openDatabase({ dataDir: folder })).close()
  rmSync(folder, { recursive: true, force: true })
}

/** A run that was killed leaves its folder and database behind; the next one clears them away. */
async function removeAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith(prefix))) {
    const folder = join(tmpdir(), name)
    try {
      if (!existsSync(`/proc/${readFileSync(join(folder, 'test-run'), 'utf8')}`)) await removeDataFolder(folder)
    } catch {
      // another user's, or being made or removed at this very moment
    }
  }
}
