import { fileURLToPath } from 'node:url'
import { serialize } from 'node:v8'
import { answerOf } from '../../own-process.ts'
import type { Paper } from './paper.ts'

let last: Promise<unknown> = Promise.resolve()

/** The paper as a tagged PDF (PDF/UA-1), all fonts embedded; takes about a second, one at a time, in a process of its own: fonts and layout take memory that the service must not keep. */
export function paperPdf(paper: Paper): Promise<Buffer> {
  const made = last.then(() => answerOf(fileURLToPath(new URL('./pdf-process.ts', import.meta.url)), serialize(paper)))
  last = made.catch(() => undefined)
  return made
}
