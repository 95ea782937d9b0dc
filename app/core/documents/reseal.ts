import { type Db, type Reader, write } from '../db.ts'
import { headAtRest, keyVersionAtRest } from './at-rest.ts'
import { lockContent } from './lock.ts'
import { documentPath, readDocument, writeContent } from './store.ts'

/** How many documents lie under which key version. Looks into every file: for the operator, not for a page. */
export async function documentsUnderKeys(reader: Reader): Promise<Map<number, number>> {
  const counts = new Map<number, number>()
  for (const { sha256 } of await reader.selectFrom('documents').select('sha256').execute()) {
    const version = await versionOf(sha256.toString('hex'))
    if (version) counts.set(version, (counts.get(version) ?? 0) + 1)
  }
  return counts
}

/** Encrypts with the current key what lies under another or under none; gives how many. Whoever reads meanwhile gets the old file or the new one. */
export async function resealDocuments(db: Db, current: number): Promise<number> {
  let resealed = 0
  for (const { id, sha256 } of await db.selectFrom('documents').select(['id', 'sha256']).orderBy('id').execute()) {
    const name = sha256.toString('hex')
    const version = await versionOf(name)
    if (version === current || version === undefined) continue
    resealed += await write(db, async (tx) => {
      await lockContent(tx, name, 'shared') // nobody forgets it meanwhile
      if (!(await tx.selectFrom('documents').select('id').where('id', '=', id).executeTakeFirst())) return 0
      await writeContent(name, await readDocument(name))
      return 1
    })
  }
  return resealed
}

/** null: not encrypted; undefined: no such file, which `verify` tells. */
async function versionOf(sha256: string): Promise<number | null | undefined> {
  const head = await headAtRest(documentPath(sha256))
  return head ? keyVersionAtRest(head) : undefined
}
