import { unlink } from 'node:fs/promises'
import { type Db, type Tx, write } from '../db.ts'
import { defineJob, later } from '../jobs/jobs.ts'
import { lockContent } from './lock.ts'
import { documentPath } from './store.ts'

type Forgotten = { id: number; sha256: string }

/**
 * Takes documents away after commit, row and content, where nothing else refers to them: for filings that were never
 * sent or never confirmed. The caller has removed its own references.
 */
export async function forgetDocuments(tx: Tx, ids: number[]): Promise<void> {
  if (!ids.length) return
  const rows = await tx.selectFrom('documents').select(['id', 'sha256']).where('id', 'in', ids).execute()
  const documents = rows.map((row) => ({ id: row.id, sha256: row.sha256.toString('hex') }))
  if (documents.length) await later(tx, forgetting, { documents })
}

export const forgetting = defineJob<{ documents: Forgotten[] }>({
  name: 'documents.forget',
  as: 'system',
  title: '刪除不再需要的檔案',
  run: async (db, { documents }) => {
    for (const one of documents) await forget(db, one)
  },
})

async function forget(db: Db, { id, sha256 }: Forgotten): Promise<void> {
  const kept = await write(db, (tx) => tx.deleteFrom('documents').where('id', '=', id).execute()).then(
    () => false,
    (error: { code?: string }) => {
      if (error.code === foreignKeyViolation) return true // a case has the same content
      throw error
    },
  )
  if (kept) return
  // Somebody may store the same content just now: they hold this lock until their row is there.
  await write(db, async (tx) => {
    await lockContent(tx, sha256, 'alone')
    const again = await tx.selectFrom('documents').select('id').where('sha256', '=', Buffer.from(sha256, 'hex')).executeTakeFirst()
    if (again) return
    await unlink(documentPath(sha256)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
    })
  })
}

const foreignKeyViolation = '23503'
