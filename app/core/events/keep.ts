import type { Db } from '../db.ts'
import { latestCheckpoint, signCheckpoint } from './checkpoints.ts'
import { sealEvents } from './seal.ts'

const sealEveryMs = 1_000
/** What was done within it could still be denied to somebody who kept the checkpoint before. */
const signEveryMs = 60_000

/** Seals every second, one at a time (after a large import those that wait for each other would take every connection), and signs the head every minute in which something happened. Returns how to stop. */
export function keepRecord(db: Db, onFault: (error: unknown) => void): () => void {
  let signedAt = 0
  let busy = false
  const once = async () => {
    const size = await sealEvents(db)
    if (Date.now() - signedAt < signEveryMs) return
    signedAt = Date.now()
    if ((await latestCheckpoint(db))?.size !== size) await signCheckpoint(db)
  }
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    void once().catch(onFault).finally(() => (busy = false))
  }, sealEveryMs)
  return () => clearInterval(timer)
}
