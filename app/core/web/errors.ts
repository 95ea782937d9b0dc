import { NotAllowed, NotFound, ProofNeeded, SignInNeeded } from '../errors.ts'

/** The one map from what was thrown to HTTP and to a sentence. */
export type Problem = { status: number; title: string; message: string }

const databaseGone = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', '57P01', '57P02', '57P03', '08006', '08003', '08001'])
const diskFull = new Set(['ENOSPC', 'EDQUOT', '53100'])

export function problemOf(error: unknown): Problem {
  if (error instanceof NotFound) return { status: 404, title: '找不到', message: error.message }
  if (error instanceof NotAllowed) return { status: 403, title: '沒有權限', message: `${error.message}。需要的話請洽單位主管或系統管理人員。` }
  if (error instanceof SignInNeeded) return { status: 401, title: '請先登入', message: '登入後就能繼續。' }
  if (error instanceof ProofNeeded) return { status: 403, title: '請再確認是您本人', message: '這件事要先再確認一次身分：請在瀏覽器登入後從頁面上做。' }
  const codes = [...causes(error)].map(codeOf)
  if (codes.some((code) => diskFull.has(code))) return { status: 507, title: '儲存空間已滿', message: '剛才的內容沒有存下來，請先複製保留，並通知資訊人員清出空間後再試。' }
  if (codes.some((code) => databaseGone.has(code)) || /Connection terminated|timeout exceeded when trying to connect/.test(String((error as Error)?.message)))
    return { status: 503, title: '資料庫暫時連不上', message: '剛才的內容沒有存下來，請稍候一分鐘再送一次；已受理的案件都還在。' }
  const status = (error as { statusCode?: number }).statusCode
  if (status === 429) return { status, title: '送得太快了', message: '請過一分鐘再試。' }
  if (status === 413) return { status, title: '內容太大', message: '檔案合計請在 40 MB 以內，分次補充也可以。' }
  if (status && status >= 400 && status < 500) return { status, title: '這個要求無法處理', message: '網址或送出的內容不正確，請回上一頁再試。' }
  return { status: 500, title: '系統發生問題', message: '剛才的動作沒有完成，內容沒有存下來。請稍後再試；若一再發生，請告訴資訊人員下面的編號。' }
}

/** A missing file is a fault of ours; only a missing socket is a database out of reach. */
function codeOf(error: unknown): string {
  const { code = '', syscall } = error as NodeJS.ErrnoException
  return code === 'ENOENT' && syscall !== 'connect' ? '' : code
}

export function* causes(error: unknown): Generator<unknown> {
  for (let one = error; one; one = (one as Error).cause) yield one
}
