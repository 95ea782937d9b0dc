import type { Db } from '../db.ts'
import { defineJob } from '../jobs/jobs.ts'
import { folderState, noteFolderFault } from './folder-state.ts'
import { fetchMailbox, type ImapAccount, type ImapResult } from './imap.ts'

export type FetchedFolder = {
  account: ImapAccount
  /** the account without its password, as the console shows it */
  name: string
  bytesMax: number
  take(raw: Buffer, receivedAt: Date | null): Promise<void>
}

let folder: FetchedFolder | null = null

/** The folder to fetch from; null: none. Call once at start, before working on jobs. */
export function fetchFrom(given: FetchedFolder | null): void {
  folder = given
  if (given) fetchMailJob.every = '* * * * *'
  else delete fetchMailJob.every
}

/**
 * Takes new letters every minute. A server that cannot be reached is no failed job: the next minute tries again, and the
 * console shows the folder with its fault until it works.
 */
export const fetchMailJob = defineJob<object>({ name: 'mail.fetch', as: 'mailroom', title: '收取信箱的信', retries: 0, keepDays: 2, run: fetchNow })

async function fetchNow(db: Db): Promise<void> {
  if (!folder) return
  const { account, name, bytesMax, take } = folder
  try {
    const result = await fetchMailbox(account, { state: folderState(db, name), letterBytesMax: bytesMax, onLetter: (raw, letter) => take(raw, letter.receivedAt) })
    const fault = faultOf(result)
    if (fault) await noteFolderFault(db, name, fault)
  } catch (error) {
    await noteFolderFault(db, name, error instanceof Error ? error.message : String(error))
  }
}

function faultOf({ failed, tooLarge }: ImapResult): string | null {
  const parts = [
    failed.length > 0 && `${failed.length} 封信還沒有收下，下一分鐘再試（${failed[0]!.error.message}）`,
    tooLarge.length > 0 && `${tooLarge.length} 封信太大，留在信箱裡，請人工處理`,
  ]
  return parts.filter(Boolean).join('；') || null
}
