import { fileURLToPath } from 'node:url'
import { serialize } from 'node:v8'
import type { ReportDocument } from './model.ts'
import { answerOf } from '../../own-process.ts'

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

function makePdf(document: ReportDocument, baseUrl: string): Promise<Buffer> {
  const answer = answerOf(fileURLToPath(new URL('./pdf/process.ts', import.meta.url)), serialize({ document, baseUrl }))
  return answer.catch((error: unknown) => {
    throw new Error('the report could not be set as PDF', { cause: error })
  })
}
