import { WrongUse } from './core/errors.ts'
import { problemOf } from './core/web/errors.ts'

/** Ends a command with one plain sentence on standard error. Exit code 2: wrong use, or it cannot run. */
export function fail(error: unknown): never {
  const problem = problemOf(error)
  const sentence = error instanceof WrongUse || problem.status === 500 ? (error as Error).message : problem.message
  process.stderr.write(`${sentence}\n`)
  if (process.env.WINDLION_LOG === 'debug') process.stderr.write(`${(error as Error).stack}\n`)
  process.exit(2)
}
