import { WrongUse } from './core/errors.ts'
import { problemOf } from './core/web/errors.ts'

/** Ends a command with one plain sentence on standard error. Exit code 2: wrong use, or it cannot run. */
export function fail(error: unknown): never {
  const problem = problemOf(error)
  const { message } = error as Error
  // a visitor's sentence for a lost connection speaks of what was typed
  const sentence = error instanceof WrongUse || problem.status === 500 ? message : problem.status === 503 ? `資料庫暫時連不上（${message}）：請看它有沒有在執行，稍後再試一次` : problem.message
  process.stderr.write(`${sentence}\n`)
  if (process.env.WINDLION_LOG === 'debug') process.stderr.write(`${(error as Error).stack}\n`)
  process.exit(2)
}
