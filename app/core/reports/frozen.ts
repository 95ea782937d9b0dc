import { createHash } from 'node:crypto'
import { readDocument } from '../documents/store.ts'
import { type Block, chapters, type Picture, type ReportDocument } from './document/model.ts'

/** The printed report as JSON: pictures by hash instead of content, instants as ISO text. */
export function freeze(document: ReportDocument): unknown {
  return JSON.parse(JSON.stringify(document, (key, value: unknown) => (key === 'bytes' ? undefined : value)))
}

/** The other way. `pictures: 'by-address'` leaves their content out, for pages that show them by their address. */
export async function thaw(frozen: unknown, pictures: 'with-content' | 'by-address'): Promise<ReportDocument> {
  const document = JSON.parse(JSON.stringify(frozen), (key, value: unknown) => (instants.has(key) && typeof value === 'string' ? new Date(value) : value)) as ReportDocument
  const blocks = chapters(document).flatMap((section) => section.blocks)
  for (const block of blocks) {
    if (block.type !== 'picture') continue
    block.picture.bytes = pictures === 'with-content' ? await readDocument(block.picture.sha256) : new Uint8Array()
    if (pictures === 'with-content') block.picture.url = null
  }
  return document
}

const instants = new Set(['asOf', 'issuedAt', 'at'])

export function picturesOf(document: ReportDocument): Picture[] {
  const isPicture = (block: Block) => block.type === 'picture'
  return chapters(document).flatMap((section) => section.blocks.filter(isPicture).map((block) => block.picture))
}

/** One line for the same data, whatever order its keys came back in from the database. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, each]) => each !== undefined).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join()}}`
}

export const digestOf = (...parts: unknown[]): Buffer => createHash('sha256').update(canonical(parts), 'utf8').digest()
