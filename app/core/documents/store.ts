import { createHash, randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, stat, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Generated } from 'kysely'
import type { Tx } from '../db.ts'
import { openContent, sealContent, sizeAtRest } from './at-rest.ts'
import { lockContent } from './lock.ts'

declare module '../db.ts' {
  interface Tables {
    documents: { id: Generated<number>; sha256: Buffer; size: number; media_type: string; stored_at: Generated<Date> }
    case_documents: CaseDocumentTable
  }
}

export interface CaseDocumentTable {
  id: Generated<number>
  case_id: number
  document_id: number
  name: string
  kind: string
  version: Generated<number>
  replaces_id: number | null
  added_at: Generated<Date>
  added_by: number | null
}

let folder: string | null = null

/** Where contents lie: `<data>/documents/ab/abcdef…`. Call once at start. */
export function useDocumentFolder(path: string): void {
  folder = path
}

export function documentPath(sha256: string): string {
  if (!folder) throw new Error('document folder is not set')
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('not a content hash')
  return join(folder, sha256.slice(0, 2), sha256)
}

/**
 * Writes the content, encrypted (at-rest.ts), under its hash (whole and synced before it gets its name, so that a crash leaves no
 * half file) and gives its row's id. The same content twice is stored once.
 */
export async function storeDocument(tx: Tx, bytes: Uint8Array, mediaType: string): Promise<{ id: number; sha256: string }> {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await lockContent(tx, sha256, 'shared') // nobody forgets it meanwhile
  await keepContent(sha256, bytes)
  const row = await tx
    .insertInto('documents')
    .values({ sha256: Buffer.from(sha256, 'hex'), size: bytes.byteLength, media_type: mediaType })
    .onConflict((conflict) => conflict.column('sha256').doUpdateSet({ media_type: (eb) => eb.ref('documents.media_type') }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id: row.id, sha256 }
}

async function keepContent(sha256: string, bytes: Uint8Array): Promise<void> {
  const there = await stat(documentPath(sha256)).catch(() => null)
  if (there?.size !== sizeAtRest(bytes)) await writeContent(sha256, bytes)
}

/** Puts the content under its name, encrypted with the current key, in the place of what is there. */
export async function writeContent(sha256: string, bytes: Uint8Array): Promise<void> {
  const path = documentPath(sha256)
  await mkdir(dirname(path), { recursive: true })
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  try {
    const file = await open(draft, 'wx', 0o600)
    try {
      await file.writeFile(sealContent(sha256, bytes))
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
  } catch (error) {
    await unlink(draft).catch(() => {})
    throw error
  }
}

/** The content; a fault when it is missing or is no longer what its name says. */
export async function readDocument(sha256: string): Promise<Buffer> {
  const bytes = openContent(sha256, await readFile(documentPath(sha256)))
  if (!bytes) throw new Error(`document ${sha256} was changed on disk`)
  return bytes
}

/** Puts a document beside a case. The same name of the same kind again becomes its next version. */
export async function attachDocument(
  tx: Tx,
  to: { caseId: number; documentId: number; name: string; kind: string; personId?: number | null },
): Promise<number> {
  const earlier = await tx
    .selectFrom('case_documents')
    .select(['id', 'version', 'document_id'])
    .where('case_id', '=', to.caseId)
    .where('kind', '=', to.kind)
    .where('name', '=', to.name)
    .orderBy('version', 'desc')
    .executeTakeFirst()
  if (earlier?.document_id === to.documentId) return earlier.id
  const added = await tx
    .insertInto('case_documents')
    .values({
      case_id: to.caseId,
      document_id: to.documentId,
      name: to.name,
      kind: to.kind,
      version: (earlier?.version ?? 0) + 1,
      replaces_id: earlier?.id ?? null,
      added_by: to.personId ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return added.id
}
