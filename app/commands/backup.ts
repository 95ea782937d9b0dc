import { resolve } from 'node:path'
import { readConfig } from '../config.ts'
import { backUp, checkBackup, readBackupNote, restoreTables } from '../core/database/backup.ts'
import { keysPlace, removeRestoredFiles, restoreFiles } from '../core/database/backup-files.ts'
import { returnTo } from '../core/database/return.ts'
import { noteOperation } from '../core/operation/operations.ts'
import { prepareEverydayRole } from '../core/database/everyday-role.ts'
import { connect } from '../core/db.ts'
import { WrongUse } from '../core/errors.ts'
import { checkpointOf, sealEvents } from '../core/events/seal.ts'
import { treeSize } from '../core/events/tree.ts'
import { sendWaiting } from '../core/jobs/waiting.ts'
import { needInstant, readOptions } from './options.ts'
import { onSystem } from './system.ts'

/** `backup DIR [--keys DIR]`: the service may go on running. */
export async function backupCommand(args: string[]): Promise<number> {
  const { folder, keys } = placesOf(args, 'backup')
  return onSystem(async ({ db }) => {
    const note = await backUp(db, readConfig().dataFolder, folder, keys)
    const rows = Object.values(note.rows).reduce((sum, count) => sum + count, 0)
    await noteOperation(db, 'backup', true, { rows, documents: note.documents, checkpoint: note.checkpoint })
    process.stdout.write(`已備份 ${Object.keys(note.rows).length} 張表、${rows} 列、${note.documents} 個檔案，檢核點 ${note.checkpoint}\n`)
    process.stdout.write(`金鑰另存在 ${keys}：請移到別處，和備份分開保管；還原時以 --keys 指定。沒有金鑰，備份裡的個人資料無法解讀\n`)
    return 0
  })
}

/** `restore DIR [--keys DIR]` into an empty data folder (and, with DATABASE_URL, an empty database); of an archive also `--until INSTANT`. */
export async function restoreCommand(args: string[]): Promise<number> {
  if (args.some((arg) => arg.startsWith('--until'))) return restoreUntil(args)
  const { folder, keys } = placesOf(args, 'restore')
  const note = await readBackupNote(folder)
  await checkBackup(folder, note)
  const { dataFolder } = readConfig()
  await restoreFiles(dataFolder, folder, keys)
  return onSystem(async ({ db, ownerUrl }) => {
    const owner = connect(ownerUrl, { max: 2 })
    try {
      await restoreTables(owner.db, folder, note).catch(async (error) => {
        await removeRestoredFiles(dataFolder) // nothing half there; the next try finds the folder free
        throw error
      })
      await prepareEverydayRole(owner.db)
    } finally {
      await owner.close()
    }
    await sendWaiting(db, note.jobs ?? [])
    await sealEvents(db)
    const head = await checkpointOf(db, Number(note.checkpoint.split(':')[0]))
    await noteOperation(db, 'restore', head === note.checkpoint, { madeAt: note.madeAt, checkpoint: note.checkpoint })
    if (head !== note.checkpoint) {
      process.stderr.write(`檢核點不符：備份時 ${note.checkpoint}，還原後 ${head}。請以 verify 查明\n`)
      return 1
    }
    process.stdout.write(`已還原 ${note.madeAt} 的備份，檢核點 ${note.checkpoint} 相符。建議再執行 bin/windlion verify\n`)
    return 0
  })
}

/** `restore ARCHIVE --until INSTANT [--keys DIR]`: the embedded database as it stood then; `--until latest`: as late as the logs go. */
async function restoreUntil(args: string[]): Promise<number> {
  const { words, given } = readOptions(args, { keys: 'text', until: 'text' })
  if (words.length !== 1 || !given.until) throw new WrongUse('請給封存資料夾和時刻：bin/windlion restore 封存資料夾 --until 2026-11-28T14:05+08:00 [--keys 放金鑰的資料夾]')
  const folder = resolve(words[0]!)
  const until = given.until === 'latest' ? null : needInstant(given.until, '--until')
  const { databaseUrl, dataFolder } = readConfig()
  if (databaseUrl) throw new WrongUse('DATABASE_URL 的資料庫由它的管理人員還原到時刻：做法在 docs/operations.md「To a point in time」')
  await restoreFiles(dataFolder, folder, keysPlace(folder, given.keys))
  const base = await returnTo(dataFolder, folder, until).catch(async (error: unknown) => {
    await removeRestoredFiles(dataFolder)
    throw error
  })
  return onSystem(async ({ db }) => {
    await sealEvents(db)
    const checkpoint = await checkpointOf(db, await treeSize(db))
    await noteOperation(db, 'restore', true, { until: until?.toISOString() ?? 'latest', base: base.name, checkpoint })
    process.stdout.write(`已回到 ${until?.toISOString() ?? '日誌最後的地方'}（基礎備份 ${base.name}），檢核點 ${checkpoint}。請執行 bin/windlion verify；那時還沒寄出的信會在服務啟動後寄出\n`)
    return 0
  })
}

function placesOf(args: string[], command: string): { folder: string; keys: string } {
  const { words, given } = readOptions(args, { keys: 'text' })
  if (words.length !== 1) throw new WrongUse(`請給一個資料夾：bin/windlion ${command} 資料夾 [--keys 放金鑰的資料夾]`)
  return { folder: words[0]!, keys: keysPlace(words[0]!, given.keys) }
}
