import { resolve } from 'node:path'
import { readConfig } from '../config.ts'
import { dropOldBases, keepArchive } from '../core/database/archive.ts'
import { WrongUse } from '../core/errors.ts'
import { readOptions } from './options.ts'

export const usage = `封存資料夾裡有 wal（交易日誌，隨時寫入）、base（基礎備份，每次執行做一份）、documents（檔案）。第一次執行後服務要重新啟動一次，再執行一次。
以後每晚執行；之後可用 bin/windlion restore 封存資料夾 --until 時刻 回到任何時刻。`

/** `archive DIR [--keep 14]`: keeps the embedded database's logs in the folder and copies the cluster there; the service may go on running. */
export async function archiveCommand(args: string[]): Promise<number> {
  const { words, given } = readOptions(args, { keep: 'text' })
  if (words.length !== 1) throw new WrongUse('請給一個資料夾：bin/windlion archive 資料夾 [--keep 份數]')
  const keep = given.keep === undefined ? null : Number(given.keep)
  if (keep !== null && !(Number.isInteger(keep) && keep > 0)) throw new WrongUse(`--keep 的「${given.keep}」不是份數，例如 --keep 14`)
  const { databaseUrl, dataFolder } = readConfig()
  if (databaseUrl) throw new WrongUse('DATABASE_URL 的資料庫由它的管理人員封存：做法在 docs/operations.md「To a point in time」')
  const folder = resolve(words[0]!)
  const base = await keepArchive(dataFolder, folder)
  if (!base) {
    process.stderr.write('封存已設定，資料庫重新啟動後才生效：請停止服務、重新啟動，再執行一次這個指令做基礎備份\n')
    return 1
  }
  const dropped = keep === null ? 0 : await dropOldBases(folder, keep)
  process.stdout.write(`基礎備份 ${base.name} 已做完；從 ${base.endedAt} 起可以回到任何時刻${dropped ? `；較舊的 ${dropped} 份已刪除` : ''}\n`)
  process.stdout.write('金鑰不在封存資料夾裡：請用 bin/windlion backup --keys 另外保管\n')
  return 0
}
