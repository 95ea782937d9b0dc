import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { serialize } from 'node:v8'
import type { ReportDocument } from './model.ts'

const secondsMax = 60

let last: Promise<unknown> = Promise.resolve()

/**
 * The report as a tagged PDF (PDF/UA-1), all fonts embedded. Rejects when it cannot be laid out; takes about a second.
 * `baseUrl` (such as https://windlion.example) makes figures clickable; empty leaves them as text.
 * Set in a process of its own, one report at a time: fonts and layout take some 300 MB that the service must not keep.
 */
export function renderPdf(document: ReportDocument, { baseUrl = '' }: { baseUrl?: string } = {}): Promise<Buffer> {
  const made = last.then(() => makePdf(document, baseUrl))
  last = made.catch(() => undefined)
  return made
}

async function makePdf(document: ReportDocument, baseUrl: string): Promise<Buffer> {
  // Node reads TypeScript without help here: nothing that the process imports is more than types and plain code.
  const path = fileURLToPath(new URL('./pdf/process.ts', import.meta.url))
  const child = spawn(process.execPath, [path], { stdio: ['pipe', 'pipe', 'pipe'], env: { NODE_NO_WARNINGS: '1' } })
  const output: Buffer[] = []
  const errors: Buffer[] = []
  child.stdout.on('data', (part: Buffer) => output.push(part))
  child.stderr.on('data', (part: Buffer) => errors.push(part))
  child.stdin.on('error', () => undefined) // a process that died says why on its standard error
  const timer = setTimeout(() => child.kill('SIGKILL'), secondsMax * 1000)
  try {
    child.stdin.end(serialize({ document, baseUrl }))
    const [code] = (await once(child, 'close')) as [number | null]
    if (code === 0) return Buffer.concat(output)
    const why = Buffer.concat(errors).toString('utf8').slice(-2000)
    throw new Error(code === null ? `the report was not set within ${secondsMax} seconds` : `the report could not be set as PDF: ${why}`)
  } finally {
    clearTimeout(timer)
  }
}
