import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Generated } from 'kysely'
import type { Reader } from '../db.ts'
import { declaredJobs } from './jobs.ts'

declare module '../db.ts' {
  interface Tables {
    job_decisions: { id: Generated<number>; job_id: string; job_name: string; decision: 'again' | 'given-up'; reason: string | null; person_id: number; at: Generated<Date> }
  }
}

/** failed: someone must look; waiting: to be run, tried again, or running; given-up: an administrator decided so. */
export type JobTray = 'failed' | 'waiting' | 'given-up'

export type JobLine = {
  id: string
  name: string
  state: 'created' | 'retry' | 'active' | 'completed' | 'cancelled' | 'failed'
  createdAt: Date
  /** not before */
  startAfter: Date
  startedAt: Date | null
  endedAt: Date | null
  tries: number
  triesMax: number
  /** why the last try failed */
  error: string | null
  givenUp: { reason: string; by: string; at: Date } | null
}

export const jobsPageSize = 50

const names = () => declaredJobs().map((job) => job.name)

const conditionOf: Record<JobTray, () => RawBuilder<SqlBool>> = {
  failed: () => sql<SqlBool>`j.name = any(${names()}) and j.state = 'failed' and coalesce(d.decision, '') <> 'given-up'`,
  waiting: () => sql<SqlBool>`j.name = any(${names()}) and j.state in ('created', 'retry', 'active')`,
  'given-up': () => sql<SqlBool>`d.decision = 'given-up' and j.state in ('failed', 'cancelled')`,
}

/** Newest first; the next page begins `before` the last job shown, the one before it ends `after` the first. Jobs of this program only: pg-boss has some of its own. */
export async function listJobs(reader: Reader, tray: JobTray, page: { before?: string | undefined; after?: string | undefined } = {}): Promise<{ rows: JobLine[]; more: boolean }> {
  const back = page.before === undefined && page.after !== undefined
  const key = page.before ?? page.after
  // the instant is read from the row: a Date is coarser than the database's own
  const cursor = key ? sql<SqlBool>`(j.created_on, j.id) ${back ? sql`>` : sql`<`} (select k.created_on, k.id from windlion_jobs.job k where k.id = ${key}::uuid and k.name = any(${names()}))` : sql<SqlBool>`true`
  const found = await sql<JobLine>`${columns} where ${conditionOf[tray]()} and ${cursor}
    order by j.created_on ${back ? sql`asc` : sql`desc`}, j.id ${back ? sql`asc` : sql`desc`} limit ${sql.lit(jobsPageSize + 1)}`.execute(reader)
  const rows = found.rows.slice(0, jobsPageSize).map(revive)
  return { rows: back ? rows.reverse() : rows, more: found.rows.length > jobsPageSize }
}

export async function findJob(reader: Reader, id: string): Promise<JobLine | null> {
  const found = await sql<JobLine>`${columns} where j.id = ${id}::uuid and j.name = any(${names()})`.execute(reader)
  return found.rows[0] ? revive(found.rows[0]) : null
}

export async function countJobs(reader: Reader): Promise<Record<JobTray, number>> {
  const one = (tray: JobTray) => sql`(select count(*) from windlion_jobs.job j ${tray === 'waiting' ? sql`` : lastDecision} where ${conditionOf[tray]()})`
  const found = await sql<Record<JobTray, number>>`select ${one('failed')} as failed, ${one('waiting')} as waiting, ${one('given-up')} as "given-up"`.execute(reader)
  return found.rows[0]!
}

const lastDecision = sql`left join lateral (select decision, reason, person_id, at from job_decisions where job_id = j.id order by id desc limit 1) d on true`

const columns = sql`
  select j.id, j.name, j.state::text as state, j.created_on as "createdAt", j.start_after as "startAfter", j.started_on as "startedAt", j.completed_on as "endedAt",
    j.retry_count as tries, j.retry_limit as "triesMax", j.output->>'message' as error,
    case when d.decision = 'given-up' then jsonb_build_object('reason', d.reason, 'by', (select name from people where id = d.person_id), 'at', d.at) end as "givenUp"
  from windlion_jobs.job j ${lastDecision}`

const revive = (row: JobLine): JobLine => ({ ...row, givenUp: row.givenUp && { ...row.givenUp, at: new Date(row.givenUp.at) } })

export type Scheduled = { name: string; title: string; every: string; lastDone: Date | null; lastFailed: Date | null }

/** All work that the clock starts, with when it last succeeded and failed. */
export async function listScheduled(reader: Reader): Promise<Scheduled[]> {
  const jobs = declaredJobs().filter((job) => job.every)
  const found = await sql<{ name: string; lastDone: Date | null; lastFailed: Date | null }>`
    select n.name, (select j.completed_on from windlion_jobs.job j where j.name = n.name and j.completed_on is not null and j.state = 'completed' order by j.completed_on desc limit 1) as "lastDone",
      (select j.completed_on from windlion_jobs.job j where j.name = n.name and j.completed_on is not null and j.state = 'failed' order by j.completed_on desc limit 1) as "lastFailed"
    from unnest(${jobs.map((job) => job.name)}::text[]) n(name)`.execute(reader)
  return jobs.map((job) => {
    const last = found.rows.find((row) => row.name === job.name)
    return { name: job.name, title: job.title ?? job.name, every: job.every!, lastDone: last?.lastDone ?? null, lastFailed: last?.lastFailed ?? null }
  })
}

export const jobTitle = (name: string): string => declaredJobs().find((job) => job.name === name)?.title ?? name
