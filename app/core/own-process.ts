import { spawn } from 'node:child_process'
import { once } from 'node:events'

const secondsMax = 60

/**
 * What a script writes to its standard output when it is given the input: for work that takes memory the service must not keep.
 * Node reads its TypeScript without help, so nothing that it imports may be more than types and plain code. Rejects with what
 * it said on its standard error, or after a minute.
 */
export async function answerOf(path: string, input: Uint8Array): Promise<Buffer> {
  const child = spawn(process.execPath, [path], { stdio: ['pipe', 'pipe', 'pipe'], env: { NODE_NO_WARNINGS: '1' } })
  const output: Buffer[] = []
  const errors: Buffer[] = []
  child.stdout.on('data', (part: Buffer) => output.push(part))
  child.stderr.on('data', (part: Buffer) => errors.push(part))
  child.stdin.on('error', () => undefined) // a process that died says why on its standard error
  const timer = setTimeout(() => child.kill('SIGKILL'), secondsMax * 1000)
  try {
    child.stdin.end(input)
    const [code] = (await once(child, 'close')) as [number | null]
    if (code === 0) return Buffer.concat(output)
    throw new Error(code === null ? `not done within ${secondsMax} seconds` : Buffer.concat(errors).toString('utf8').slice(-2000))
  } finally {
    clearTimeout(timer)
  }
}
