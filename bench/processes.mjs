// What bin/bench.mjs starts: programs run to their end, and servers that it stops again.
import { execFile, spawn } from 'node:child_process'
import { promisify } from 'node:util'

const stops = []

/** Runs a program; returns what it printed. Fails with its last words. */
export async function run(command, args, { env = {}, timeoutSeconds = 1800, mayFail = false } = {}) {
  try {
    const { stdout } = await promisify(execFile)(command, args, { env: { ...process.env, ...env }, timeout: timeoutSeconds * 1000, maxBuffer: 64 * 1024 * 1024 })
    return stdout
  } catch (cause) {
    if (mayFail) return cause.stdout ?? ''
    throw new Error(`${command} ${args.slice(0, 3).join(' ')}: ${(cause.stderr || cause.message).trim().split('\n').slice(-4).join(' / ')}`, { cause })
  }
}

/** Starts a server and waits until it prints `ready`; returns its process and what it printed. Stopped by `stopAll`. */
export async function start(command, args, { env = {}, ready, timeoutSeconds = 120 }) {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] })
  stops.push(() => stop(child))
  let printed = ''
  await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${command} is not ready after ${timeoutSeconds} s: ${printed.slice(-300)}`)), timeoutSeconds * 1000)
    const read = (chunk) => {
      printed += chunk
      if (ready.test(printed)) resolve(clearTimeout(late))
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('error', reject)
    child.once('exit', () => reject(new Error(`${command} ended: ${printed.slice(-300)}`)))
  })
  return { child, printed }
}

function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return null
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.stdin.end()
  child.kill('SIGTERM')
  const hard = setTimeout(() => child.kill('SIGKILL'), 10_000)
  return ended.then(() => clearTimeout(hard))
}

/** Stops what was started, the last one first. */
export async function stopAll() {
  for (let next = stops.pop(); next; next = stops.pop()) await next()
}
