import { readConfig } from '../config.ts'
import { backUp, readBackupNote, removeRestoredFiles, restoreFiles, restoreTables } from '../core/database/backup.ts'
import { WrongUse } from '../core/errors.ts'
import { checkpoint } from '../core/events/seal.ts'
import { readOptions } from './options.ts'
import { onSystem } from './system.ts'

/** `backup DIR`: the service may go on running. */
export async function backupCommand(args: string[]): Promise<number> {
  const folder = folderOf(args, 'backup')
  return onSystem(async ({ db }) => {
    const note = await backUp(db, readConfig().dataFolder, folder)
    const rows = Object.values(note.rows).reduce((sum, count) => sum + count, 0)
    process.stdout.write(`已備份 ${Object.keys(note.rows).length} 張表、${rows} 列，檢核點 ${note.checkpoint}\n`)
    process.stdout.write(`個資金鑰在 ${folder}/keys：請和其餘的備份分開保管\n`)
    return 0
  })
}

/** `restore DIR` into an empty data folder (and, with DATABASE_URL, an empty database). */
export async function restoreCommand(args: string[]): Promise<number> {
  const folder = folderOf(args, 'restore')
  const note = await readBackupNote(folder)
  await restoreFiles(readConfig().dataFolder, folder)
  return onSystem(async ({ db }) => {
    await restoreTables(db, folder, note).catch(async (error) => {
      await removeRestoredFiles(readConfig().dataFolder) // nothing half there; the next try finds the folder free
      throw error
    })
    const head = await checkpoint(db)
    if (head !== note.checkpoint) {
      process.stderr.write(`檢核點不符：備份時 ${note.checkpoint}，還原後 ${head}。請以 verify 查明\n`)
      return 1
    }
    process.stdout.write(`已還原，檢核點 ${head} 相符。建議再執行 bin/windlion verify\n`)
    return 0
  })
}

function folderOf(args: string[], command: string): string {
  const { words } = readOptions(args, {})
  if (words.length !== 1) throw new WrongUse(`請給一個資料夾：bin/windlion ${command} 資料夾`)
  return words[0]!
}
