import { readFileSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { sql } from 'kysely'
import type pg from 'pg'
import type { Db, Reader } from '../db.ts'
import { checkpointPlaces } from '../events/send-checkpoints.ts'
import { countJobs } from '../jobs/list.ts'

/** What only the process knows; set once at start. */
export type Process = { dataFolder: string; pool: pg.Pool; unguarded: string | null; /** how the database is named to the operator */ location: string }

const startedAt = new Date()
let here: Process | null = null

export function useProcess(given: Process): void {
  here = given
}

export const processFacts = (): Process | null => here

export type Disk = { free: number; total: number }

export type Status = {
  version: string
  startedAt: Date
  postgres: string
  migrations: number
  disk: Disk | null
  jobs: { failed: number; waiting: number; /** seconds that the oldest due one has waited */ oldest: number }
  mail: { queued: number; failed: number; oldest: number }
  record: { sealed: number; unsealed: number; /** seconds since the oldest event not sealed yet */ lag: number; signedSize: number; signedAt: Date | null }
  /** checkpoints sent elsewhere; null where no place is set, size 0 where none has arrived */
  copies: { place: string; size: number; sentAt: Date | null }[]
}

const version = (JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string }).version

/** How the whole is, in one look. Throws when the database is away. */
export async function readStatus(db: Db): Promise<Status> {
  const [facts, jobs, copies, disk] = await Promise.all([readFacts(db), countJobs(db), readCopies(db), here ? freeSpace(here.dataFolder) : null])
  const { postgres, migrations, jobsOldest, queued, failed, mailOldest, ...record } = facts
  return { version, startedAt, postgres, migrations, disk, jobs: { failed: jobs.failed, waiting: jobs.waiting, oldest: jobsOldest }, mail: { queued, failed, oldest: mailOldest }, record, copies }
}

type Facts = Status['record'] & { postgres: string; migrations: number; jobsOldest: number; queued: number; failed: number; mailOldest: number }

async function readFacts(reader: Reader): Promise<Facts> {
  const found = await sql<Facts>`
    select current_setting('server_version') as postgres, (select count(*) from migrations) as migrations,
      (select coalesce(extract(epoch from clock_timestamp() - min(greatest(start_after, created_on))), 0)::int from windlion_jobs.job where state in ('created', 'retry') and start_after < now()) as "jobsOldest",
      (select count(*) from mail_messages where state = 'queued') as queued, (select count(*) from mail_messages where state = 'failed') as failed,
      (select coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0)::int from mail_messages where state = 'queued') as "mailOldest",
      s.sealed, u.unsealed, coalesce(extract(epoch from clock_timestamp() - u.since), 0)::int as lag, coalesce(c.size, 0) as "signedSize", c.signed_at as "signedAt"
    from (select coalesce(max(seq), 0) as sealed from event_seals) s
      cross join lateral (select count(*) as unsealed, min(e.recorded_at) as since from events e where e.xid >= coalesce((select l.xid from event_seals es join events l on l.id = es.event_id where es.seq = s.sealed), '0')
        and not exists (select from event_seals es where es.event_id = e.id)) u
      left join (select size, signed_at from event_checkpoints order by size desc limit 1) c on true`.execute(reader)
  return found.rows[0]!
}

async function readCopies(reader: Reader): Promise<Status['copies']> {
  const found = await sql<{ place: string; size: number; sentAt: Date | null }>`
    select p.place, coalesce(c.size, 0) as size, c.sent_at as "sentAt" from unnest(${checkpointPlaces()}::text[]) p(place) left join checkpoint_copies c on c.place = p.place`.execute(reader)
  return found.rows
}

async function freeSpace(folder: string): Promise<Disk> {
  const { bavail, blocks, bsize } = await statfs(folder)
  return { free: bavail * bsize, total: blocks * bsize }
}

/** Less than this and an upload, a backup or PostgreSQL itself may soon fail. */
export const diskIsShort = ({ free, total }: Disk): boolean => free < Math.min(total * 0.05, 5 * 2 ** 30)
/** Nothing can be written any more. */
export const diskIsFull = ({ free }: Disk): boolean => free < 100 * 2 ** 20
