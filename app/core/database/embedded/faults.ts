import { readFileSync, statfsSync } from 'node:fs'
import { WrongUse } from '../../errors.ts'

/** The database cannot run here, said in one sentence that tells the operator what to do; commands end with exit code 2. */
export class CannotRun extends WrongUse {
  override name = 'CannotRun'
  constructor(message: string, cause?: unknown) {
    super(message)
    this.cause = cause
  }
}

/** Turns whatever went wrong with the database in `folder` into one sentence; `output` is what PostgreSQL printed. */
export function explain(folder: string, cause: unknown, output = ''): CannotRun {
  if (cause instanceof CannotRun) return cause
  const text = `${(cause as NodeJS.ErrnoException | undefined)?.code ?? ''} ${(cause as Error | undefined)?.message ?? ''} ${output}`
  const known = sentences.find(([pattern]) => pattern.test(text))
  return new CannotRun(known ? known[1](folder) : unknownFault(folder, cause, output), cause)
}

const sentences: [RegExp, (folder: string) => string][] = [
  [/ENOSPC|No space left on device|EDQUOT|Disk quota exceeded/, (folder) => `磁碟空間不足：${folder} 所在的磁碟只剩 ${freeMegabytes(folder)} MB，請騰出至少 500 MB 後再執行一次；已存的資料沒有遺失。`],
  [/EROFS|Read-only file system/, (folder) => `資料夾 ${folder} 在唯讀的磁碟上：請用環境變數 WINDLION_DATA 指定可寫入的資料夾。`],
  [/ENOTDIR|EEXIST.*mkdir/, (folder) => `${folder} 不是資料夾：請移開同名的檔案，或用環境變數 WINDLION_DATA 指定另一個資料夾。`],
  [/could not look up effective user ID|user does not exist/, () => '目前的使用者沒有登記在 /etc/passwd，內建資料庫無法建立：請改用有帳號的使用者執行，或用 DATABASE_URL 指定 PostgreSQL 伺服器。'],
  [/EACCES|EPERM|Permission denied|has wrong ownership|has invalid permissions/, (folder) => `沒有權限使用資料夾 ${folder}：請改由擁有它的使用者執行，或用環境變數 WINDLION_DATA 指定您可寫入的資料夾。`],
  [/ENOENT.*(postgres|initdb)|error while loading shared libraries|cannot execute|EBADARCH|ENOEXEC/, () => '這台機器無法執行內建資料庫的程式：請刪除 node_modules 後再執行 npm start；若仍不行，請用 DATABASE_URL 指定 PostgreSQL 15 以上的伺服器。'],
  [/was initialized by PostgreSQL version|database files are incompatible/, (folder) => `${folder} 是另一版 PostgreSQL 建立的：請用原來的版本執行 bin/windlion backup，再以這一版 restore。`],
  [/ENOMEM|Cannot allocate memory|could not map anonymous shared memory/, () => '記憶體不足，內建資料庫無法啟動：請關閉其他程式，留出至少 512 MB 後再執行一次。'],
  [/Address already in use|could not create any Unix-domain sockets|could not bind Unix address/, (folder) => `內建資料庫無法在 ${folder} 建立連線通道：請確認這個磁碟支援 Unix socket，或用環境變數 WINDLION_DATA 指定本機磁碟上的資料夾。`],
]

function unknownFault(folder: string, cause: unknown, output: string): string {
  const line = output.split('\n').findLast((each) => /FATAL|PANIC|ERROR|error:/.test(each)) ?? (cause as Error | undefined)?.message ?? ''
  return `內建資料庫無法啟動（${line.trim()}）：詳細紀錄在 ${folder}/postgres.log，請把它交給資訊人員。`
}

function freeMegabytes(folder: string): number {
  try {
    const disk = statfsSync(folder)
    return Math.floor((disk.bavail * disk.bsize) / 1_048_576)
  } catch {
    return 0
  }
}

/** What was added to a log since `offset`, at most the last 64 KB. */
export function readLogFrom(path: string, offset: number): string {
  try {
    return readFileSync(path).subarray(offset).subarray(-65_536).toString('utf8')
  } catch {
    return ''
  }
}
