import type { Db } from '../db.ts'
import type { ImapState } from './imap.ts'

/** Where a fetched folder's progress is kept, to hand to fetchMailbox. `name` is the account's own, such as mayor@host/INBOX. */
export function folderState(db: Db, name: string): { get(): Promise<ImapState | null>; put(state: ImapState): Promise<void> } {
  return {
    async get() {
      const row = await db.selectFrom('mail_folders').select('state').where('name', '=', name).executeTakeFirst()
      return row?.state ?? null
    },
    async put(state) {
      const value = JSON.stringify(state) as never
      await db
        .insertInto('mail_folders')
        .values({ name, state: value, looked_at: new Date(), last_error: null })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ state: value, looked_at: new Date(), last_error: null }))
        .execute()
    },
  }
}

/** For the console: that the last look failed, and why. */
export async function noteFolderFault(db: Db, name: string, error: string): Promise<void> {
  const lastError = error.slice(0, 500)
  await db
    .insertInto('mail_folders')
    .values({ name, state: null, looked_at: null, last_error: lastError })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ last_error: lastError }))
    .execute()
}

export async function listFolders(db: Db): Promise<{ name: string; lookedAt: Date | null; lastError: string | null; waiting: number }[]> {
  const rows = await db.selectFrom('mail_folders').selectAll().orderBy('name').execute()
  return rows.map((row) => ({ name: row.name, lookedAt: row.looked_at, lastError: row.last_error, waiting: row.state?.failed.length ?? 0 }))
}
