import { CompiledQuery } from 'kysely'
import { PgBoss } from 'pg-boss'
import type pg from 'pg'
import type { Connection, Db, Tx } from '../db.ts'
import { type Actor, requireActor } from '../identity/actors.ts'

/**
 * What happens later: a job is a row inserted by the act that causes it and run after commit. A job may run
 * twice: write it so that this is harmless. Anything on the network belongs here.
 */
export type Job<Data extends object = object> = {
  /** `module.verb`, unique */
  name: string
  /** as whom it acts: nobody is signed in when it runs */
  as: Actor
  run(db: Db, data: Data): Promise<void>
  /** cron in Asia/Taipei, for nightly work */
  every?: string
  /** retries with growing waits before the console shows it as failed */
  retries?: number
  /** what the console calls it */
  title?: string
  /** how long a finished one is kept; 400 days unless given */
  keepDays?: number
}

const schema = 'windlion_jobs'
const openBosses = new WeakMap<object, Promise<PgBoss>>()

export function defineJob<Data extends object>(job: Job<Data>): Job<Data> {
  requireActor(`job ${job.name}`, job.as)
  declared.set(job.name, job as unknown as Job)
  return job
}
const declared = new Map<string, Job>()

/** Inserts the job in the act's own transaction. `after`: not before that instant. `once`: one waiting job with this key at most. */
export async function later<Data extends object>(tx: Tx, job: Job<Data>, data: Data, when: { after?: Date; once?: string } = {}): Promise<void> {
  const boss = await bossOf(tx)
  await boss.send(job.name, data, {
    db: transactional(tx),
    ...(when.after ? { startAfter: when.after } : {}),
    ...(when.once ? { singletonKey: when.once } : {}),
  })
}

function transactional(tx: Tx) {
  return {
    executeSql: async (text: string, values: unknown[] = []) => {
      const result = await tx.executeQuery(CompiledQuery.raw(text, values))
      return { rows: result.rows as any[] }
    },
  }
}

/** pg-boss sends several statements at once and wants the rows of all of them. */
function pooled(pool: pg.Pool) {
  return {
    executeSql: async (text: string, values: unknown[] = []) => {
      const results = [await pool.query(text, values.length ? values : undefined)].flat()
      return { rows: results.flatMap((result) => result.rows) }
    },
  }
}

/** The process's one boss, which a transaction finds through the pool that it came from. */
let currentBoss: PgBoss | null = null
async function bossOf(_tx: object): Promise<PgBoss> {
  if (!currentBoss) throw new Error('jobs are not open: call openJobs first')
  return currentBoss
}

/** Makes or updates the tables of jobs, as their owner; openJobs then finds them. */
export async function installJobs(db: Db): Promise<void> {
  const boss = new PgBoss({ db: transactional(db as Tx), schema, supervise: false, schedule: false })
  boss.on('error', () => {})
  await boss.start()
  await boss.stop({ graceful: false, close: false })
}

/** Makes sending possible (queues exist). Working on jobs is `workOn`, which only `serve` calls. */
export async function openJobs(db: Db): Promise<PgBoss> {
  const known = openBosses.get(db)
  if (known) return known
  const opening = (async () => {
    const boss = new PgBoss({ db: transactional(db as Tx), schema, supervise: false, schedule: false })
    boss.on('error', () => {}) // a lost database shows at the next query
    await boss.start()
    for (const job of declared.values()) {
      await boss.createQueue(job.name, { retryLimit: job.retries ?? 8, retryBackoff: true, retryDelay: 15, expireInSeconds: 600, deleteAfterSeconds: 60 * 60 * 24 * (job.keepDays ?? 400) })
    }
    currentBoss = boss
    return boss
  })()
  openBosses.set(db, opening)
  return opening
}

/** In the act's own transaction: a failed job goes back into its queue, one that waits for its next try runs now. */
export async function runSoon(tx: Tx, job: { id: string; name: string; state: string }): Promise<void> {
  const boss = await bossOf(tx)
  const db = transactional(tx)
  if (job.state === 'failed') await boss.retry(job.name, job.id, { db })
  else await boss.update(job.name, undefined, { id: job.id, startAfter: new Date(), db })
}

/** A waiting job is not run any more; a failed one stays failed. */
export async function cancelJob(tx: Tx, job: { id: string; name: string; state: string }): Promise<void> {
  if (job.state === 'failed') return
  await (await bossOf(tx)).cancel(job.name, job.id, { db: transactional(tx) })
}

/** Starts working on all declared jobs; only the service does. Returns how to stop. */
export async function workOn({ db, pool }: Connection, onFault: (job: string, error: unknown) => void): Promise<() => Promise<void>> {
  await openJobs(db)
  const boss = new PgBoss({ db: pooled(pool), schema, supervise: true, schedule: true, migrate: false })
  boss.on('error', (error) => onFault('jobs', error))
  await boss.start()
  for (const job of declared.values()) {
    let worker = ''
    worker = await boss.work(job.name, { pollingIntervalSeconds: 2, batchSize: 1 }, async (batch) => {
      boss.notifyWorker(worker) // looks for the next one at once: it rests between polls only while nothing waits
      for (const one of batch) {
        try {
          await job.run(db, one.data as object)
        } catch (error) {
          onFault(job.name, error)
          throw error // retried, then kept as failed
        }
      }
    })
    // what is no longer asked for would otherwise run on from the database
    await (job.every ? boss.schedule(job.name, job.every, {}, { tz: 'Asia/Taipei' }) : boss.unschedule(job.name))
  }
  return () => boss.stop({ graceful: true, timeout: 5_000 })
}

/** Runs every due job now, until none is left: for tests and commands. Failures are thrown. */
export async function runDueJobs(db: Db): Promise<number> {
  const boss = await openJobs(db)
  let count = 0
  for (let again = true; again; ) {
    again = false
    for (const job of declared.values()) {
      const batch = await boss.fetch<object>(job.name, { batchSize: 50 })
      for (const one of batch ?? []) {
        await job.run(db, one.data)
        await boss.complete(job.name, one.id)
        count += 1
        again = true
      }
    }
  }
  return count
}

export function declaredJobs(): Job[] {
  return [...declared.values()]
}
