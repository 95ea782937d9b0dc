import { WrongUse } from '../errors.ts'

/** The server of DATABASE_URL cannot be used: one sentence that says what to do. Other faults are returned as they are. */
export function explainServer(url: string, cause: unknown): unknown {
  const { code, message } = cause as { code?: string; message?: string }
  const known = sentences.find(([pattern]) => pattern.test(`${code} ${message}`))
  if (!known) return cause
  const { host, pathname } = new URL(url)
  const fault = new WrongUse(`${known[1](`${decodeURIComponent(host)}${pathname}`)}`)
  fault.cause = cause
  return fault
}

const sentences: [RegExp, (place: string) => string][] = [
  [/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ECONNRESET|ENOENT|57P03|08\w+) |timeout exceeded|Connection terminated/, (place) => `連不上 DATABASE_URL 指定的資料庫 ${place}：請確認伺服器已啟動、主機與埠正確、防火牆放行。`],
  [/^(28P01|28000) /, (place) => `資料庫 ${place} 不接受 DATABASE_URL 裡的帳號或密碼：請向資料庫管理人員確認。`],
  [/^3D000 /, (place) => `伺服器上沒有 DATABASE_URL 指定的資料庫 ${place}：請先建立它（create database … encoding 'UTF8'）。`],
  [/^42501 /, (place) => `DATABASE_URL 的帳號在 ${place} 權限不足：它必須能建立結構（schema）與角色，請請資料庫管理人員授權。`],
  [/^53300 /, (place) => `資料庫 ${place} 的連線數已滿：請稍後再試，或請資料庫管理人員提高 max_connections。`],
]
