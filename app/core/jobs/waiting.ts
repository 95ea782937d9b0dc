import { sql } from 'kysely'
import type { Db, Reader } from '../db.ts'
import { declaredJobs, openJobs } from './jobs.ts'

/** A job not done yet, as a backup keeps it: whatever version of the job tables made it. */
export type WaitingJob = { name: string; data: object; startAfter: string; once: string | null }

/** What the clock starts comes by itself; it is left out. */
export async function waitingJobs(reader: Reader): Promise<WaitingJob[]> {
  const found = await sql<WaitingJob>`
    select name, data, to_jsonb(start_after) #>> '{}' as "startAfter", singleton_key as once from windlion_jobs.job
    where name = any(${declaredJobs().filter((job) => !job.every).map((job) => job.name)}) and state in ('created', 'retry', 'active') order by created_on`.execute(reader)
  return found.rows
}

/** Puts them into the queues of this database. */
export async function sendWaiting(db: Db, jobs: WaitingJob[]): Promise<void> {
  const boss = await openJobs(db)
  const known = new Set(declaredJobs().map((job) => job.name))
  for (const { name, data, startAfter, once } of jobs) {
    if (known.has(name)) await boss.send(name, data, { startAfter: new Date(startAfter), ...(once ? { singletonKey: once } : {}) })
  }
}
